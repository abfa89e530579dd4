"""The officer tells an importer that was unknown, or named late: its notice, and a one-time link to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods

from pandok.common.web.requests import AccountRequest
from pandok.common.web.signing_in import no_store
from pandok.core.errors import PandokError
from pandok.engines.text_and_codes.square_code import square_code_svg
from pandok.fields.counterfeit.acts.notices.late_importers import (
    CHECKS,
    Reach,
    can_reach,
    importer_notice,
    new_link,
    reach_importer,
    tell_importer,
    withdraw_link,
)
from pandok.fields.counterfeit.acts.notices.links import answer_of_case, newest_link, state_of
from pandok.fields.counterfeit.acts.notices.office import open_office
from pandok.fields.counterfeit.models import Case, NoticeLink
from pandok.fields.counterfeit.roles import Action
from pandok.fields.counterfeit.web.office_forms import ReachForm
from pandok.fields.counterfeit.web.views.cases.case_requests import customs_case
from pandok.fields.designs.acts.captures import declaration_of
from pandok.settings import settings
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import render


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.WORK_CASES)
def reach(request: AccountRequest, case_id: UUID) -> HttpResponse:
    case = customs_case(request, case_id)
    if request.method != "POST":
        return _page(request, case)
    form = _form(case, request.POST)
    if not form.is_valid():
        return _page(request, case, form=form)
    try:
        token = _act(request, case, form.cleaned_data)
    except PandokError as error:
        return _page(request, customs_case(request, case_id), error=error, form=form)
    if not token:
        return redirect("case_importer", case_id=case_id)
    return _page(request, customs_case(request, case_id), link=f"{settings().address.rstrip('/')}/n/{token}/")


def _act(request: AccountRequest, case: Case, given: dict[str, Any]) -> str:
    """The token of a new link; "" where none was asked for."""
    now, check = timezone.now(), {"check_kind": given["check"], "check_answer": given["answer"]}
    office = open_office(settings(), settings().home)
    match request.POST.get("step", ""):
        case "withdraw":
            withdraw_link(case=case, actor=request.user, now=now)
            return ""
        case "tell":
            tell_importer(case=case, actor=request.user, now=now, office=office, nonce=str(given["form"]))
            return ""
        case "again":
            return new_link(case=case, actor=request.user, now=now, **check)
    return reach_importer(
        case=case,
        reach=Reach(*(given.get(name, "") for name in ("name", "email", "phone"))),
        actor=request.user,
        now=now,
        office=office,
        nonce=str(given["form"]),
        **check,
    )


def _form(case: Case, sent: QueryDict | None = None) -> ReachForm:
    checks = [
        (kind, words, answer_of_case(case, kind))
        for kind, words in CHECKS.items()
        if kind == NoticeLink.BUSINESS or answer_of_case(case, kind)
    ]
    return ReachForm(sent, initial={"name": _written(case)}, checks=checks, known=case.importer is not None)


def _page(
    request: HttpRequest,
    case: Case,
    *,
    error: PandokError | None = None,
    form: ReachForm | None = None,
    link: str = "",
) -> HttpResponse:
    """`form`: what was sent and refused."""
    notice = importer_notice(case)
    newest, now = newest_link(notice), timezone.now()
    context = {
        "case": case,
        "notice": notice,
        "open": can_reach(case),
        "state": state_of(newest, now) if newest else None,
        "newest": newest,
        "holds": newest is not None and newest.closed_at is None and now < newest.expires_at,
        "form": form or _form(case),
        "error": error,
        "link": link,
        # Drawn by the code's own writer from an address of this site: nothing in it comes from a person.
        "square_code": mark_safe(square_code_svg(link).decode().partition("?>")[2]) if link else "",
    }
    return no_store(render(request, "pandok/cases/importer.html", context, status=422 if form else 200))


def _written(case: Case) -> str:
    """The name that the officer wrote at the capture; a number is none."""
    written = declaration_of(case.signal).importer
    return "" if any(one.isdigit() for one in written) and " " not in written else written
