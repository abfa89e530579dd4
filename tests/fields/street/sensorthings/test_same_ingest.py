"""What comes by SensorThings is taken as what comes by MQTT: units, ranges, late, future, readers, alerts; and the
other way, what poles send is found by SensorThings, before and after it is packed."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pandok.common.models import AuditEntry
from pandok.fields.street.acts.health import watch
from pandok.fields.street.acts.keeping_history import history_folder, pack
from pandok.fields.street.acts.silencing import maintain
from pandok.fields.street.acts.taking import Arrived, take
from pandok.fields.street.hazards import none_yet
from pandok.fields.street.hazards_of_site import readers_of_site
from pandok.fields.street.models import Alert, CurrentValue, Pole, PoleState, Sensor, TakenMessage
from pandok.fields.street.observed import FORGOTTEN
from pandok.settings import settings
from tests.fields.street.bed import message, pole, reading
from tests.fields.street.sensorthings.service import ROOT, Service, datastream, operator, thing, token_of
from tests.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def service() -> Service:
    return operator()


def iso(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def stream_of(observed: str = "depth_cm") -> int:
    return Sensor.objects.get(pole__key="buk-1", observed=observed).pk


def sent(service: Service, result: Any, at: datetime, stream: int = 0) -> Any:
    path = f"Datastreams({stream or stream_of()})/Observations"
    return service.call("POST", path, {"result": result, "phenomenonTime": iso(at)})


def test_water_raises_the_same_alert_as_by_mqtt(service: Service) -> None:
    pole("buk-1")
    pole("buk-2")
    now = timezone.now()
    for n in range(4):
        at = now - timedelta(minutes=4 - n)
        assert sent(service, 40, at).status_code == 201
        said = message(n + 1, reading(40, at), sent=now)
        take([Arrived("buk-2", said, now)], hazards=readers_of_site())
    facts = ("reader", "version", "level", "onset_at", "reason_ko")
    one, two = (set(Alert.objects.filter(pole__key=key).values_list(*facts)) for key in ("buk-1", "buk-2"))
    assert one == two
    assert "flood-level" in {reader for reader, *_ in one}


@pytest.mark.parametrize(
    ("result", "minutes", "why"),
    [(1e6, 0, "value"), (-40, 0, "value"), (3, 10, "from the future")],
)
def test_what_cannot_be_is_refused_with_its_reason(service: Service, result: float, minutes: int, why: str) -> None:
    pole()
    answer = sent(service, result, timezone.now() + timedelta(minutes=minutes))
    assert answer.status_code == 400
    assert answer.json()["fields"]["why"].startswith(why)
    assert not TakenMessage.objects.exists()


@pytest.mark.parametrize("result", ["3", True, None, [3], {"a": 1}])
def test_a_result_is_a_number(service: Service, result: Any) -> None:
    pole()
    assert sent(service, result, timezone.now()).status_code == 400


def test_late_ones_are_kept_and_do_not_become_the_newest(service: Service) -> None:
    pole()
    now = timezone.now()
    sent(service, 9, now - timedelta(minutes=1))
    sent(service, 2, now - timedelta(minutes=9))
    assert (CurrentValue.objects.get().value, PoleState.objects.get().late) == (9, 1)
    newest = service.get(f"Datastreams({stream_of()})?$expand=Observations($top=1;$orderby=phenomenonTime desc)")
    assert newest["Observations"][0]["result"] == 9


def test_the_clock_of_a_pole_is_not_judged_by_what_a_program_sends(service: Service) -> None:
    pole()
    now = timezone.now()
    off = timedelta(hours=1)
    take([Arrived("buk-1", message(1, reading(1, now + off), sent=now + off), now)], hazards=none_yet)
    before = PoleState.objects.get().clock_offset_ms
    assert before == -3_600_000
    sent(service, 2, now)
    assert PoleState.objects.get().clock_offset_ms == before


def test_what_is_older_than_a_spool_is_history_and_alerts_nobody(service: Service) -> None:
    pole()
    for n in range(4):
        assert (
            sent(service, 40, datetime.fromisoformat("2015-03-03T00:00:00Z") + timedelta(minutes=n)).status_code == 201
        )
    assert not Alert.objects.exists()
    assert PoleState.objects.get().last_heard_at is None
    assert len(service.values("Observations")) == 4


def test_units_are_those_that_readers_read(service: Service) -> None:
    pole()
    known = service.values("ObservedProperties?$filter=name eq 'depth_cm'")[0]["@iot.id"]
    body = datastream(Thing={"@iot.id": Pole.objects.get().pk}, ObservedProperty={"@iot.id": known})
    answer = service.call("POST", "Datastreams", body)
    assert (answer.status_code, answer.json()["code"], answer.json()["fields"]["part"]) == (
        400,
        "street.other_unit",
        "cm",
    )
    unit = {"name": "centimetre", "symbol": "cm", "definition": "http://qudt.org/vocab/unit/CentiM"}
    stream = service.made("Datastreams", body | {"unitOfMeasurement": unit})
    for n in range(4):
        assert sent(service, 60, timezone.now() - timedelta(minutes=4 - n), stream).status_code == 201
    assert Alert.objects.filter(reader="flood-level").exists()


def test_a_property_that_nobody_knows_is_kept_and_read_by_no_reader(service: Service) -> None:
    number = service.made("Things", thing(Datastreams=[datastream()]))
    stream = service.values(f"Things({number})/Datastreams")[0]["@iot.id"]
    assert sent(service, -1e9, timezone.now(), stream).status_code == 201
    assert not Alert.objects.exists()


def test_of_sound_nothing_comes_in_and_nothing_is_found(service: Service) -> None:
    pole()
    known = service.values("ObservedProperties?$filter=name eq 'band_63_db'")[0]["@iot.id"]
    body = datastream(Thing={"@iot.id": Pole.objects.get().pk}, ObservedProperty={"@iot.id": known})
    assert service.call("POST", "Datastreams", body).json()["code"] == "street.sound_is_forgotten"
    device = Sensor.objects.filter(observed="depth_cm").get().device
    made = Sensor.objects.create(device=device, pole=device.pole, key="mic-1", observed="band_63_db", unit="dB")
    assert made.observed in FORGOTTEN
    assert sent(service, 60, timezone.now(), made.pk).status_code == 400
    now = timezone.now()
    loud = reading(90, now, sensor="mic-1", property="band_63_db", unit="dB")
    take([Arrived("buk-1", message(2, loud, reading(3, now), sent=now), now)], hazards=none_yet)
    numbers = [one["@iot.id"] for one in service.values("Observations")]
    take([Arrived("buk-1", message(1, sent=now), now)], hazards=none_yet)
    # Forgotten once it was read; what stays keeps its number.
    assert [one["@iot.id"] for one in service.values(f"Datastreams({stream_of()})/Observations")] == numbers[:1]
    assert service.values(f"Datastreams({made.pk})/Observations") == []


def test_what_poles_sent_is_found_before_and_after_it_is_packed(service: Service) -> None:
    pole()
    now = timezone.now()
    for n in range(3):
        at = now - timedelta(minutes=3 - n)
        rain = reading(n / 2, at, sensor="rain-1", property="rain_mm_h", unit="mm/h")
        take([Arrived("buk-1", message(n + 1, reading(n + 10, at), rain, sent=at), at)], hazards=none_yet)
    path = "Observations?$orderby=phenomenonTime desc,id&$expand=Datastream($select=name)"
    before = service.values(path)
    pack(history_folder(settings().home), now=now)
    assert not TakenMessage.objects.exists()
    assert service.values(path) == before
    assert [one["result"] for one in before] == [12, 1, 11, 0.5, 10, 0]
    one = before[0]["@iot.id"]
    assert service.get(f"Observations({one})")["result"] == 12
    assert service.call("PATCH", f"Observations({one})", {"result": 13}).status_code == 200
    assert service.get(f"Observations({one})")["result"] == 13
    assert AuditEntry.objects.filter(action="entity.changed", object=f"observation:{one}").exists()


def test_a_thing_is_missed_by_nobody_and_gone_takes_nothing(service: Service) -> None:
    number = service.made("Things", thing("buk-9", Datastreams=[datastream()]))
    assert Pole.objects.get(pk=number).key == "buk-9"
    watch(timezone.now() + timedelta(days=30))
    assert not Alert.objects.exists()
    stream = service.values(f"Things({number})/Datastreams")[0]["@iot.id"]
    service.call("DELETE", f"Things({number})")
    assert sent(service, 3, timezone.now(), stream).status_code in (400, 404)
    said = message(1, reading(3, timezone.now()), sent=timezone.now())
    assert take([Arrived("buk-9", said, timezone.now())], hazards=none_yet) == []


READERS = (Role.CONTROL_ROOM, Role.CREW, Role.AUDITOR, Role.ADMINISTRATOR)


@pytest.mark.parametrize("role", READERS)
def test_who_may_see_may_not_change(role: Any) -> None:
    pole()
    service = Service(token_of(role))
    assert len(service.values("Things")) == 1
    for method, path in (
        ("POST", "Things"),
        ("PATCH", "Things(1)"),
        ("DELETE", "Things(1)"),
        ("POST", "CreateObservations"),
    ):
        assert service.call(method, path, thing()).status_code == 403
    assert sent(service, 3, timezone.now()).status_code == 403
    assert not TakenMessage.objects.exists()


def test_nobody_else_gets_in_and_a_password_may_be_the_token() -> None:
    pole()
    strange = Service(token_of(Role.OFFICER, "officer"))
    assert strange.call("GET", "Things").status_code == 403
    assert Service("wrong").call("GET", "Things").status_code == 401
    assert Client().get(f"{ROOT}/Things").status_code == 401
    word = operator().word
    basic = base64.b64encode(f"anybody:{word}".encode()).decode()
    for header, status in (
        (f"Basic {basic}", 200),
        ("Basic ###", 401),
        ("Basic " + base64.b64encode(b"a:b").decode(), 401),
    ):
        assert Client().get(f"{ROOT}/Things", headers={"Authorization": header}).status_code == status


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b"\xff", b'{"name":', b"[" * 40_000, b'{"name": "a", "description": "b", "x": 1}', b'"a"'],
)  # fmt: skip
def test_what_is_no_entity_is_refused(service: Service, body: bytes) -> None:
    for path in ("Things", "Datastreams", "Observations", "CreateObservations"):
        assert service.call("POST", path, body).status_code == 400
    assert not Pole.objects.exists()


def test_maintenance_keeps_alerts_quiet_here_too(service: Service) -> None:
    pole()
    now = timezone.now()
    maintain("buk-1", until=now + timedelta(hours=1), actor=None, reason="new sensor", now=now)
    for n in range(4):
        sent(service, 60, now - timedelta(minutes=4 - n))
    assert set(Alert.objects.values_list("quiet", flat=True)) == {True}
