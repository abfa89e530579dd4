"""Applications: begun from a call, kept as a draft, submitted with a receipt, withdrawn; read by who may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pandok.common import house
from pandok.common.audit.viewing import DOCUMENT, record_viewing
from pandok.common.decoding import MOST_BYTES
from pandok.common.papers.content import too_large
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError, RequestError
from pandok.fields.programme.acts.applications import application_files, applying
from pandok.fields.programme.application_states import ApplicationState
from pandok.fields.programme.application_text import lacking_for_submission
from pandok.fields.programme.call_states import CallPhase
from pandok.fields.programme.lists.applications import (
    application_for,
    applications_among,
    applications_visible_to,
    as_submitted,
    is_own,
)
from pandok.fields.programme.lists.calls import phase_now
from pandok.fields.programme.lists.reviews import scores_of
from pandok.fields.programme.models import CallApplication
from pandok.fields.programme.roles import Action
from pandok.fields.programme.web.application_forms import (
    ApplicationFileForm,
    ApplicationFilterForm,
    ApplicationForm,
)
from pandok.fields.programme.web.shown.application_facts import answers_shown, application_events, members_shown
from pandok.fields.programme.web.views.calls import call_page, shown_call
from pandok.web.file_answer import download
from pandok.web.middleware.deny_by_default import allows
from pandok.web.page_language import say
from pandok.web.sent_fields import ReasonForm, meant
from pandok.web.shown.rendering import refused_status, render

A_PAGE = 30
_BADGES = {
    ApplicationState.SUBMITTED: "badge-good",
    ApplicationState.SELECTED: "badge-good",
    ApplicationState.DRAFT: "badge-unsure",
}


@require_safe
@allows(Action.SEE_APPLICATIONS)
def applications(request: AccountRequest) -> HttpResponse:
    form = ApplicationFilterForm(request.GET)
    form.full_clean()
    found = applications_among(applications_visible_to(request.user, timezone.now()), **form.cleaned_data)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [_row(one) for one in page],
        "asked": form.cleaned_data,
        "states": [(one.value, say(one.words)) for one in ApplicationState],
        "query": urlencode({name: value for name, value in form.cleaned_data.items() if value}),
        "applies": request.user.may(Action.APPLY),
    }
    return render(request, "pandok/programme/applications.html", context)


@require_POST
@allows(Action.APPLY)
def begin(request: AccountRequest, call_id: UUID) -> HttpResponse:
    found = shown_call(request, call_id)
    try:
        made = applying.begin_application(call_id, actor=request.user, now=timezone.now())
    except PandokError as error:
        return call_page(request, found, error=error)
    return redirect("programme_application", application_id=made.pk)


@require_safe
@allows(Action.SEE_APPLICATIONS)
def application(request: AccountRequest, application_id: UUID) -> HttpResponse:
    return _page(request, _shown(request, application_id))


@require_POST
@allows(Action.APPLY)
def save(request: AccountRequest, application_id: UUID) -> HttpResponse:
    """One button keeps the draft, the other submits what stands in the form."""
    found = _own(request, application_id)
    form = meant(ApplicationForm.sent(found.call.kind, request.POST))
    submits, now = request.POST.get("act", "") == "submit", timezone.now()

    def act(key: UUID, **who: Any) -> None:
        applying.save_application(key, form.said(), **who)
        if submits:
            applying.submit_application(key, **who)

    return _done(request, found, ("draft", form), act, now)


@require_POST
@allows(Action.APPLY)
def withdraw(request: AccountRequest, application_id: UUID) -> HttpResponse:
    found = _own(request, application_id)
    form = meant(ReasonForm(request.POST, auto_id="withdraw_%s"))
    return _done(
        request, found, ("withdraw", form),
        lambda key, **who: applying.withdraw_application(key, reason=form.why(), **who), timezone.now(),
    )  # fmt: skip


@require_POST
@allows(Action.APPLY)
def add_file(request: AccountRequest, application_id: UUID) -> HttpResponse:
    found = _own(request, application_id)
    form = ApplicationFileForm(request.POST, request.FILES, auto_id="paper_%s")
    form.is_valid()  # what is wrong with a file, the use case says
    file = form.cleaned_data.get("file")

    def act(key: UUID, **who: Any) -> None:
        if file is not None and (size := file.size or 0) > MOST_BYTES:
            raise too_large(size)
        data, name = (file.read(), file.name or "") if file is not None else (b"", "")
        application_files.add_file(key, data=data, filename=name, blobs=house.blobs(), **who)

    return _done(request, found, ("file", form), act, timezone.now())


@require_POST
@allows(Action.APPLY)
def drop_file(request: AccountRequest, application_id: UUID, file_id: int) -> HttpResponse:
    found = _own(request, application_id)
    return _done(
        request, found, ("", None),
        lambda key, **who: application_files.drop_file(key, file_id, **who), timezone.now(),
    )  # fmt: skip


@require_safe
@allows(Action.SEE_APPLICATIONS)
def file(request: AccountRequest, application_id: UUID, file_id: int) -> HttpResponse:
    """Only ever saved, never opened by the browser; who took it is kept first."""
    found = _shown(request, application_id).files.filter(pk=file_id).first()
    blobs = house.blobs()
    if found is None or found.sha256 not in blobs:
        raise Http404
    record_viewing(
        account=request.user, sha256=found.sha256, obj=f"call-application:{application_id}", now=timezone.now(),
        action=DOCUMENT,
    )  # fmt: skip
    return download(blobs.get(found.sha256), filename=found.filename, media_type=found.media_type)


def _shown(request: AccountRequest, application_id: UUID) -> CallApplication:
    try:
        return application_for(request.user, application_id, timezone.now())
    except RequestError as error:
        raise Http404 from error


def _own(request: AccountRequest, application_id: UUID) -> CallApplication:
    found = _shown(request, application_id)
    if not is_own(request.user, found):
        raise Http404
    return found


def _done(
    request: AccountRequest, found: CallApplication, sent: tuple[str, Any], act: Callable[..., Any], now: Any
) -> HttpResponse:
    try:
        act(found.pk, actor=request.user, now=now)
    except PandokError as error:
        found.refresh_from_db()
        return _page(request, found, sent=sent, error=error)
    return redirect("programme_application", application_id=found.pk)


def _scores(
    request: AccountRequest, found: CallApplication, own: bool
) -> list[tuple[float | None, list[tuple[str, Any]]]]:
    """Totals and reasons without names: for the programme when totals show, for the firm when it is decided."""
    decided = found.state in (ApplicationState.SELECTED.value, ApplicationState.NOT_SELECTED.value)
    if not (request.user.may(Action.READ_APPLICATIONS) or (own and decided)):
        return []
    criteria = found.call.criteria
    return [
        (one.total, [(each["name"], one.marks.get(each["key"], {})) for each in criteria])
        for one in scores_of(found, timezone.now())
    ]


def _row(one: CallApplication) -> dict[str, Any]:
    state = ApplicationState(one.state)
    return {"application": one, "state": state.words, "badge": _BADGES.get(state, "badge-plain")}


def _page(
    request: AccountRequest,
    found: CallApplication,
    *,
    sent: tuple[str, Any] = ("", None),
    error: PandokError | None = None,
) -> HttpResponse:
    """`sent`: what was refused, as it was entered."""
    own, state = is_own(request.user, found), ApplicationState(found.state)
    is_open = phase_now(found.call, timezone.now()) is CallPhase.OPEN
    drafts = own and state is ApplicationState.DRAFT and is_open
    form = None
    if drafts:
        form = sent[1] if sent[0] == "draft" else ApplicationForm.of(found.said, found.call.kind)
    withdraws = own and is_open and state in (ApplicationState.DRAFT, ApplicationState.SUBMITTED)
    context = _row(found) | {
        "call": found.call,
        "own": own,
        "is_open": is_open,
        "form": form,
        "lacking": lacking_for_submission(found.said, found.call.kind) if drafts else [],
        "members": members_shown(found),
        "answers": answers_shown(found),
        "files": found.files.all(),
        "file_form": ApplicationFileForm(auto_id="paper_%s") if drafts else None,
        "withdraw_form": (sent[1] if sent[0] == "withdraw" else ReasonForm(auto_id="withdraw_%s"))
        if withdraws
        else None,
        "as_submitted": as_submitted(found) if found.sha256 else None,
        "events": application_events(found) if own else [],
        "scores": _scores(request, found, own),
        "agreement_link": found.agreement_id if request.user.may(Action.SEE_ALL_AGREEMENTS) else None,
        "error": error,
        "sent": sent[0],
    }
    status = refused_status(error) if error else 200
    return render(request, "pandok/programme/application.html", context, status=status)
