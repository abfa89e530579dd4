"""Calls: listed, drafted by the office, published, cancelled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError, RequestError
from pandok.fields.programme.acts.calls import announcing
from pandok.fields.programme.call_states import CALLS, CallMover, CallPhase, CallState
from pandok.fields.programme.lists.applications import handed_in
from pandok.fields.programme.lists.calls import call_for, calls_visible_to, phase_now
from pandok.fields.programme.lists.problems import problems_visible_to
from pandok.fields.programme.models import Call
from pandok.fields.programme.roles import Action
from pandok.fields.programme.web.call_forms import CallForm
from pandok.fields.programme.web.shown.call_facts import call_events, call_facts, criteria_shown, questions_of
from pandok.fields.programme.web.views.call_pages import call_list, call_row
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import ReasonForm, meant
from pandok.web.shown.rendering import refused_status, render

STEPS: dict[str, tuple[CallState, Callable[..., Any]]] = {
    "publish": (CallState.PUBLISHED, announcing.publish_call),
    "cancel": (CallState.CANCELLED, announcing.cancel_call),
}


@require_safe
@allows(Action.SEE_CALLS)
def calls(request: AccountRequest) -> HttpResponse:
    context = call_list(request, calls_visible_to(request.user), timezone.now()) | {
        "may_draft": request.user.may(Action.KEEP_CALLS),
    }
    return render(request, "pandok/programme/calls.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.KEEP_CALLS)
def new(request: AccountRequest) -> HttpResponse:
    form, error = CallForm(), None
    if request.method == "POST":
        form = meant(CallForm(request.POST))
        try:
            made = announcing.draft_call(form.said(), actor=request.user, now=timezone.now())
        except PandokError as refused:
            error = refused
        else:
            return redirect("programme_call", call_id=made.pk)
    status = refused_status(error) if error else 200
    return render(request, "pandok/programme/call_new.html", {"form": form, "error": error}, status=status)


@require_safe
@allows(Action.SEE_CALLS)
def call(request: AccountRequest, call_id: UUID) -> HttpResponse:
    return call_page(request, shown_call(request, call_id))


@require_POST
@allows(Action.KEEP_CALLS)
def redraft(request: AccountRequest, call_id: UUID) -> HttpResponse:
    form = meant(CallForm(request.POST, auto_id="draft_%s"))
    return _done(request, call_id, "draft", form, lambda key, **who: announcing.redraft_call(key, form.said(), **who))


@require_POST
@allows(Action.LEAD_CALLS)
def step(request: AccountRequest, call_id: UUID) -> HttpResponse:
    """The button says what; a step that this person may never take is answered as if there were none."""
    found, name = shown_call(request, call_id), request.POST.get("act", "")
    if name not in STEPS:
        return redirect("programme_call", call_id=call_id)
    to, act = STEPS[name]
    if not any(end is to and by & movers_of(request.user) for (_, end), by in CALLS.moves.items()):
        raise Http404
    form = meant(ReasonForm(request.POST, auto_id=f"{name}_%s"))
    return _done(request, found.pk, name, form, lambda key, **who: act(key, reason=form.why(), **who))


def shown_call(request: AccountRequest, call_id: UUID) -> Call:
    try:
        return call_for(request.user, call_id)
    except RequestError as error:
        raise Http404 from error


def movers_of(account: Any) -> frozenset[CallMover]:
    found = {CallMover.OFFICE} if account.may(Action.KEEP_CALLS) else set()
    return frozenset(found | ({CallMover.MANAGER} if account.may(Action.PUBLISH_CALLS) else set()))


def _done(request: AccountRequest, call_id: UUID, name: str, form: Any, act: Callable[..., Any]) -> HttpResponse:
    found = shown_call(request, call_id)
    try:
        act(call_id, actor=request.user, now=timezone.now())
    except PandokError as error:
        found.refresh_from_db()
        return call_page(request, found, sent=(name, form), error=error)
    return redirect("programme_call", call_id=call_id)


def call_page(
    request: AccountRequest, found: Call, *, sent: tuple[str, Any] = ("", None), error: PandokError | None = None
) -> HttpResponse:
    """`sent`: what was refused, as it was entered."""
    state, now = CallState(found.state), timezone.now()
    ways = set(CALLS.ways_from(state, movers_of(request.user)))
    inside = request.user.may(Action.SEE_ALL_CALLS)

    def again(name: str, fresh: Any) -> Any:
        return sent[1] if sent[0] == name else fresh

    context = call_row(found, now) | {
        "facts": call_facts(found),
        "criteria": criteria_shown(found),
        "questions": questions_of(found),
        "problems": problems_visible_to(request.user).filter(calls=found).order_by("number"),
        "events": call_events(found) if inside else [],
        "reviews_link": found.published_at is not None and request.user.may(Action.SEE_REVIEWS),
        "applies": request.user.may(Action.APPLY) and phase_now(found, now) is CallPhase.OPEN,
        "count": handed_in(found).count() if inside and found.published_at else None,
        "draft_form": again("draft", CallForm.of(found))
        if state is CallState.DRAFT and request.user.may(Action.KEEP_CALLS)
        else None,
        "steps": [
            (name, again(name, ReasonForm(auto_id=f"{name}_%s")), sent[0] == name)
            for name, (to, _) in STEPS.items()
            if to in ways
        ],
        "error": error,
        "sent": sent[0],
    }
    status = refused_status(error) if error else 200
    return render(request, "pandok/programme/call.html", context, status=status)
