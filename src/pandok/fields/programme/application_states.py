"""States of an application to a call.

draft → submitted → selected | not_selected
  └→ withdrawn ←┘   until the deadline
"""

from __future__ import annotations

from enum import StrEnum

from pandok.core.state_table import StateTable
from pandok.core.text import Text


class ApplicationState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    SELECTED = "selected"
    NOT_SELECTED = "not_selected"

    @property
    def words(self) -> Text:
        return _APPLICATIONS[self]


class ApplicationMover(StrEnum):
    """VOTES: what happens of itself when two members of the committee have voted for a selection."""

    APPLICANT = "applicant"
    VOTES = "votes"


_A, _M = ApplicationState, ApplicationMover
_APPLICATIONS = {
    _A.DRAFT: Text(ko="작성 중", en="Being drafted"),
    _A.SUBMITTED: Text(ko="접수", en="Submitted"),
    _A.WITHDRAWN: Text(ko="신청 취소", en="Withdrawn"),
    _A.SELECTED: Text(ko="선정", en="Selected"),
    _A.NOT_SELECTED: Text(ko="미선정", en="Not selected"),
}
HANDED_IN = frozenset({_A.SUBMITTED, _A.SELECTED, _A.NOT_SELECTED})
"""What counts as an application to the call."""

APPLICATIONS = StateTable(
    title=Text(ko="공모 신청", en="Application to a call"),
    states=_APPLICATIONS,
    by={
        _M.APPLICANT: Text(ko="신청한 기관, 마감까지", en="the firm that applies, until the deadline"),
        _M.VOTES: Text(ko="위원 두 사람의 의결", en="the votes of two members of the committee"),
    },
    moves={
        (_A.DRAFT, _A.SUBMITTED): frozenset({_M.APPLICANT}),
        (_A.DRAFT, _A.WITHDRAWN): frozenset({_M.APPLICANT}),
        (_A.SUBMITTED, _A.WITHDRAWN): frozenset({_M.APPLICANT}),
        (_A.SUBMITTED, _A.SELECTED): frozenset({_M.VOTES}),
        (_A.SUBMITTED, _A.NOT_SELECTED): frozenset({_M.VOTES}),
    },
)
