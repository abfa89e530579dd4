"""What is done about an alert, step by step, each with the time within which it is due after the alert was raised."""

from __future__ import annotations

from dataclasses import dataclass

from pandok.core.text import Text


@dataclass(frozen=True)
class Step:
    key: str
    words: Text
    within_s: int


_LOOK = Step("look", Text(ko="영상이나 전화로 현장을 확인합니다.", en="Look: camera, or a call to the place."), 180)
_FLOOD = (
    _LOOK,
    Step("close-road", Text(ko="15cm 이상이면 통행을 막습니다.", en="At 15 cm or more, close the road."), 300),
    Step("tell-119", Text(ko="119와 담당 부서에 알립니다.", en="Tell 119 and the department."), 300),
    Step("crew", Text(ko="현장조를 보냅니다.", en="Send the crew."), 600),
)
_FIRE = (
    Step("look", Text(ko="영상으로 연기나 불꽃을 확인합니다.", en="Look for smoke or flame by camera."), 60),
    Step("tell-119", Text(ko="확인되면 119에 알립니다.", en="Once confirmed, tell 119."), 120),
)
_SILENT = (
    Step("power", Text(ko="분전반과 통신 상태를 확인합니다.", en="Check feeder and network."), 1800),
    Step("crew", Text(ko="점검조를 보냅니다.", en="Send maintenance."), 86_400),
)
_OTHER = (_LOOK, Step("crew", Text(ko="필요하면 현장조를 보냅니다.", en="Send the crew where needed."), 1800))
_BY_READER = {
    "flood-level": _FLOOD,
    "flood-forecast": _FLOOD,
    "fire-smoke": _FIRE,
    "not-heard": _SILENT,
    "feeder-outage": _SILENT,
}


def procedure_of(reader: str) -> tuple[Step, ...]:
    return _BY_READER.get(reader, _OTHER)
