"""What happened to an alert, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pandok.core.text import Text
from pandok.fields.street.models import Alert
from pandok.fields.street.procedures import procedure_of
from pandok.fields.street.readers_in_words import LEVELS
from pandok.fields.street.states import AlertState

_CHANGES = {
    "higher": Text(ko="단계 상향", en="Higher level"),
    "lower": Text(ko="단계 하향", en="Lower level"),
    "cleared": Text(ko="조건 해제", en="Condition cleared"),
    "again": Text(ko="재발령", en="Raised again"),
    "joined": Text(ko="같은 사건 합류", en="The same event joined"),
    "woken": Text(ko="알림 중지 끝, 다시 알림", en="Silence over: calls again"),
    "work": Text(ko="작업 지시", en="Works ordered"),
    "worked": Text(ko="작업 완료", en="Works done"),
    "step": Text(ko="절차 수행", en="Step done"),
}


@dataclass(frozen=True)
class HistoryRow:
    words: Text
    at: datetime
    who: str
    reason: Text


def history_of(alert: Alert) -> list[HistoryRow]:
    """Oldest first."""
    steps = {one.key: one.words for one in procedure_of(alert.reader)}
    found = []
    for one in alert.events.select_related("actor"):
        words = _CHANGES.get(one.change) or AlertState(one.to_state).words
        if one.change in ("higher", "lower"):
            level = LEVELS[one.level]
            words = Text(ko=f"{words.ko}: {level.ko}", en=f"{words.en}: {level.en}")
        said = steps.get(one.reason) if one.change == "step" else None
        who = one.actor.shown_name if one.actor else ""
        found.append(HistoryRow(words, one.at, who, said or Text(ko=one.reason, en=one.reason_en or one.reason)))
    return found
