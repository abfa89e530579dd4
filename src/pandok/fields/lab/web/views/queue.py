"""The queue for the people of the lab: who waits and why, which worker does what, what ended how."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pandok.common.models import Account
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.core.lab.expectation import Range
from pandok.core.lab.problem import Part
from pandok.core.text import Text
from pandok.fields.lab.acts.budget.budget import same_model_elsewhere
from pandok.fields.lab.acts.budget.organisations import organisation_of
from pandok.fields.lab.acts.explained import explained
from pandok.fields.lab.acts.runs.operating import cancel_run, run_again
from pandok.fields.lab.acts.scoring.near_answers import answered_alike
from pandok.fields.lab.lists.queue import time_left, time_left_by_pace, waiting_runs, workers_seen
from pandok.fields.lab.models import Run, Submission
from pandok.fields.lab.roles import Action
from pandok.fields.lab.states.run_states import RunState, may_move
from pandok.fields.lab.web.shown.run_steps import PARTS, run_page
from pandok.fields.lab.web.shown.spans import span_words
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import ReasonForm, meant
from pandok.web.shown.rendering import render

ENDED_SHOWN = 40
REFUSED_SHOWN = 20
_OPEN = [state.value for state in RunState if not state.ended and state is not RunState.AWAITING_RELEASE]


@require_safe
@allows(Action.SEE_RESULTS)
def lab_queue(request: AccountRequest) -> HttpResponse:
    now = timezone.now()
    own = organisation_of(request.user).key
    waiting = [
        (one, span_words(one.starts), span_words(one.ends)) for one in waiting_runs(now) if one.run.submitter != own
    ]
    workers = [
        (one, one.run.stands.words, span_words(_left(one.run, now)))
        for one in workers_seen(now)
        if one.run.submitter != own
    ]
    ended = Run.objects.exclude(state__in=_OPEN).exclude(submitter=own).select_related("submission__pack")
    ended = ended.order_by("-state_since")
    refused = Submission.objects.exclude(refusals=[]).select_related("pack")[:REFUSED_SHOWN]
    context = {
        "waiting": waiting,
        "workers": workers,
        "ended": [(run, run.stands.words, _first_reason(run.refusals)) for run in ended[:ENDED_SHOWN]],
        "refused": [(one, one.pack.problem.title, [explained(each) for each in one.refusals]) for one in refused],
        "now": now,
    }
    return render(request, "pandok/lab/queue/queue.html", context)


@require_safe
@allows(Action.SEE_RESULTS)
def lab_run(request: AccountRequest, run_id: UUID) -> HttpResponse:
    return _page(request, _run(run_id, request.user))


@require_POST
@allows(Action.OPERATE_LAB)
def cancel_lab_run(request: AccountRequest, run_id: UUID) -> HttpResponse:
    return _change(request, run_id, cancel_run)


@require_POST
@allows(Action.OPERATE_LAB)
def lab_run_again(request: AccountRequest, run_id: UUID) -> HttpResponse:
    return _change(request, run_id, run_again)


def _change(request: AccountRequest, run_id: UUID, change: Callable[..., Run]) -> HttpResponse:
    run = _run(run_id, request.user)
    reason = meant(ReasonForm(request.POST)).why()
    now: datetime = timezone.now()
    actor: Account = request.user
    try:
        run = change(run=run, reason=reason, actor=actor, now=now)
    except PandokError as error:
        return _page(request, run, error, status=422)
    return redirect("lab_run", run_id=run.pk)


def _page(request: AccountRequest, run: Run, error: PandokError | None = None, status: int = 200) -> HttpResponse:
    operates = request.user.may(Action.OPERATE_LAB)
    context = {
        "page": run_page(run, timezone.now()),
        "run": run,
        "problem": run.submission.pack.problem.title,
        "part": PARTS[Part(run.part)],
        "events": [(event, RunState(event.to_state).words) for event in run.events.select_related("actor")],
        "same_model": same_model_elsewhere(run.submission),
        "alike": answered_alike(run),
        "missing": run.outputs.exclude(missing="").count(),
        "may_cancel": operates and may_move(run.stands, RunState.CANCELLED),
        "may_repeat": operates and run.stands is RunState.FAILED_LAB,
        "died_at": RunState(run.died_at).words if run.died_at else None,
        "error": error,
        "reason": meant(ReasonForm(request.POST)).why(),
    }
    return render(request, "pandok/lab/queue/run.html", context, status=status)


def _left(run: Run, now: datetime) -> Range | None:
    return time_left(run, now) or time_left_by_pace(run, now)


def _run(run_id: UUID, account: Account) -> Run:
    """404 for whom belongs to the submitter, whatever else they are: here stands what no submitter is told."""
    runs = Run.objects.exclude(submitter=organisation_of(account).key)
    return get_object_or_404(runs.select_related("submission__pack", "registration"), pk=run_id)


def _first_reason(refusals: list[dict[str, Any]]) -> Text | None:
    return explained(refusals[0]).what if refusals else None
