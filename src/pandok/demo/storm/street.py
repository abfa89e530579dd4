"""The street of the storm: its test bed, its poles, and the outlines under its map. All are invented and say so."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from pandok.common.models import Account
from pandok.demo.storm.weather import POLES, UNDERPASS
from pandok.fields.street.acts.bookings import BookingSaid, book
from pandok.fields.street.acts.importing_boundaries import import_boundaries
from pandok.fields.street.acts.registering import PoleFacts, SensorFacts, open_test_bed, register_pole
from pandok.fields.street.models import MapBoundaries
from pandok.fields.street.orders import DeviceKind

BED = "demo-storm"
NEVER_EXPECTED_S = 10 * 365 * 86_400
"""After the storm these poles send nothing: that is no fault."""
ACTING = tuple(DeviceKind)
QUESTION = "지하차도 침수를 통제 기준(15cm)에 이르기 전에 알리고, 관제실이 제때 확인하는가? (모의 측정값)"
_SENSORS = (
    SensorFacts("level-1", "depth_cm"),
    SensorFacts("rain-1", "rain_mm_h"),
    SensorFacts("lamp-1", "lamp_power_w"),
    SensorFacts("lamp-1", "dimming_percent"),
)
_CREDIT = "시연용 가상 경계 · Invented for the demonstration"
_WEST, _EAST, _SOUTH, _NORTH = 126.9085, 126.9165, 35.1725, 35.1835
_BETWEEN = 35.1778
_FIRST_LAMP, _ROAD = 35.1740, 126.9120


def register_street(*, actor: Account, now: datetime) -> None:
    bed = open_test_bed(
        code=BED, name_ko="시연: 폭풍 (모의)", name_en="Demonstration: a storm (simulated)", question=QUESTION,
        actor=actor, now=now,
    )  # fmt: skip
    for number in range(1, POLES + 1):
        key = f"storm-{number:02d}"
        under = key == UNDERPASS
        facts = PoleFacts(
            key=key,
            feeder="demo-feeder",
            place_ko="북문 지하차도 (모의)" if under else f"북문로 {number}번 등 (모의)",
            place_en="Underpass north (simulated)" if under else f"North street, lamp {number} (simulated)",
            latitude=_FIRST_LAMP + 0.0006 * number,
            longitude=_ROAD + 0.0004 * (number % 3),
            expected_every_s=NEVER_EXPECTED_S,
            sensors=_SENSORS,
            acting=ACTING if under else (DeviceKind.LAMP,),
        )
        register_pole(bed, facts, actor=actor, now=now)


def middle_of_street() -> tuple[float, float]:
    """Latitude and longitude, as the sun sees it."""
    return _FIRST_LAMP + 0.0006 * POLES / 2, _ROAD


def lay_outlines(*, actor: Account, now: datetime) -> None:
    """Two invented neighbourhoods, where the site has no boundaries of its own."""
    if MapBoundaries.objects.exists():
        return
    shapes = [("북문동 (가상)", _BETWEEN, _NORTH), ("남문동 (가상)", _SOUTH, _BETWEEN)]
    body = {"type": "FeatureCollection", "features": [_outline(*one) for one in shapes]}
    import_boundaries(json.dumps(body).encode(), credit=_CREDIT, actor=actor, reason="시연 지도", now=now)


def book_street(*, first: datetime, last: datetime, coming: datetime, actor: Account, registered: datetime) -> None:
    """The underpass for the days of the trials, and the whole street for an afternoon that is still to come."""
    wanted = (
        (UNDERPASS, first, last, "가로등 실증 (모의)"),
        ("", coming, coming + timedelta(hours=4), "수위계 교정 (모의)"),
    )
    for pole, begins, ends, purpose in wanted:
        said = BookingSaid(BED, pole, begins.isoformat(), ends.isoformat(), "시연 기관 (가상)", purpose)
        book(said, actor=actor, now=registered)


def _outline(name: str, south: float, north: float) -> dict[str, object]:
    bend = (_WEST + _EAST) / 2
    ring = [
        (_WEST, south), (bend, south + (0.0004 if south == _BETWEEN else -0.0003)), (_EAST, south),
        (_EAST, north), (bend, north + (0.0004 if north == _BETWEEN else 0.0003)), (_WEST, north), (_WEST, south),
    ]  # fmt: skip
    return {
        "type": "Feature",
        "properties": {"name": name},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
