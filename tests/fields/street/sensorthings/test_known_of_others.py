"""Faults known of others, a named test each (FROST-Server #287, Orion-LD #1650)."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pandok.common.models import AuditEntry
from pandok.fields.street.acts.taking import Arrived, take
from pandok.fields.street.hazards import none_yet
from pandok.fields.street.models import Alert, AlertEvent, Device, Pole, PoleState, Sensor
from tests.fields.street.bed import deep, message, pole, reading
from tests.fields.street.sensorthings.service import operator

pytestmark = pytest.mark.django_db
LATEST = "Things?$top=20000&$expand=Datastreams($expand=Observations($top=1;$orderby=phenomenonTime desc))"


def with_poles(first: Pole, numbers: range) -> None:
    """A level sensor each, which said its number."""
    made = Pole.objects.bulk_create(
        Pole(key=f"p-{n:05d}", test_bed=first.test_bed, added_at=first.added_at) for n in numbers
    )
    PoleState.objects.bulk_create(PoleState(pole=one) for one in made)
    devices = Device.objects.bulk_create(Device(pole=one, key="gateway", kind="gateway") for one in made)
    Sensor.objects.bulk_create(
        Sensor(device=one, pole=one.pole, key="level-1", observed="depth_cm", unit="cm") for one in devices
    )
    now = timezone.now()
    said = zip(made, numbers, strict=True)
    take([Arrived(one.key, message(1, reading(n, now), sent=now), now) for one, n in said], hazards=none_yet)


def test_frost_287_the_latest_value_of_every_thing_takes_the_same_reads_for_any_number() -> None:
    service, counts, first = operator(), [], pole()
    service.get("")
    for numbers in (range(3), range(3, 60)):
        with_poles(first, numbers)
        with CaptureQueriesContext(connection) as asked:
            found = service.values(LATEST)
        counts.append(len(asked))
        newest = [one["Datastreams"][0]["Observations"] for one in found]
        assert newest[0] == []
        assert [one[0]["result"] for one in newest[1:]] == list(range(numbers.stop))
    assert counts[0] == counts[1] <= 16


def test_frost_287_what_is_selected_alone_is_read() -> None:
    service, first = operator(), pole()
    service.get("")
    with_poles(first, range(2))
    inner = "Observations($select=result;$top=1;$orderby=phenomenonTime desc)"
    with CaptureQueriesContext(connection) as asked:
        found = service.values(f"Things?$select=name&$expand=Datastreams($select=id;$expand={inner})")
    assert found[1] == {
        "name": "p-00000",
        "Datastreams": [
            {
                "@iot.id": found[1]["Datastreams"][0]["@iot.id"],
                "@iot.selfLink": found[1]["Datastreams"][0]["@iot.selfLink"],
                "Observations": [{"result": 0}],
                "Observations@iot.nextLink": found[1]["Datastreams"][0]["Observations@iot.nextLink"],
            }
        ],
    }
    whole = " ".join(one["sql"] for one in asked)
    assert not [column for column in ("place_ko", "reader_settings", "unit_definition") if column in whole]


@pytest.mark.parametrize("name", ['"}, {"', "줄\n바꿈\\u0000", "\u2028</script>", "\x7f\t"])
def test_whatever_a_name_holds_the_answer_is_json_and_says_it(name: str) -> None:
    service = operator()
    number = service.made("Things", {"name": name, "description": name, "properties": {name: [name, 1.5, None]}})
    (found,) = service.values(f"Things?$filter=id eq {number}")
    assert (found["name"], found["description"]) == (name, name)
    assert found["properties"] == {name: [name, 1.5, None]}
    assert found == service.get(f"Things({number})")


def test_orion_ld_1650_no_change_goes_untold_however_close_and_in_whatever_order_it_comes() -> None:
    """There 100 entities changed five times lost notifications, where the clock of the last one stood a few ms ahead of
    the change: what is due is decided by a difference of times. Here every step is a row of the change itself."""
    poles = [pole(f"buk-{n}") for n in range(20)]
    now, chance = timezone.now(), random.Random(1650)
    # Water rises and falls five times within 25 ms at every pole.
    sent = [
        Arrived(one.key, message(n + 1, reading(depth, now + timedelta(milliseconds=5 * n)), sent=now), now)
        for one in poles
        for n, depth in enumerate((20, 5, 21, 4, 22))
    ]
    chance.shuffle(sent)
    for start in range(0, len(sent), 7):
        take(sent[start : start + 7], hazards=deep)
    assert Alert.objects.count() == 3 * len(poles)
    own = AlertEvent.objects.filter(own=True).order_by("alert__onset_at")
    told = own.values_list("alert__pole__key", "change", "alert__onset_at")
    for one in poles:
        changes = [(change, at) for key, change, at in told if key == one.key]
        assert sorted(change for change, _ in changes) == ["cleared"] * 2 + ["raised"] * 3
        assert [round((at - now).total_seconds() * 1000) for _, at in changes] == pytest.approx(
            [0, 0, 10, 10, 20], abs=1
        )
    for event in own:
        assert AuditEntry.objects.filter(action=f"alert.{event.change}", object=f"alert:{event.alert_id}").exists()
    assert AuditEntry.objects.filter(action="alert.raised").count() == 3 * len(poles)
