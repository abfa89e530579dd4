"""What is wrong now, worst first; decided in the page; live by short event streams."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from pandok.common.models import AuditEntry
from pandok.fields.street.acts.taking import take
from pandok.fields.street.hazards import none_yet
from pandok.fields.street.models import Alert, DeviceCommand, OutsideRecord, Pole
from pandok.fields.street.web.views import live
from tests.fields.street.bed import arrived, later, message, raised, reading
from tests.fields.street.devices import acting_pole
from tests.roles import Role
from tests.world import Site


def test_the_worst_stands_first_and_says_why(site: Site) -> None:
    one, two = raised(), raised(later(60))
    Alert.objects.filter(pk=two.pk).update(case_level=4)
    body = site.client(Role.CONTROL_ROOM).get("/street/").content.decode()
    assert body.index(two.pk) < body.index(one.pk)
    assert "수심 16 cm" in body
    assert "1" in body


def test_decided_in_the_page_and_what_was_entered_stays(site: Site) -> None:
    alert, client = raised(timezone.now()), site.client(Role.CONTROL_ROOM)
    place = f"/street/alerts/{alert.pk}/decide/"
    refused = client.post(place, {"what": "reject", "reason": "차량이 지나감", "cause": ""})
    assert refused.status_code == 422
    assert "차량이 지나감" in refused.content.decode()
    assert client.post(place, {"what": "confirm"}).status_code == 302
    assert client.post(place, {"what": "confirm"}).status_code == 422
    assert client.post(place, {"what": "step", "step": "look"}).status_code == 302
    alert.refresh_from_db()
    assert alert.state == "confirmed"
    assert client.get("/street/alerts/nowhere/").status_code == 404


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that has nothing to say ends at once."""
    monkeypatch.setattr(live, "HOLD_S", (0.0,))


def said(answer: Any) -> str:
    return b"".join(answer).decode()


@pytest.mark.usefixtures("short")
def test_the_event_stream_says_once_what_changed(site: Site) -> None:
    raised()
    client = site.client(Role.CREW)
    first = client.get("/street/live/", {"since": "0"})
    assert first.headers["Content-Type"].startswith("text/event-stream")
    assert "event: changed" in said(first)
    mark = first.content.decode().split("id: ")[1].split("\n")[0]
    assert "event:" not in said(client.get("/street/live/", headers={"Last-Event-ID": mark}))
    raised(later(60))
    assert "event: changed" in client.get("/street/live/", headers={"Last-Event-ID": mark}).content.decode()


def test_the_poles_that_are_silent_stand_first(site: Site) -> None:
    raised()
    body = site.client(Role.STREET_OPERATOR).get("/street/poles/").content.decode()
    assert "buk-1" in body
    assert "1개 중 1개" in body


@pytest.mark.usefixtures("short")
def test_an_alert_page_follows_the_readings_of_its_pole(site: Site) -> None:
    alert, client = raised(), site.client(Role.CREW)
    place = f"/street/alerts/{alert.pk}/live/"
    mark = client.get(place).content.decode().split("id: ")[1].split("\n")[0]
    assert "event:" not in said(client.get(place, headers={"Last-Event-ID": mark}))
    for number in (1, 2):
        sent = [
            arrived("buk-1", message(number, reading(16 + number, later(number)), sent=later(number)), later(number))
        ]
        take(sent, hazards=none_yet)
    assert "event: changed" in client.get(place, headers={"Last-Event-ID": mark}).content.decode()
    body = client.get(f"/street/alerts/{alert.pk}/").content.decode()
    assert "<polyline" in body
    assert client.get("/street/alerts/nowhere/live/").status_code == 404


def test_who_did_a_step_and_that_it_was_late_stays_on_the_page(site: Site) -> None:
    alert, client = raised(later(-86_400)), site.client(Role.CONTROL_ROOM)
    client.post(f"/street/alerts/{alert.pk}/decide/", {"what": "step", "step": "look"})
    client.post(f"/street/alerts/{alert.pk}/decide/", {"what": "reject", "reason": "차량 통과", "cause": "passing"})
    body = client.get(f"/street/alerts/{alert.pk}/").content.decode()
    assert "늦게 완료" in body
    assert site.account(Role.CONTROL_ROOM).shown_name in body
    assert "기한 초과" not in body


def test_figures_and_their_table_by_period(site: Site) -> None:
    alert, client = raised(timezone.now()), site.client(Role.CONTROL_ROOM)
    body = client.get("/street/figures/").content.decode()
    assert "침수" in body
    assert client.get("/street/figures/", {"first": "2026-07-02", "last": "2026-07-01"}).status_code == 422
    for form in ("csv", "xlsx", "parquet"):
        assert client.get(f"/street/figures/alerts.{form}").status_code == 200
    assert alert.pk in client.get("/street/figures/alerts.csv").content.decode()
    assert client.get("/street/figures/alerts.exe").status_code == 404
    assert AuditEntry.objects.filter(action="street-alerts.exported").count() == 4


def test_outside_records_are_entered_in_the_page_and_what_was_entered_stays(site: Site) -> None:
    raised()
    client = site.client(Role.CONTROL_ROOM)
    sent = {"hazard": "flood", "pole": "buk-1", "began_at": "2026-07-01T12:00", "source": ""}
    refused = client.post("/street/records/enter/", sent)
    assert refused.status_code == 422
    assert 'value="2026-07-01T12:00"' in refused.content.decode()
    assert client.post("/street/records/enter/", sent | {"source": "119 신고"}).status_code == 302
    record = OutsideRecord.objects.get()
    short = client.post(f"/street/records/{record.pk}/withdraw/", {"reason": "x"})
    assert (short.status_code, "119 신고" in short.content.decode()) == (422, True)
    assert client.post(f"/street/records/{record.pk}/withdraw/", {"reason": "다른 곳의 신고였음"}).status_code == 302
    file = SimpleUploadedFile("records.csv", b"not a table")
    assert client.post("/street/records/table/", {"table": file}).status_code == 422


def test_an_english_page_names_places_in_english(site: Site, english: Callable[[Client], Client]) -> None:
    raised()
    Pole.objects.update(place_ko="지하차도", place_en="Underpass north")
    body = english(site.client(Role.CONTROL_ROOM)).get("/street/poles/").content.decode()
    assert "Underpass north" in body
    assert "지하차도" not in body


def test_an_order_is_given_and_confirmed_on_the_pages_of_two_officers(site: Site) -> None:
    acting_pole()
    one, two = site.client(Role.CONTROL_ROOM), site.client(Role.CONTROL_ROOM, "second")
    place = "/street/poles/buk-1/"
    sent = {"act": "siren-on", "hold_min": "5", "reason": "지하차도에 사람이 있음"}
    refused = one.post(f"{place}order/", sent | {"hold_min": "soon"})
    assert (refused.status_code, "지하차도에 사람이 있음" in refused.content.decode()) == (422, True)
    assert one.post(f"{place}order/", sent).status_code == 302
    command = DeviceCommand.objects.get()
    decide = f"/street/commands/{command.pk}/decide/"
    assert 'value="confirm"' not in one.get(place).content.decode()
    assert one.post(decide, {"what": "confirm"}).status_code == 422
    assert 'value="confirm"' in two.get(place).content.decode()
    assert two.post(decide, {"what": "confirm"}).status_code == 302
    command.refresh_from_db()
    assert command.state == "queued"
    assert one.get("/street/poles/nowhere/").status_code == 404


def test_an_old_reading_is_called_stuck_only_while_its_alert_is_open(site: Site) -> None:
    alert, client = raised(), site.client(Role.CONTROL_ROOM)
    sent = [arrived("buk-1", message(1, reading(16.0, later(0)), sent=later(0)), later(0))]
    take(sent, hazards=none_yet)
    stuck = "여러 시간 값이 그대로임"
    page = f"/street/alerts/{alert.pk}/"
    assert stuck in client.get(page).content.decode()
    Alert.objects.filter(pk=alert.pk).update(state="closed", cause="hazard")
    assert stuck not in client.get(page).content.decode()
