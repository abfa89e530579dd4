"""Poles as Streetlight of Smart Data Models 0.2.1: required properties, closed words, units, and pages without gaps."""

from __future__ import annotations

import pytest
from django.db import transaction

from pandok.core.text import Text
from pandok.fields.street.acts.alerting import Found, keep_found
from pandok.fields.street.acts.registering import PoleFacts, SensorFacts, open_test_bed, register_pole
from pandok.fields.street.acts.taking import take
from pandok.fields.street.hazards import Said, alert_id
from pandok.fields.street.lists.streetlights import lamp_poles
from pandok.fields.street.models import Pole
from pandok.fields.street.smart_streetlight import streetlight
from tests.fields.street.bed import NOON, arrived, deep, message, ms

pytestmark = pytest.mark.django_db
LAMP = (
    SensorFacts("lamp-1", "lamp_power_w"),
    SensorFacts("lamp-1", "dimming_percent"),
    SensorFacts("lamp-1", "supply_v"),
)


def _lamp(key: str, **facts: object) -> Pole:
    bed = open_test_bed(code="buk", name_ko="북구", name_en="Buk-gu", question="", actor=None, now=NOON)
    told = {"latitude": 35.17, "longitude": 126.91, "feeder": "f7", "sensors": LAMP} | facts
    return register_pole(bed, PoleFacts(key=key, **told), actor=None, now=NOON)  # type: ignore[arg-type]  # as given


def _reads(key: str, **values: float) -> None:
    units = {"lamp_power_w": "W", "dimming_percent": "%", "supply_v": "V"}
    said = [
        {"sensor": "lamp-1", "property": name, "unit": units[name], "at_ms": ms(NOON), "value": value}
        for name, value in values.items()
    ]
    take([arrived(key, message(1, *said))], hazards=deep)


def test_a_lit_lamp_that_is_dimmed() -> None:
    _lamp("buk-1")
    _reads("buk-1", lamp_power_w=42.0, dimming_percent=40.0, supply_v=221.5)
    (entity,) = (streetlight(one) for one in lamp_poles())
    assert {"id", "type", "location", "status"} <= entity.keys()
    assert entity["id"] == "urn:ngsi-ld:Streetlight:buk-1"
    assert entity["location"] == {"type": "Point", "coordinates": [126.91, 35.17]}
    assert (entity["powerState"], entity["powerConsumption"], entity["voltage"]) == ("low", 42.0, 221.5)
    assert entity["illuminanceLevel"] == pytest.approx(0.4)
    assert entity["observationDateTime"] == "2026-07-01T03:00:00Z"
    assert entity["circuit"] == "f7"


@pytest.mark.parametrize(
    ("reader", "status"),
    [("lamp-outage", "defectiveLamp"), ("leakage", "defectiveLamp"), ("tilt-subsidence", "columnIssue")],
)
def test_what_stands_is_the_status_until_it_is_over(reader: str, status: str) -> None:
    pole = _lamp("buk-1")
    why = Text(ko="까닭", en="why")
    changes = [("raised", 2, ms(NOON)), ("cleared", 0, ms(NOON) + 60_000)]
    told = [
        Said(alert_id("buk-1", reader, "1", ms(NOON)), reader, "1", ms(NOON), at, change, level, 1.0, why)
        for change, level, at in changes
    ]
    for said, expected in zip(told, (status, "ok"), strict=True):
        with transaction.atomic():
            keep_found([Found(said, pole)], now=NOON)
        assert [streetlight(one)["status"] for one in lamp_poles()] == [expected]


def test_what_is_not_known_is_left_out() -> None:
    _lamp("buk-1", feeder="")
    (entity,) = (streetlight(one) for one in lamp_poles())
    assert not {"powerState", "voltage", "circuit", "observationDateTime", "lanternHeight"} & entity.keys()


def test_pages_follow_each_other_and_other_poles_are_no_streetlights() -> None:
    for number in range(5):
        _lamp(f"buk-{number}")
    _lamp("dark-1", sensors=(SensorFacts("level-1", "depth_cm"),))
    _lamp("nowhere-1", latitude=None, longitude=None)
    seen: list[str] = []
    while page := lamp_poles(seen[-1] if seen else "", 2):
        seen += [one.key for one in page]
    assert seen == [f"buk-{number}" for number in range(5)]
