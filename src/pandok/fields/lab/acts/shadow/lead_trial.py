"""Start a trial, end it by hand, accept or refuse its verdict, let it expire: each with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from pandok.common.models import Account
from pandok.common.reasons import checked_reason
from pandok.fields.lab.acts.trials import refusals
from pandok.fields.lab.acts.trials.trial_moves import locked, move, movers_of
from pandok.fields.lab.models import ShadowTrial
from pandok.fields.lab.states.trial_states import Mover, TrialState, may_move

BY_HAND = frozenset(
    {
        TrialState.RUNNING,
        TrialState.COMPLETED,
        TrialState.ACCEPTED,
        TrialState.REFUSED,
        TrialState.EXPIRED,
    }
)
"""States into which a person moves a trial with a reason alone; the others need more."""


def lead(*, trial: ShadowTrial, to: TrialState, actor: Account, reason: str, now: datetime) -> ShadowTrial:
    """Raises RequestError where it is not this person's move, and where a start is not possible."""
    reason = checked_reason(reason)
    with transaction.atomic():
        trial = locked(trial)
        old = TrialState(trial.state)
        by = next((one for one in Mover if one in movers_of(actor) and may_move(old, to, one)), None)
        if by is None or to not in BY_HAND:
            raise refusals.no_such_move(old, to)
        if to is TrialState.RUNNING:
            _may_start(trial)
        move(trial=trial, to=to, by=by, actor=actor, reason=reason, now=now)
        return trial


def _may_start(trial: ShadowTrial) -> None:
    if trial.prepared_at is None:
        raise refusals.not_prepared()
    if trial.is_assisted:
        return
    mine = set(trial.plan.sites)
    running = ShadowTrial.objects.filter(state=TrialState.RUNNING.value, protocol__mode="blind")
    for other in running.exclude(id=trial.id):
        theirs = set(other.plan.sites)
        if not mine or not theirs or mine & theirs:
            raise refusals.another_trial()
