"""States of what one reviewer does for one application, and when totals show.

assigned → locked → voided      a tie that came to be known voids a score openly, whenever that is
    └────────────────↑
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pandok.core.state_table import StateTable
from pandok.core.text import Text


class ReviewState(StrEnum):
    ASSIGNED = "assigned"
    LOCKED = "locked"
    VOIDED = "voided"

    @property
    def words(self) -> Text:
        return _REVIEWS[self]


class ReviewMover(StrEnum):
    """TIE: what happens of itself when a tie comes to be known."""

    REVIEWER = "reviewer"
    OFFICE = "office"
    TIE = "tie"


class SelectionState(StrEnum):
    OFFERED = "offered"
    DECIDED = "decided"
    REJECTED = "rejected"
    TAKEN_BACK = "taken_back"

    @property
    def words(self) -> Text:
        return _SELECTIONS[self]


class SelectionMover(StrEnum):
    OFFICE = "office"
    VOTES = "votes"


_R, _M = ReviewState, ReviewMover
_REVIEWS = {
    _R.ASSIGNED: Text(ko="평가할 것", en="To be scored"),
    _R.LOCKED: Text(ko="점수 잠금", en="Score locked"),
    _R.VOIDED: Text(ko="무효", en="Void"),
}
_SELECTIONS = {
    SelectionState.OFFERED: Text(ko="의결 중", en="To be voted on"),
    SelectionState.DECIDED: Text(ko="의결", en="Decided"),
    SelectionState.REJECTED: Text(ko="부결", en="Rejected"),
    SelectionState.TAKEN_BACK: Text(ko="철회", en="Taken back"),
}
REVIEWS = StateTable(
    title=Text(ko="신청 평가", en="Review of an application"),
    states=_REVIEWS,
    by={
        _M.REVIEWER: Text(ko="평가하는 자문위원", en="the advisor who reviews"),
        _M.OFFICE: Text(ko="사업단", en="programme office"),
        _M.TIE: Text(ko="알려진 이해관계", en="a tie that came to be known"),
    },
    moves={
        (_R.ASSIGNED, _R.LOCKED): frozenset({_M.REVIEWER}),
        (_R.ASSIGNED, _R.VOIDED): frozenset({_M.OFFICE, _M.TIE}),
        (_R.LOCKED, _R.VOIDED): frozenset({_M.TIE}),
    },
)
SELECTIONS = StateTable(
    title=Text(ko="선정안", en="Selection"),
    states=_SELECTIONS,
    by={
        SelectionMover.OFFICE: Text(ko="사업단", en="programme office"),
        SelectionMover.VOTES: Text(ko="위원 두 사람의 의결", en="the votes of two members of the committee"),
    },
    moves={
        (SelectionState.OFFERED, SelectionState.DECIDED): frozenset({SelectionMover.VOTES}),
        (SelectionState.OFFERED, SelectionState.REJECTED): frozenset({SelectionMover.VOTES}),
        (SelectionState.OFFERED, SelectionState.TAKEN_BACK): frozenset({SelectionMover.OFFICE}),
    },
)


def totals_show(*, locked_of_each: list[int], waiting: int, least: int, due_at: datetime | None, now: datetime) -> bool:
    """When every score is locked and each application has enough of them, or the time for scores is over.

    >>> from datetime import UTC
    >>> due = datetime(2026, 4, 10, tzinfo=UTC)
    >>> [totals_show(locked_of_each=[2, 2], waiting=0, least=2, due_at=due, now=due.replace(day=1)),
    ...  totals_show(locked_of_each=[2, 2], waiting=1, least=2, due_at=due, now=due.replace(day=1)),
    ...  totals_show(locked_of_each=[2, 1], waiting=0, least=2, due_at=due, now=due.replace(day=1)),
    ...  totals_show(locked_of_each=[0, 0], waiting=4, least=2, due_at=due, now=due.replace(day=11))]
    [True, False, False, True]
    """
    if due_at is not None and now > due_at:
        return True
    return waiting == 0 and bool(locked_of_each) and min(locked_of_each) >= least
