"""A result leaves the lab when two persons agree, neither of whom handed it in or operated the run; and it is withheld
when two agree on that, on record and charged.

One that objects makes a third approval necessary, and withholds nothing alone: else one person could make a verdict
not have been, by saying no and waiting.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.models.locking import locked
from pandok.common.people.votes import must_vote_freely
from pandok.common.reasons import checked_reason
from pandok.core.two_persons import VOTES_NEEDED
from pandok.fields.lab.acts.budget.organisations import organisation_of
from pandok.fields.lab.acts.runs.run_moves import move
from pandok.fields.lab.acts.scoring.refusals import refused
from pandok.fields.lab.models import ReleaseVote, Run, RunEvent, WhatLeft
from pandok.fields.lab.roles import Action
from pandok.fields.lab.states.run_states import RunState


def vote_on_release(*, run: Run, actor: Account, approves: bool, reason: str, now: datetime) -> Run:
    """One vote a person: two that agree release the result, three where somebody objects; two that object withhold it.

    Raises RequestError for whom may not vote, who has voted, or where the result waits no more.
    """
    if not actor.may(Action.RELEASE_RESULTS):
        raise refused("lab.release_role")
    must_vote_freely(actor, now)
    reason = checked_reason(reason)
    with transaction.atomic():
        run = locked(Run, run.pk)
        if run.stands is not RunState.AWAITING_RELEASE:
            raise refused("lab.release_state")
        if has_a_part_in(run, actor):
            raise refused("lab.release_own")
        if run.release_votes.filter(by=actor).exists():
            raise refused("lab.release_voted")
        ReleaseVote.objects.create(run=run, by=actor, approves=approves, reason=reason, at=now)
        votes = list(run.release_votes.values_list("approves", flat=True))
        audit.tell(actor, "lab.release_vote", f"run:{run.pk}", reason, now, {"approves": approves, "votes": len(votes)})
        against = votes.count(False)
        if against >= VOTES_NEEDED:
            return move(run, RunState.WITHHELD, now=now, actor=actor, reason=reason)
        if votes.count(True) >= votes_needed(against):
            return _released(run, actor, reason, now)
        return run


def votes_needed(against: int) -> int:
    """How many must agree before a result is released, where so many have objected."""
    return VOTES_NEEDED + min(against, 1)


def has_a_part_in(run: Run, account: Account) -> bool:
    """Whether the account is of the submitter, handed the model in, or moved the run by hand."""
    if run.submission.by_id == account.pk or organisation_of(account).key == run.submitter:
        return True
    return RunEvent.objects.filter(run=run, actor=account).exists()


def _released(run: Run, actor: Account, reason: str, now: datetime) -> Run:
    moved = move(run, RunState.RELEASED, now=now, actor=actor, reason=reason)
    report = getattr(moved, "report", None)
    what = "verdict and report" if report else "place on the Ladder"
    WhatLeft.objects.create(
        run_id=str(moved.pk),
        project=moved.registration.pack.project,
        what=what,
        sha256=report.sha256 if report else "",
        actor=actor,
        at=now,
    )
    return moved
