"""Notices of the programme for the office: drafted, altered, published, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError, RequestError
from pandok.fields.programme.acts.community import noticing
from pandok.fields.programme.lists.community import notice_of
from pandok.fields.programme.models import ProgrammeNotice
from pandok.fields.programme.post_states import NOTICES, NoticeMover, NoticeState
from pandok.fields.programme.roles import Action
from pandok.fields.programme.web.community_forms import NoticeForm
from pandok.fields.programme.web.shown.post_facts import notice_events, notice_row
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import ReasonForm, meant
from pandok.web.shown.rendering import refused_status, render

A_PAGE = 30
STEPS: dict[str, tuple[NoticeState, Callable[..., Any]]] = {
    "publish": (NoticeState.PUBLISHED, noticing.publish_notice),
    "withdraw": (NoticeState.WITHDRAWN, noticing.withdraw_notice),
}


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.KEEP_QUESTIONS)
def notices(request: AccountRequest) -> HttpResponse:
    form, error = NoticeForm(), None
    if request.method == "POST":
        form = meant(NoticeForm(request.POST))
        try:
            made = noticing.draft_notice(form.cleaned_data, actor=request.user, now=timezone.now())
        except PandokError as refused:
            error = refused
        else:
            return redirect("programme_notice", notice_id=made.pk)
    page = Paginator(ProgrammeNotice.objects.order_by("-made_at", "-id"), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [notice_row(one) for one in page], "form": form, "error": error}
    return render(request, "pandok/programme/notices.html", context, status=refused_status(error) if error else 200)


@require_safe
@allows(Action.KEEP_QUESTIONS)
def notice(request: AccountRequest, notice_id: UUID) -> HttpResponse:
    return _page(request, _found(notice_id))


@require_POST
@allows(Action.KEEP_QUESTIONS)
def alter(request: AccountRequest, notice_id: UUID) -> HttpResponse:
    found, form = _found(notice_id), meant(NoticeForm(request.POST, auto_id="alter_%s"))
    try:
        noticing.alter_notice(notice_id, form.cleaned_data, actor=request.user, now=timezone.now())
    except PandokError as error:
        return _page(request, found, sent=("alter", form), error=error)
    return redirect("programme_notice", notice_id=notice_id)


@require_POST
@allows(Action.KEEP_QUESTIONS)
def step(request: AccountRequest, notice_id: UUID) -> HttpResponse:
    """The button says what."""
    found, name = _found(notice_id), request.POST.get("act", "")
    if name not in STEPS:
        return redirect("programme_notice", notice_id=notice_id)
    form = meant(ReasonForm(request.POST, auto_id=f"{name}_%s"))
    try:
        STEPS[name][1](notice_id, reason=form.why(), actor=request.user, now=timezone.now())
    except PandokError as error:
        return _page(request, found, sent=(name, form), error=error)
    return redirect("programme_notice", notice_id=notice_id)


def _found(notice_id: UUID) -> ProgrammeNotice:
    try:
        return notice_of(notice_id)
    except RequestError as error:
        raise Http404 from error


def _page(
    request: AccountRequest, found: ProgrammeNotice, *, sent: tuple[str, Any] = ("", None),
    error: PandokError | None = None,
) -> HttpResponse:  # fmt: skip
    ways = NOTICES.ways_from(NoticeState(found.state), frozenset({NoticeMover.OFFICE}))

    def again(name: str, fresh: Any) -> Any:
        return sent[1] if sent[0] == name else fresh

    context = notice_row(found) | {
        "alter_form": again("alter", NoticeForm.of(found)) if found.state == NoticeState.DRAFT.value else None,
        "steps": [
            (name, again(name, ReasonForm(auto_id=f"{name}_%s")), sent[0] == name)
            for name, (to, _) in STEPS.items()
            if to in ways
        ],
        "events": notice_events(found),
        "sent": sent[0],
        "error": error,
    }
    return render(request, "pandok/programme/notice.html", context, status=refused_status(error) if error else 200)
