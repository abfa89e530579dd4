"""States of a firm's card: its own to publish and to take back.

private ⇄ public (by the firm)
public → hidden → private (by the office, with a reason)
"""

from __future__ import annotations

from enum import StrEnum

from pandok.core.state_table import StateTable
from pandok.core.text import Text


class CardState(StrEnum):
    PRIVATE = "private"
    PUBLIC = "public"
    HIDDEN = "hidden"

    @property
    def words(self) -> Text:
        return _CARDS[self]


class CardMover(StrEnum):
    FIRM = "firm"
    OFFICE = "office"


_C = CardState
_CARDS = {
    _C.PRIVATE: Text(ko="비공개", en="Not shown"),
    _C.PUBLIC: Text(ko="공개", en="Public"),
    _C.HIDDEN: Text(ko="사업단이 숨김", en="Hidden by the office"),
}
CARDS = StateTable(
    title=Text(ko="기업 카드", en="Card of a firm"),
    states=_CARDS,
    by={
        CardMover.FIRM: Text(ko="기업", en="the firm"),
        CardMover.OFFICE: Text(ko="사업단", en="programme office"),
    },
    moves={
        (_C.PRIVATE, _C.PUBLIC): frozenset({CardMover.FIRM}),
        (_C.PUBLIC, _C.PRIVATE): frozenset({CardMover.FIRM}),
        (_C.PUBLIC, _C.HIDDEN): frozenset({CardMover.OFFICE}),
        (_C.HIDDEN, _C.PRIVATE): frozenset({CardMover.OFFICE}),
    },
)
