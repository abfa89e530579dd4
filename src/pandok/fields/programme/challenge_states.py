"""States of an open challenge, and of a team in it.

draft → announced → open → closed → published
  └────────┴─────────┴───────┴→ withdrawn, with its reason in view of everybody
"""

from __future__ import annotations

from enum import StrEnum

from pandok.core.state_table import StateTable
from pandok.core.text import Text


class ChallengeState(StrEnum):
    DRAFT = "draft"
    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> Text:
        return _CHALLENGES[self]


class ChallengeMover(StrEnum):
    OFFICE = "office"


class TeamState(StrEnum):
    STANDING = "standing"
    DISSOLVED = "dissolved"

    @property
    def words(self) -> Text:
        return _TEAMS[self]


class TeamMover(StrEnum):
    """LAST: who leaves as the last member."""

    LAST = "last"


_C, _O, _T = ChallengeState, frozenset({ChallengeMover.OFFICE}), TeamState
_CHALLENGES = {
    _C.DRAFT: Text(ko="작성 중", en="Being drafted"),
    _C.ANNOUNCED: Text(ko="예고", en="Announced"),
    _C.OPEN: Text(ko="진행 중", en="Open"),
    _C.CLOSED: Text(ko="마감", en="Closed"),
    _C.PUBLISHED: Text(ko="결과 공개", en="Results published"),
    _C.WITHDRAWN: Text(ko="경진 취소", en="Withdrawn"),
}
_TEAMS = {_T.STANDING: Text(ko="참가", en="Takes part"), _T.DISSOLVED: Text(ko="해산", en="Dissolved")}

CHALLENGES = StateTable(
    title=Text(ko="공개 경진", en="Open challenge"),
    states=_CHALLENGES,
    by={ChallengeMover.OFFICE: Text(ko="사업단", en="programme office")},
    moves={
        (_C.DRAFT, _C.ANNOUNCED): _O,
        (_C.ANNOUNCED, _C.OPEN): _O,
        (_C.OPEN, _C.CLOSED): _O,
        (_C.CLOSED, _C.PUBLISHED): _O,
        (_C.DRAFT, _C.WITHDRAWN): _O,
        (_C.ANNOUNCED, _C.WITHDRAWN): _O,
        (_C.OPEN, _C.WITHDRAWN): _O,
        (_C.CLOSED, _C.WITHDRAWN): _O,
    },
)
TEAMS = StateTable(
    title=Text(ko="경진 팀", en="Team of a challenge"),
    states=_TEAMS,
    by={TeamMover.LAST: Text(ko="마지막으로 나가는 팀원", en="the last member, by leaving")},
    moves={(_T.STANDING, _T.DISSOLVED): frozenset({TeamMover.LAST})},
)
TAKES_TEAMS = frozenset({_C.ANNOUNCED, _C.OPEN})
"""While teams are made and joined, until the members are fixed."""
