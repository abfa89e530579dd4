"""The states of a work order: from what has to be done at a pole to what was found there.

made → assigned → taken → done, with what was found and replaced
a crew may take one that nobody has; it gives back, with a reason, what it cannot do
a repair that nobody has begun ends with the fault that it was ordered for
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from pandok.core.state_table import StateTable
from pandok.core.text import Text


class WorkState(StrEnum):
    MADE = "made"
    ASSIGNED = "assigned"
    TAKEN = "taken"
    GIVEN_BACK = "given_back"
    DONE = "done"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> Text:
        return _WORDS[self]


class WorkMover(StrEnum):
    """KEEPER: the control room and the operator of the poles. CREW: the one it is assigned to, or who takes it. RULE:
    the fault is gone before anybody was at it."""

    KEEPER = "keeper"
    CREW = "crew"
    RULE = "rule"


class WorkKind(StrEnum):
    """What has to be done; `due_in`: the usual term where the order names none, a choice of this product."""

    LAMP = "lamp"
    LEAKAGE = "leakage"
    DEVICE = "device"
    STRUCTURE = "structure"
    POWER = "power"
    OTHER = "other"

    @property
    def words(self) -> Text:
        return _KINDS[self]

    @property
    def due_in(self) -> timedelta:
        return _DUE.get(self, timedelta(days=7))


_S, _M, _K = WorkState, WorkMover, WorkKind
_WORDS = {
    _S.MADE: Text(ko="배정 대기", en="To be assigned"),
    _S.ASSIGNED: Text(ko="배정", en="Assigned"),
    _S.TAKEN: Text(ko="작업 중", en="Being done"),
    _S.GIVEN_BACK: Text(ko="반려", en="Given back"),
    _S.DONE: Text(ko="작업 완료", en="Work done"),
    _S.WITHDRAWN: Text(ko="작업 취소", en="Work withdrawn"),
}
_KINDS = {
    _K.LAMP: Text(ko="등 수리·교체", en="Lamp: repair or replace"),
    _K.LEAKAGE: Text(ko="누전 점검", en="Leakage: find and mend"),
    _K.DEVICE: Text(ko="장치·감지기 점검", en="Device or sensor"),
    _K.STRUCTURE: Text(ko="기둥·지반 점검", en="Pole or ground"),
    _K.POWER: Text(ko="전원·선로 점검", en="Power or feeder"),
    _K.OTHER: Text(ko="기타", en="Other works"),
}
_DUE = {_K.LEAKAGE: timedelta(days=1), _K.STRUCTURE: timedelta(days=1), _K.POWER: timedelta(days=1)}
_OF_READERS = {
    "lamp-outage": _K.LAMP, "lamp-day-burner": _K.LAMP, "lamp-flicker": _K.LAMP, "leakage": _K.LEAKAGE,
    "tilt-subsidence": _K.STRUCTURE, "feeder-outage": _K.POWER, "not-heard": _K.DEVICE, "device-health": _K.DEVICE,
}  # fmt: skip
REPAIRED = frozenset(_OF_READERS)
"""Readers whose alert asks for a repair."""
_COMES_BACK = frozenset({"leakage", "lamp-flicker", "tilt-subsidence"})
ENDS_WITH_FAULT = REPAIRED - _COMES_BACK
"""What has cleared is mended. A leak that is dry and a loose contact that holds are not."""
OPEN = frozenset({_S.MADE, _S.ASSIGNED, _S.TAKEN, _S.GIVEN_BACK})
NOT_BEGUN = OPEN - {_S.TAKEN}
_KEEPER, _CREW = frozenset({_M.KEEPER}), frozenset({_M.CREW})
_NOT_NEEDED = _KEEPER | {_M.RULE}
TABLE = StateTable(
    title=Text(ko="가로등 작업 지시", en="Work order of streetlights"),
    states=_WORDS,
    by={
        _M.KEEPER: Text(ko="관제실·운영자", en="control room or operator"),
        _M.CREW: Text(ko="현장조", en="crew"),
        _M.RULE: Text(ko="규칙", en="rule"),
    },
    moves={
        (_S.MADE, _S.ASSIGNED): _KEEPER,
        (_S.MADE, _S.TAKEN): _CREW,
        (_S.MADE, _S.WITHDRAWN): _NOT_NEEDED,
        (_S.ASSIGNED, _S.TAKEN): _CREW,
        (_S.ASSIGNED, _S.GIVEN_BACK): _CREW,
        # To another crew: the first one is ill, or elsewhere.
        (_S.ASSIGNED, _S.ASSIGNED): _KEEPER,
        (_S.ASSIGNED, _S.WITHDRAWN): _NOT_NEEDED,
        (_S.TAKEN, _S.DONE): _CREW,
        (_S.TAKEN, _S.GIVEN_BACK): _CREW,
        (_S.TAKEN, _S.ASSIGNED): _KEEPER,
        (_S.GIVEN_BACK, _S.ASSIGNED): _KEEPER,
        (_S.GIVEN_BACK, _S.TAKEN): _CREW,
        (_S.GIVEN_BACK, _S.WITHDRAWN): _NOT_NEEDED,
    },
)


def kind_for(reader: str) -> WorkKind:
    """What is usually to be done about an alert of this reader.

    >>> kind_for("lamp-outage"), kind_for("air-quality")
    (<WorkKind.LAMP: 'lamp'>, <WorkKind.OTHER: 'other'>)
    """
    return _OF_READERS.get(reader, _K.OTHER)
