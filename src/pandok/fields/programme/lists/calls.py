"""Calls: who may see which, found by phase, kind and words; what everybody may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from pandok.common.models import Account
from pandok.fields.programme.call_kinds import CallKind
from pandok.fields.programme.call_refusals import refusal
from pandok.fields.programme.call_states import CallPhase, CallState, phase_of
from pandok.fields.programme.models import Call, FieldProblem
from pandok.fields.programme.roles import Action

MOST_WORDS = 5


@dataclass(frozen=True)
class CallsAsked:
    """What a list is narrowed to; what no list knows narrows nothing."""

    words: str = ""
    phase: str = ""
    kind: str = ""


def public_calls() -> QuerySet[Call]:
    """For everybody: published ones, those that were cancelled afterwards too."""
    return Call.objects.exclude(published_at=None)


def calls_visible_to(account: Account) -> QuerySet[Call]:
    return Call.objects.all() if account.may(Action.SEE_ALL_CALLS) else public_calls()


def call_for(account: Account, call_id: UUID) -> Call:
    """Raises RequestError: call.not_there."""
    found: Call | None = calls_visible_to(account).select_related("made_by").filter(pk=call_id).first()
    if found is None:
        raise refusal("not_there")
    return found


def calls_among(calls: QuerySet[Call], asked: CallsAsked, now: datetime) -> QuerySet[Call]:
    """The newest first."""
    if asked.kind in set(CallKind):
        calls = calls.filter(kind=asked.kind)
    if asked.phase in set(CallPhase):
        calls = calls.filter(_of_phase(CallPhase(asked.phase), now))
    for word in asked.words.split()[:MOST_WORDS]:
        calls = calls.filter(Q(number=word) | Q(title__icontains=word) | Q(body__icontains=word))
    return calls.order_by("-made_at", "-id")


def phase_now(call: Call, now: datetime) -> CallPhase:
    return phase_of(CallState(call.state), call.opens_at, call.closes_at, now)


def public_problems_of(call: Call) -> QuerySet[FieldProblem]:
    """Those of its problems that are public themselves."""
    return call.problems.filter(published=True).order_by("number")


def _of_phase(phase: CallPhase, now: datetime) -> Q:
    published = Q(state=CallState.PUBLISHED.value)
    by_clock = {
        CallPhase.COMING: published & Q(opens_at__gt=now),
        CallPhase.OPEN: published & Q(opens_at__lte=now, closes_at__gte=now),
        CallPhase.CLOSED: published & Q(closes_at__lt=now),
    }
    return by_clock.get(phase) or Q(state=phase.value)
