"""States of a call, and what the clock makes of one that is published.

draft → published → under_review → decided
   └→ cancelled ←┴──────┘             nothing is taken after the deadline, whatever the state says
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pandok.core.state_table import StateTable
from pandok.core.text import Text


class CallState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    UNDER_REVIEW = "under_review"
    DECIDED = "decided"
    CANCELLED = "cancelled"

    @property
    def words(self) -> Text:
        return _CALLS[self]


class CallMover(StrEnum):
    """VOTES: what happens of itself when two members of the committee have voted for a selection."""

    OFFICE = "office"
    MANAGER = "manager"
    VOTES = "votes"


class CallPhase(StrEnum):
    """What a visitor is told: the state, and where it is published the clock."""

    DRAFT = "draft"
    COMING = "coming"
    OPEN = "open"
    CLOSED = "closed"
    UNDER_REVIEW = "under_review"
    DECIDED = "decided"
    CANCELLED = "cancelled"

    @property
    def words(self) -> Text:
        return _PHASES[self]


_C, _M = CallState, CallMover
_CALLS = {
    _C.DRAFT: Text(ko="작성 중", en="Being drafted"),
    _C.PUBLISHED: Text(ko="공고", en="Published"),
    _C.UNDER_REVIEW: Text(ko="평가 중", en="Under review"),
    _C.DECIDED: Text(ko="선정 완료", en="Decided"),
    _C.CANCELLED: Text(ko="공모 취소", en="Cancelled"),
}
_PHASES = {
    CallPhase.DRAFT: _CALLS[_C.DRAFT],
    CallPhase.COMING: Text(ko="접수 예정", en="Opens later"),
    CallPhase.OPEN: Text(ko="접수 중", en="Open"),
    CallPhase.CLOSED: Text(ko="접수 마감", en="Closed"),
    CallPhase.UNDER_REVIEW: _CALLS[_C.UNDER_REVIEW],
    CallPhase.DECIDED: _CALLS[_C.DECIDED],
    CallPhase.CANCELLED: _CALLS[_C.CANCELLED],
}

CALLS = StateTable(
    title=Text(ko="공모", en="Call"),
    states=_CALLS,
    by={
        _M.OFFICE: Text(ko="사업단", en="programme office"),
        _M.MANAGER: Text(ko="작성하지 않은 사업 책임자", en="a programme manager who did not draft it"),
        _M.VOTES: Text(ko="위원 두 사람의 의결", en="the votes of two members of the committee"),
    },
    moves={
        (_C.DRAFT, _C.PUBLISHED): frozenset({_M.MANAGER}),
        (_C.DRAFT, _C.CANCELLED): frozenset({_M.OFFICE}),
        (_C.PUBLISHED, _C.UNDER_REVIEW): frozenset({_M.OFFICE}),
        (_C.PUBLISHED, _C.CANCELLED): frozenset({_M.MANAGER}),
        (_C.UNDER_REVIEW, _C.CANCELLED): frozenset({_M.MANAGER}),
        (_C.UNDER_REVIEW, _C.DECIDED): frozenset({_M.VOTES}),
    },
)


def takes_applications(state: CallState, opens_at: datetime, closes_at: datetime, now: datetime) -> bool:
    """From the opening to the deadline, both moments included.

    >>> from datetime import UTC, timedelta
    >>> noon, last = datetime(2026, 3, 2, 3, tzinfo=UTC), datetime(2026, 3, 31, 9, tzinfo=UTC)
    >>> [takes_applications(CallState.PUBLISHED, noon, last, last + timedelta(microseconds=n)) for n in (0, 1)]
    [True, False]
    """
    return state is CallState.PUBLISHED and opens_at <= now <= closes_at


def phase_of(state: CallState, opens_at: datetime, closes_at: datetime, now: datetime) -> CallPhase:
    if state is not CallState.PUBLISHED:
        return CallPhase(state.value)
    if takes_applications(state, opens_at, closes_at, now):
        return CallPhase.OPEN
    return CallPhase.COMING if now < opens_at else CallPhase.CLOSED
