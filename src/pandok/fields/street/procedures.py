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
_AWAY = Step("keep-away", Text(ko="사람이 가까이 가지 못하게 합니다.", en="Keep people away."), 600)
_TILT = (
    _LOOK,
    _AWAY,
    Step("structure", Text(ko="구조물 점검조를 보냅니다.", en="Send who judges the structure."), 1800),
)
_CROWD = (
    Step("look", Text(ko="영상으로 밀집을 확인합니다.", en="Look by camera how dense it is."), 60),
    Step("stop-inflow", Text(ko="방송으로 알리고 유입을 막습니다.", en="Announce, and stop more from coming in."), 180),
    Step("tell-112-119", Text(ko="112와 119에 알립니다.", en="Tell 112 and 119."), 180),
)
_SOUND = (
    Step("look", Text(ko="영상이나 순찰로 확인합니다.", en="Look by camera, or send a patrol."), 60),
    Step("tell-112", Text(ko="확인되면 112에 알립니다.", en="Once confirmed, tell 112."), 120),
)
_AIR = (
    Step("compare", Text(ko="가까운 측정소와 견줍니다.", en="Compare with the nearest station."), 900),
    Step("tell-department", Text(ko="환경 부서와 취약 시설에 알립니다.", en="Tell the department and schools."), 1800),
)
_LEAKAGE = (
    _AWAY,
    Step("cut-off", Text(ko="분전반에서 그 선로를 차단합니다.", en="Cut the feeder off at its panel."), 900),
    Step("crew", Text(ko="전기 점검조를 보냅니다.", en="Send electricians."), 1800),
)
_LAMP = (Step("work-order", Text(ko="보수 작업을 맡깁니다.", en="Give the repair to maintenance."), 86_400),)
_OTHER = (_LOOK, Step("crew", Text(ko="필요하면 현장조를 보냅니다.", en="Send the crew where needed."), 1800))
_BY_READER = {
    "flood-level": _FLOOD,
    "flood-forecast": _FLOOD,
    "fire-smoke": _FIRE,
    "tilt-subsidence": _TILT,
    "crowd-density": _CROWD,
    "sound-events": _SOUND,
    "air-quality": _AIR,
    "leakage": _LEAKAGE,
    "lamp-outage": _LAMP,
    "lamp-day-burner": _LAMP,
    "lamp-flicker": _LAMP,
    "not-heard": _SILENT,
    "feeder-outage": _SILENT,
}


def procedure_of(reader: str) -> tuple[Step, ...]:
    return _BY_READER.get(reader, _OTHER)
