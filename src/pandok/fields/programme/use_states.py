"""What became of a trial after its end: whether it is used, and how an answer that is due stands."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from pandok.core.text import Text

UNKNOWN_AFTER_DAYS = 60
"""Nobody has answered for so long after the day: that counts as dormant."""


class UseState(StrEnum):
    IN_USE = "in_use"
    PARTLY = "partly"
    DORMANT = "dormant"
    REMOVED = "removed"
    REPLACED = "replaced"

    @property
    def words(self) -> Text:
        return _USES[self]


class AnswerState(StrEnum):
    """Of an answer after so many months. OVERDUE is public from the first day on."""

    NOT_DUE = "not_due"
    OVERDUE = "overdue"
    UNKNOWN = "unknown"
    ANSWERED = "answered"

    @property
    def words(self) -> Text:
        return _ANSWERS[self]


_USES = {
    UseState.IN_USE: Text(ko="쓰고 있음", en="in use"),
    UseState.PARTLY: Text(ko="일부만 씀", en="partly in use"),
    UseState.DORMANT: Text(ko="쓰지 않음", en="dormant"),
    UseState.REMOVED: Text(ko="철거", en="removed"),
    UseState.REPLACED: Text(ko="다른 것으로 바꿈", en="replaced"),
}
_ANSWERS = {
    AnswerState.NOT_DUE: Text(ko="아직 아님", en="not due yet"),
    AnswerState.OVERDUE: Text(ko="답이 늦음", en="overdue"),
    AnswerState.UNKNOWN: Text(ko="알 수 없음: 쓰지 않는 것으로 봄", en="unknown: counts as dormant"),
    AnswerState.ANSWERED: Text(ko="답함", en="answered"),
}


def answer_state(due_on: date, today: date, *, answered: bool) -> AnswerState:
    """On a day of the office.

    >>> answer_state(date(2027, 9, 30), date(2027, 10, 1), answered=False).value
    'overdue'
    """
    if answered:
        return AnswerState.ANSWERED
    if today <= due_on:
        return AnswerState.NOT_DUE
    return AnswerState.UNKNOWN if today > due_on + timedelta(days=UNKNOWN_AFTER_DAYS) else AnswerState.OVERDUE
