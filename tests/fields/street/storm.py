"""A street in a storm, as it stands at some moment: water rises in an underpass, poles fall silent, a lamp leaks."""

from __future__ import annotations

from datetime import datetime, timedelta

from pandok.fields.street.acts.health import watch
from pandok.fields.street.acts.registering import PoleFacts, SensorFacts, open_test_bed, register_pole
from pandok.fields.street.acts.taking import Arrived, take
from pandok.fields.street.hazards_of_site import hazards_of_site
from pandok.fields.street.orders import DeviceKind
from tests.fields.street.bed import WATER, arrived, message, reading

MINUTES = 50
RISES = 25


def storm_now(now: datetime, poles: int = 8) -> None:
    """`buk-01` stands in the underpass; `buk-05` and those behind it have been silent for a quarter of an hour."""
    begins = now - timedelta(minutes=MINUTES)
    bed = open_test_bed(code="buk", name_ko="북구", name_en="Buk-gu", question="", actor=None, now=begins)
    for number in range(1, poles + 1):
        under = number == 1
        facts = PoleFacts(
            key=f"buk-{number:02d}",
            feeder="feeder-7" if number >= 5 else "feeder-6",
            place_ko="북문 지하차도" if under else f"북문로 {number}번 등",
            place_en="Underpass north" if under else f"North street, lamp {number}",
            latitude=35.1740 + 0.0006 * number,
            longitude=126.9120 + 0.0004 * (number % 3),
            sensors=(*WATER, SensorFacts("leak-1", "leakage_ma")),
            acting=tuple(DeviceKind) if under else (DeviceKind.LAMP,),
        )
        register_pole(bed, facts, actor=None, now=begins)
    for minute in range(MINUTES + 1):
        at = begins + timedelta(minutes=minute)
        heard = range(1, (5 if minute > MINUTES - 15 else poles + 1))
        take([_said(number, minute, at) for number in heard], hazards=hazards_of_site)
    watch(now)


def _said(number: int, minute: int, at: datetime) -> Arrived:
    depth = 0.9 * max(0, minute - RISES) if number == 1 else 0.2 * (minute % 4)
    rain = {"sensor": "rain-1", "property": "rain_mm_h", "unit": "mm/h"}
    leak = {"sensor": "leak-1", "property": "leakage_ma", "unit": "mA"}
    readings = (
        reading(depth, at),
        reading(min(62.0, 2.0 * minute), at, **rain),
        reading(26.0 if number == 3 and minute > 30 else 2.0, at, **leak),
    )
    return arrived(f"buk-{number:02d}", message(minute + 1, *readings, sent=at), at)
