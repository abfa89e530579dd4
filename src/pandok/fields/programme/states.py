"""States of a problem of the field.

proposed → under_review → accepted → answered
   ↑            └→ returned       (the proposer may say it better and propose it again)
   └────────────────────┘
merged: another problem says the same; withdrawn: its proposer took it back.
"""

from __future__ import annotations

from enum import StrEnum

from pandok.core.state_table import StateTable
from pandok.core.text import Text


class ProblemState(StrEnum):
    PROPOSED = "proposed"
    UNDER_REVIEW = "under_review"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    MERGED = "merged"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> Text:
        return _PROBLEMS[self]


class ProblemMover(StrEnum):
    PROPOSER = "proposer"
    OFFICE = "office"
    COMMITTEE = "committee"


_P, _M = ProblemState, ProblemMover
_PROBLEMS = {
    _P.PROPOSED: Text(ko="제안", en="Proposed"),
    _P.UNDER_REVIEW: Text(ko="검토 중", en="Under review"),
    _P.RETURNED: Text(ko="보완 요청", en="Returned"),
    _P.ACCEPTED: Text(ko="채택", en="Accepted"),
    _P.MERGED: Text(ko="같은 문제와 합침", en="Merged"),
    _P.ANSWERED: Text(ko="답을 얻음", en="Answered"),
    _P.WITHDRAWN: Text(ko="제안 취소", en="Withdrawn"),
}
OPEN_TO_PUBLIC = frozenset({_P.ACCEPTED, _P.ANSWERED})
"""What may be published at all."""
CAN_BE_SHARED = frozenset({_P.PROPOSED, _P.UNDER_REVIEW, _P.RETURNED, _P.ACCEPTED, _P.ANSWERED})
"""Others may say that they have it too."""

PROBLEMS = StateTable(
    title=Text(ko="현장 문제", en="Problem of the field"),
    states=_PROBLEMS,
    by={
        _M.PROPOSER: Text(ko="제안한 사람", en="its proposer"),
        _M.OFFICE: Text(ko="사업단", en="programme office"),
        _M.COMMITTEE: Text(ko="사업추진위원", en="committee member"),
    },
    moves={
        (_P.PROPOSED, _P.UNDER_REVIEW): frozenset({_M.OFFICE}),
        (_P.PROPOSED, _P.MERGED): frozenset({_M.OFFICE}),
        (_P.PROPOSED, _P.WITHDRAWN): frozenset({_M.PROPOSER}),
        (_P.UNDER_REVIEW, _P.ACCEPTED): frozenset({_M.COMMITTEE}),
        (_P.UNDER_REVIEW, _P.RETURNED): frozenset({_M.OFFICE, _M.COMMITTEE}),
        (_P.UNDER_REVIEW, _P.MERGED): frozenset({_M.OFFICE}),
        (_P.RETURNED, _P.PROPOSED): frozenset({_M.PROPOSER}),
        (_P.RETURNED, _P.WITHDRAWN): frozenset({_M.PROPOSER}),
        (_P.ACCEPTED, _P.MERGED): frozenset({_M.OFFICE}),
        (_P.ACCEPTED, _P.ANSWERED): frozenset({_M.OFFICE}),
    },
)
