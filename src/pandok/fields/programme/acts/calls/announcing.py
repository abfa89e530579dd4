"""A call is drafted by the office, published by a manager who did not draft it, and cancelled in view of everybody."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from pandok.common.models import Account
from pandok.common.people.two_persons import must_be_another
from pandok.common.people.votes import must_vote_freely
from pandok.common.reasons import checked_reason
from pandok.common.records.numbering import next_of_year
from pandok.fields.programme.acts.calls.call_moves import CYCLE, content_of, locked_call
from pandok.fields.programme.call_refusals import refusal
from pandok.fields.programme.call_states import CallMover, CallState
from pandok.fields.programme.call_text import CallSaid, CallWords, checked_call
from pandok.fields.programme.models import Call, FieldProblem
from pandok.fields.programme.roles import Action
from pandok.fields.programme.states import ProblemState

REDRAFTED = "programme-call.redrafted"


def draft_call(said: CallSaid, *, actor: Account, now: datetime) -> Call:
    """Raises RequestError where it lacks something (`checked_call`), and call.no_problem."""
    words = checked_call(said)
    with transaction.atomic():
        problems = _problems(words)
        made: Call = Call.objects.create(
            number=next_of_year("CA", width=6, given=Call.objects.all(), now=now),
            state=CallState.DRAFT.value,
            state_since=now,
            made_by=actor,
            made_at=now,
            **words.as_columns(),
        )
        made.problems.set(problems)
        CYCLE.begin(made, actor=actor, reason="", now=now)
    return made


def redraft_call(call_id: UUID, said: CallSaid, *, actor: Account, now: datetime) -> Call:
    """While it is drafted. Raises as `draft_call`, and call.not_there, call.no_such_way."""
    words = checked_call(said)
    with transaction.atomic():
        call = locked_call(call_id, CallState.DRAFT)
        problems = _problems(words)
        for name, value in words.as_columns().items():
            setattr(call, name, value)
        call.save()
        call.problems.set(problems)
        CYCLE.happened(call, actor=actor, reason="", now=now, action=REDRAFTED, columns={"what": "redrafted"})
    return call


def publish_call(call_id: UUID, *, reason: str, actor: Account, now: datetime) -> Call:
    """From here on it is not changed: its hash is kept. Raises RequestError: call.own, call.over, call.no_problem,
    request.reason, request.votes_paused, call.not_there, call.no_such_way."""
    reason = checked_reason(reason)
    with transaction.atomic():
        call = locked_call(call_id)
        CYCLE.must_go(call, CallState.PUBLISHED, CallMover.MANAGER)
        drafted_by = call.events.values_list("actor", flat=True)
        must_be_another(actor, *drafted_by, refused=refusal("own"))
        must_vote_freely(actor, now)
        if now >= call.closes_at:
            raise refusal("over")
        if call.problems.exclude(state=ProblemState.ACCEPTED.value).exists():
            raise refusal("no_problem")
        CYCLE.move(
            call,
            CallState.PUBLISHED,
            by=CallMover.MANAGER,
            actor=actor,
            reason=reason,
            now=now,
            changes={"published_at": now, "sha256": content_of(call)},
            details={"sha256": content_of(call)},
        )
    return call


def cancel_call(call_id: UUID, *, reason: str, actor: Account, now: datetime) -> Call:
    """A draft by the office, what is published by a manager; the reason of that is public. Raises RequestError:
    request.reason, call.not_there, call.no_such_way."""
    reason = checked_reason(reason)
    with transaction.atomic():
        call = locked_call(call_id)
        by = CallMover.MANAGER if actor.may(Action.PUBLISH_CALLS) else CallMover.OFFICE
        CYCLE.move(call, CallState.CANCELLED, by=by, actor=actor, reason=reason, now=now)
    return call


def _problems(words: CallWords) -> list[FieldProblem]:
    found = list(FieldProblem.objects.filter(number__in=words.problems, state=ProblemState.ACCEPTED.value))
    if len(found) != len(words.problems):
        raise refusal("no_problem")
    return found
