"""The one way to lead a trial on: along the table, with actor, reason, time, an event and an audit entry."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.people.roles import Action
from pandok.common.people.votes import must_vote_freely
from pandok.core.audit import AuditEvent
from pandok.fields.counterfeit.acts.cases.moving import SYSTEM_NAME
from pandok.fields.lab.acts.shadow.refusals import no_such_move
from pandok.fields.lab.models import ShadowTrial, TrialEvent
from pandok.fields.lab.states.trial_states import Mover, TrialState, may_move

_MOVERS = {
    Action.RUN_TRIALS: Mover.RUNNER,
    Action.REGISTER_PROTOCOLS: Mover.EVALUATOR,
    Action.DEFINE_PROBLEMS: Mover.OWNER,
}
WORDS_OF_TWO = frozenset(
    {
        TrialState.REGISTERED,
        TrialState.UNBLINDED,
        TrialState.VERDICT,
        TrialState.HANDED_OVER,
        TrialState.ACCEPTED,
        TrialState.REFUSED,
    }
)
"""Moves that rest on somebody else having written, run or handed over: worth nothing where one signs in as both."""


def movers_of(account: Account) -> frozenset[Mover]:
    """In which parts of the table a person may move."""
    return frozenset(mover for action, mover in _MOVERS.items() if account.may(action))


def move(
    *, trial: ShadowTrial, to: TrialState, by: Mover, actor: Account | None, reason: str, now: datetime
) -> TrialEvent:
    """Inside the caller's transaction; `trial` is locked. Raises RequestError where the table has no such move for
    `by`, or where the actor is none of these."""
    assert transaction.get_connection().in_atomic_block
    old = TrialState(trial.state)
    allowed = actor is None if by is Mover.SYSTEM else actor is not None and by in movers_of(actor)
    if not allowed or not may_move(old, to, by):
        raise no_such_move(old, to)
    if actor is not None and to in WORDS_OF_TWO:
        must_vote_freely(actor, now)
    trial.state, trial.state_since = to.value, now
    trial.save()
    return tell(trial, old.value, to.value, actor, reason, now)


def tell(trial: ShadowTrial, old: str, new: str, actor: Account | None, reason: str, now: datetime) -> TrialEvent:
    event = TrialEvent.objects.create(trial=trial, at=now, actor=actor, from_state=old, to_state=new, reason=reason)
    audit.record(
        AuditEvent(
            actor=actor.get_username() if actor else SYSTEM_NAME,
            action=f"trial.{new}",
            object=f"trial:{trial.id}",
            reason=reason,
            at=now,
            details={"from": old, "registration": trial.registration_sha256, "report": trial.report_sha256},
        )
    )
    return event


def locked(trial: ShadowTrial) -> ShadowTrial:
    return ShadowTrial.objects.select_for_update(no_key=True).get(id=trial.id)
