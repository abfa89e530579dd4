"""The states of an alert: from what a pole said to what it was.

    raised → confirmed | rejected | merged
    confirmed → responding → closed, with its cause
    rejected, closed → raised, by rule: it rose above the level that was decided on

Whether the condition still stands is no state of the alert: `cleared_at` says it, and the room decides all the same.
"""

from __future__ import annotations

from enum import StrEnum

from pandok.core.state_table import StateTable
from pandok.core.text import Text


class AlertState(StrEnum):
    RAISED = "raised"
    CONFIRMED = "confirmed"
    RESPONDING = "responding"
    REJECTED = "rejected"
    MERGED = "merged"
    CLOSED = "closed"

    @property
    def words(self) -> Text:
        return _WORDS[self]


class AlertMover(StrEnum):
    """ROOM: the control room. CREW: who goes there. RULE: grouping before anybody looked, and rising after it."""

    ROOM = "room"
    CREW = "crew"
    RULE = "rule"


class Cause(StrEnum):
    """What it turned out to be; false alarms are counted by it."""

    HAZARD = "hazard"
    DEVICE_FAULT = "device_fault"
    WORKS = "works"
    PASSING = "passing"
    TEST = "test"
    UNKNOWN = "unknown"

    @property
    def words(self) -> Text:
        return _CAUSES[self]


_S, _M = AlertState, AlertMover
_WORDS = {
    _S.RAISED: Text(ko="확인 대기", en="To be confirmed"),
    _S.CONFIRMED: Text(ko="확인 완료", en="Confirmed"),
    _S.RESPONDING: Text(ko="대응 중", en="Response under way"),
    _S.REJECTED: Text(ko="오경보", en="Rejected"),
    _S.MERGED: Text(ko="병합", en="Merged"),
    _S.CLOSED: Text(ko="종결", en="Closed"),
}
_CAUSES = {
    Cause.HAZARD: Text(ko="실제 위험", en="The hazard was real"),
    Cause.DEVICE_FAULT: Text(ko="장치 고장", en="Device fault"),
    Cause.WORKS: Text(ko="공사·청소", en="Works or cleaning"),
    Cause.PASSING: Text(ko="차량·눈 등 일시 원인", en="Passing cause: vehicle, snow"),
    Cause.TEST: Text(ko="시험", en="Test"),
    Cause.UNKNOWN: Text(ko="원인 불명", en="Unknown"),
}
OPEN = frozenset({_S.RAISED, _S.CONFIRMED, _S.RESPONDING})
"""Somebody has to do something."""

TABLE = StateTable(
    title=Text(ko="가로등 경보", en="Streetlight alert"),
    states=_WORDS,
    by={
        _M.ROOM: Text(ko="관제실", en="control room"),
        _M.CREW: Text(ko="현장조", en="crew"),
        _M.RULE: Text(ko="규칙", en="rule"),
    },
    moves={
        (_S.RAISED, _S.CONFIRMED): frozenset({_M.ROOM}),
        (_S.RAISED, _S.REJECTED): frozenset({_M.ROOM}),
        (_S.RAISED, _S.MERGED): frozenset({_M.ROOM, _M.RULE}),
        (_S.CONFIRMED, _S.RESPONDING): frozenset({_M.ROOM, _M.CREW}),
        (_S.CONFIRMED, _S.CLOSED): frozenset({_M.ROOM}),
        (_S.CONFIRMED, _S.MERGED): frozenset({_M.ROOM}),
        (_S.RESPONDING, _S.CLOSED): frozenset({_M.ROOM, _M.CREW}),
        # Rejected by mistake: water does not wait for a new alert.
        (_S.REJECTED, _S.CONFIRMED): frozenset({_M.ROOM}),
        # What was decided on was lower than what is there now: nobody has looked at that.
        (_S.REJECTED, _S.RAISED): frozenset({_M.RULE}),
        (_S.CLOSED, _S.RAISED): frozenset({_M.RULE}),
    },
)
