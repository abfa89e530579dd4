"""The states of an inspection: one parcel, bag or container from its scan to what was in it.

    waiting → cleared | second_look | opening → opened

A share of what was cleared is opened all the same, drawn beforehand: the only honest measure of what was missed.
"""

from __future__ import annotations

from enum import StrEnum

from pandok.core.state_table import StateTable
from pandok.core.text import Text


class InspectionState(StrEnum):
    WAITING = "waiting"
    SECOND_LOOK = "second_look"
    OPENING = "opening"
    CLEARED = "cleared"
    OPENED = "opened"

    @property
    def words(self) -> Text:
        return _WORDS[self]


class InspectionMover(StrEnum):
    """READER: who reads scans. OPENER: who opens. SUPERVISOR: has it read again. RULE: the draw."""

    READER = "reader"
    OPENER = "opener"
    SUPERVISOR = "supervisor"
    RULE = "rule"


_S, _M = InspectionState, InspectionMover
_WORDS = {
    _S.WAITING: Text(ko="판독 대기", en="Waiting to be read"),
    _S.SECOND_LOOK: Text(ko="재판독 대기", en="Waiting for a second look"),
    _S.OPENING: Text(ko="개장 지시", en="To be opened"),
    _S.CLEARED: Text(ko="통과", en="Cleared"),
    _S.OPENED: Text(ko="개장 완료", en="Opened"),
}
READABLE = frozenset({_S.WAITING, _S.SECOND_LOOK})
"""A reader's decision is awaited."""

TABLE = StateTable(
    title=Text(ko="X-ray 검사", en="X-ray inspection"),
    states=_WORDS,
    by={
        _M.READER: Text(ko="판독관", en="reader"),
        _M.OPENER: Text(ko="개장검사 공무원", en="opening officer"),
        _M.SUPERVISOR: Text(ko="판독 책임자", en="supervisor"),
        _M.RULE: Text(ko="사전 추첨", en="the draw made beforehand"),
    },
    moves={
        (_S.WAITING, _S.CLEARED): frozenset({_M.READER}),
        (_S.WAITING, _S.SECOND_LOOK): frozenset({_M.READER}),
        (_S.WAITING, _S.OPENING): frozenset({_M.READER, _M.RULE}),
        (_S.SECOND_LOOK, _S.CLEARED): frozenset({_M.READER}),
        (_S.SECOND_LOOK, _S.OPENING): frozenset({_M.READER, _M.RULE}),
        # The key was pressed by mistake: the same reader, at once; or the supervisor has it read again.
        (_S.CLEARED, _S.WAITING): frozenset({_M.READER, _M.SUPERVISOR}),
        (_S.SECOND_LOOK, _S.WAITING): frozenset({_M.READER}),
        (_S.OPENING, _S.WAITING): frozenset({_M.READER, _M.SUPERVISOR}),
        (_S.OPENING, _S.OPENED): frozenset({_M.OPENER}),
    },
)
