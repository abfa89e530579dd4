"""LwM2M through the same door as other messages: read by the declared table, hostile packs refused whole."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandok.fields.street.acts.registering import PoleFacts, SensorFacts, open_test_bed, register_pole
from pandok.fields.street.acts.taking import take
from pandok.fields.street.hazards import none_yet
from pandok.fields.street.lwm2m.attributes import ATTRIBUTES
from pandok.fields.street.lwm2m.objects import RESOURCES
from pandok.fields.street.messages import PoleMessage, read_batch, read_message
from pandok.fields.street.models import CurrentValue, DeviceAttribute, PoleState
from pandok.fields.street.observed import OBSERVED
from tests.fields.street.bed import NOON, SPOOL, arrived, ms, pole
from tests.roles import Role
from tests.world import Site

PAGE = Path(__file__).parents[3] / "docs" / "look-up" / "lwm2m.md"
AT_S = ms(NOON) / 1000


def bytes_of(*records: Any, sequence: int = 1) -> bytes:
    body = {"spool": SPOOL, "sequence": sequence, "sent_ms": ms(NOON), "senml": list(records)}
    return json.dumps(body).encode()


def said(*records: Any) -> list[tuple[str, str, str, float, int]]:
    message = read_message(bytes_of(*records))
    assert message is not None
    assert message.senml == ()
    return [(one.sensor, one.property, one.unit, one.value, one.at_ms) for one in message.readings]


def test_base_fields_count_for_what_follows_and_times_may_be_relative() -> None:
    found = said(
        {"bn": "/3418/0/", "bt": AT_S, "n": "4", "u": "W", "v": 42.0},
        {"n": "1", "u": "V", "v": 221.5, "t": -60},
        {"bn": "/3416/1/", "bt": -10.0, "n": "2", "v": 40},
        {"n": "3", "bu": "V", "bn": "/3411/0/", "bv": 3.0, "v": 0.25, "bt": 0.0},
    )
    assert found == [
        ("lwm2m-3418-0", "lamp_power_w", "W", 42.0, ms(NOON)),
        ("lwm2m-3418-0", "supply_v", "V", 221.5, ms(NOON) - 60_000),
        ("lwm2m-3416-1", "dimming_percent", "%", 40.0, ms(NOON) - 10_000),
        ("lwm2m-3411-0", "battery_v", "V", 3.25, ms(NOON)),
    ]


def test_radians_become_degrees_and_another_unit_is_no_reading_of_the_property() -> None:
    ((_, observed, unit, value, _),) = said({"n": "/3429/0/1", "u": "rad", "v": math.pi / 6})
    assert (observed, unit, value) == ("tilt_deg", "°", pytest.approx(30))
    (wrong,) = said({"n": "/3429/0/1", "u": "deg", "v": 30})
    assert wrong[1:3] == ("/3429/0/1", "deg")


def test_text_booleans_and_sums_are_no_readings() -> None:
    assert said({"n": "/3420/0/1", "vs": "ff0000"}, {"n": "/3416/0/5", "vb": True}, {"n": "/3418/0/6", "s": 7.0}) == []


@pytest.mark.django_db
def test_what_is_registered_is_kept_and_the_rest_refused_and_counted() -> None:
    bed = open_test_bed(code="buk", name_ko="북구", name_en="Buk-gu", question="", actor=None, now=NOON)
    sensors = (SensorFacts("lwm2m-3418-0", "lamp_power_w"),)
    register_pole(bed, PoleFacts(key="buk-1", sensors=sensors), actor=None, now=NOON)
    records = ({"n": "/3418/0/4", "v": 42.0}, {"n": "/3418/1/4", "v": 7.0}, {"n": "/3416/0/62", "u": "Cel", "v": 80.0})
    message = read_message(bytes_of(*records))
    assert message is not None
    (taken,) = take([arrived("buk-1", message)], hazards=none_yet)
    assert taken.contiguous == 1
    assert CurrentValue.objects.get().value == 42.0
    state = PoleState.objects.get()
    assert (state.refused, state.last_refusal) == (2, "no sensor lwm2m-3416-0 /3416/0/62")


@pytest.mark.django_db
def test_what_a_device_says_of_itself_is_kept_last_and_shown(site: Site) -> None:
    pole()
    first = ({"bn": "/3/0/", "n": "0", "vs": "  Maker\x00\n<b>"}, {"n": "3", "vs": "2.1.6"}, {"n": "/x", "vs": "?"})
    later_on = ({"n": "/3/0/3", "vs": "2.1.7" + "0" * 500}, {"n": "/3417/1/7", "v": 78.0}, {"n": "/3417/99/7", "v": 1})
    odd = ({"n": "/3/0/1", "vs": ["a list"]}, {"n": "/3/0/2", "vs": "   "}, {"n": "/3420/0/1", "vs": "ff0000"})
    for number, records in enumerate((first, later_on, odd), 1):
        message = read_message(bytes_of(*records, sequence=number))
        assert message is not None
        assert message.readings == ()
        take([arrived("buk-1", message)], hazards=none_yet)
    kept = dict(DeviceAttribute.objects.values_list("path", "value"))
    assert kept == {"/3/0/0": "Maker <b>", "/3/0/3": ("2.1.7" + "0" * 500)[:200], "/3417/1/7": "78"}
    assert PoleState.objects.get().refused == 0
    page = site.client(Role.CONTROL_ROOM).get("/street/poles/buk-1/").content.decode()
    assert "Maker &lt;b&gt;" in page
    assert "등기구 정격 전력 (1)" in page


HOSTILE: dict[str, Any] = {
    "no array": {"n": "/3418/0/4", "v": 1},
    "nested": [[{"n": "/3418/0/4", "v": 1}]],
    "a newer SenML": [{"bver": 11, "n": "/3418/0/4", "v": 1}],
    "must be understood": [{"n": "/3418/0/4", "v": 1, "later_": 2}],
    "a value in words": [{"n": "/3418/0/4", "v": "42"}],
    "a truth as a value": [{"n": "/3418/0/4", "v": True}],
    "no number": [{"n": "/3418/0/4", "v": float("nan")}],
    "beyond any number": [{"n": "/3418/0/4", "bv": 1.7e308, "v": 1.7e308}],
    "a moment that cannot be": [{"n": "/3418/0/4", "v": 1, "bt": 9e11}],
    "before all time": [{"n": "/3418/0/4", "v": 1, "bt": -9e11}],
    "a long name": [{"n": "/" + "3" * 200, "v": 1}],
    "a name that is a way out": [{"n": "/3418/0/4\x00<b>", "v": 1}],
    "a long unit": [{"n": "/3418/0/4", "u": "W" * 50, "v": 1}],
    "too many": [{"n": "/3418/0/4", "v": 1}] * 501,
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_pack_is_refused_whole(case: str) -> None:
    body = {"spool": SPOOL, "sequence": 1, "sent_ms": ms(NOON), "senml": HOSTILE[case]}
    assert read_message(json.dumps(body).encode()) is None
    assert read_batch(json.dumps({"messages": [body]}).encode()) is None


def test_what_no_device_of_the_registry_says_is_no_property_of_ours() -> None:
    for name in ("", "3418/0/4", "/3418/0", "/3418/0/4/0", "//3418/0/4", "/99999/0/1", "urn:dev:mac:1/3418/0/4"):
        ((_, observed, *_),) = said({"n": name, "v": 1.0})
        assert observed not in OBSERVED


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=9),
    lambda of: (
        st.lists(of, max_size=4)
        | st.dictionaries(st.sampled_from(["bn", "n", "v", "t", "bt", "u", "vs", "x_"]), of, max_size=5)
    ),
    max_leaves=12,
)


@given(ANYTHING)
def test_nothing_that_can_be_sent_breaks_the_door(senml: Any) -> None:
    body = {"spool": SPOOL, "sequence": 1, "sent_ms": ms(NOON), "senml": senml}
    found = read_message(json.dumps(body).encode())
    assert found is None or isinstance(found, PoleMessage)


def test_the_page_says_every_resource_that_is_read() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for (number, resource), one in RESOURCES.items():
        assert f"| {number}/{resource} | {one.object_name} {one.version}: {one.name} |" in page
        assert OBSERVED[one.observed].unit == one.unit
    for (number, resource), attribute in ATTRIBUTES.items():
        assert f"| {number}/{resource} | " in page
        assert f": {attribute.in_registry} | {attribute.unit} |" in page
