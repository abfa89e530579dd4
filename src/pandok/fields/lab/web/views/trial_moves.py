"""Move a trial on: register, start, stop, look, open, judge, hand over, accept. Each move has a reason."""

from __future__ import annotations

import os
from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from pandok.common import house
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.engines.proof_pack.site_key import site_signing_key
from pandok.fields.lab.acts.shadow.drafting import register_trial
from pandok.fields.lab.acts.shadow.give_verdict import give_verdict
from pandok.fields.lab.acts.shadow.handing_over import hand_over
from pandok.fields.lab.acts.shadow.lead_trial import lead
from pandok.fields.lab.acts.shadow.monitor import look
from pandok.fields.lab.acts.shadow.unblinding import unblind
from pandok.fields.lab.acts.trials.refusals import no_such_move
from pandok.fields.lab.models import ShadowTrial
from pandok.fields.lab.roles import Action
from pandok.fields.lab.states.trial_states import TrialState
from pandok.fields.lab.web.lab_forms import TrialMoveForm
from pandok.fields.lab.web.views.trials import trial_page
from pandok.settings import settings
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant

BY_RUNNER = frozenset({TrialState.RUNNING, TrialState.COMPLETED, TrialState.EXPIRED})
BY_OWNER = frozenset({TrialState.ACCEPTED, TrialState.REFUSED})


@require_POST
@allows(Action.REGISTER_PROTOCOLS)
def register(request: AccountRequest, trial_id: UUID) -> HttpResponse:
    def act(trial: ShadowTrial, reason: str) -> object:
        return register_trial(
            trial=trial,
            actor=request.user,
            reason=reason,
            now=timezone.now(),
            chosen=settings(),
            random=os.urandom,
        )

    return _done(request, trial_id, act)


@require_POST
@allows(Action.RUN_TRIALS)
def lead_on(request: AccountRequest, trial_id: UUID) -> HttpResponse:
    return _lead(request, trial_id, BY_RUNNER)


@require_POST
@allows(Action.DEFINE_PROBLEMS)
def answer(request: AccountRequest, trial_id: UUID) -> HttpResponse:
    """The field owner accepts the verdict for the site, or does not."""
    return _lead(request, trial_id, BY_OWNER)


@require_POST
@allows(Action.RUN_TRIALS)
def look_now(request: HttpRequest, trial_id: UUID) -> HttpResponse:  # noqa: ARG001
    look(trial=get_object_or_404(ShadowTrial, id=trial_id), now=timezone.now())
    return redirect("trial", trial_id=trial_id)


@require_POST
@allows(Action.REGISTER_PROTOCOLS)
def unblind_now(request: AccountRequest, trial_id: UUID) -> HttpResponse:
    return _done(
        request,
        trial_id,
        lambda trial, reason: unblind(trial=trial, actor=request.user, reason=reason, now=timezone.now()),
    )


@require_POST
@allows(Action.REGISTER_PROTOCOLS)
def judge(request: AccountRequest, trial_id: UUID) -> HttpResponse:
    return _done(
        request,
        trial_id,
        lambda trial, reason: give_verdict(trial=trial, actor=request.user, reason=reason, now=timezone.now()),
    )


@require_POST
@allows(Action.REGISTER_PROTOCOLS)
def hand_on(request: AccountRequest, trial_id: UUID) -> HttpResponse:
    """The report goes out under the site's signature."""
    return _done(
        request,
        trial_id,
        lambda trial, reason: hand_over(
            trial=trial,
            actor=request.user,
            reason=reason,
            now=timezone.now(),
            key=site_signing_key(settings().home),
            blobs=house.blobs(),
        ),
    )


def _lead(request: AccountRequest, trial_id: UUID, states: frozenset[TrialState]) -> HttpResponse:
    to = meant(TrialMoveForm(request.POST)).cleaned_data["to"]
    wanted = next((one for one in states if one.value == to), None)

    def act(trial: ShadowTrial, reason: str) -> object:
        if wanted is None:
            raise no_such_move(TrialState(trial.state), TrialState(trial.state))
        return lead(trial=trial, to=wanted, actor=request.user, reason=reason, now=timezone.now())

    return _done(request, trial_id, act)


def _done(request: AccountRequest, trial_id: UUID, act: Callable[[ShadowTrial, str], object]) -> HttpResponse:
    trial = get_object_or_404(ShadowTrial, id=trial_id)
    reason = meant(TrialMoveForm(request.POST)).why()
    try:
        act(trial, reason)
    except PandokError as error:
        trial.refresh_from_db()
        return trial_page(request, trial, error=error, reason=reason, status=422)
    return redirect("trial", trial_id=trial_id)
