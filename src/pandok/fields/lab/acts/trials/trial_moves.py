"""How a trial changes: along its table, by people of the right part or by the registered rule."""

from __future__ import annotations

from datetime import datetime

from pandok.common.models import Account
from pandok.common.people.votes import must_vote_freely
from pandok.common.records.lifecycle import History, Lifecycle
from pandok.core.audit import Detail
from pandok.fields.lab.acts.trials.refusals import no_such_move
from pandok.fields.lab.models import ShadowTrial, TrialEvent
from pandok.fields.lab.roles import Action
from pandok.fields.lab.states.trial_states import TABLE, Mover, TrialState

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
    allowed = actor is None if by is Mover.SYSTEM else actor is not None and by in movers_of(actor)
    if not allowed:
        raise no_such_move(TrialState(trial.state), to)
    TRIALS.must_go(trial, to, by)
    if actor is not None and to in WORDS_OF_TWO:
        must_vote_freely(actor, now)
    event: TrialEvent = TRIALS.move(trial, to, by=by, actor=actor, reason=reason, now=now)
    return event


def locked(trial: ShadowTrial) -> ShadowTrial:
    return TRIALS.locked(trial.pk)


def _no_way(_trial: ShadowTrial, old: TrialState, new: TrialState) -> Exception:
    return no_such_move(old, new)


def _facts(trial: ShadowTrial, event: TrialEvent) -> dict[str, Detail]:
    return {"from": event.from_state, "registration": trial.registration_sha256, "report": trial.report_sha256}


TRIALS = Lifecycle(
    model=ShadowTrial,
    table=TABLE,
    name="trial",
    action="trial",
    no_way=_no_way,
    facts=_facts,
    history=History(TrialEvent, "trial"),
)
