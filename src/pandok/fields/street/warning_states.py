"""The states of a warning to residents: written by one officer, sent by an officer, taken back."""

from __future__ import annotations

from enum import StrEnum

from pandok.core.state_table import StateTable
from pandok.core.text import Text


class WarningState(StrEnum):
    DRAFTED = "drafted"
    ISSUED = "issued"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> Text:
        return _WORDS[self]


class WarningMover(StrEnum):
    AUTHOR = "author"
    SECOND = "second"


_S, _M = WarningState, WarningMover
_WORDS = {
    _S.DRAFTED: Text(ko="작성 완료, 미발송", en="Written, not sent"),
    _S.ISSUED: Text(ko="발송", en="Issued"),
    _S.CANCELLED: Text(ko="해제", en="Cancelled"),
    _S.WITHDRAWN: Text(ko="보내지 않고 취소", en="Withdrawn unsent"),
}
_EITHER = frozenset({_M.AUTHOR, _M.SECOND})
TABLE = StateTable(
    title=Text(ko="주민 알림", en="Warning to residents"),
    states=_WORDS,
    by={
        _M.AUTHOR: Text(ko="쓴 근무자", en="officer who wrote it"),
        _M.SECOND: Text(ko="다른 근무자", en="another officer"),
    },
    moves={
        # An author sends guidance alone; critical and emergency ones another officer (acts/warning.py).
        (_S.DRAFTED, _S.ISSUED): _EITHER,
        (_S.DRAFTED, _S.WITHDRAWN): _EITHER,
        (_S.ISSUED, _S.CANCELLED): _EITHER,
    },
)
