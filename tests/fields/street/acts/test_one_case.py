"""One flood is one case in the room, as high as the highest of its alerts; the alerts keep their ids."""

from __future__ import annotations

import itertools

import pytest
from django.contrib.auth.models import Group
from django.db import transaction

from pandok.common.models import Account, AuditEntry
from pandok.core.text import Text
from pandok.fields.street.acts import deciding
from pandok.fields.street.acts.alerting import Found, keep_found
from pandok.fields.street.acts.health import watch
from pandok.fields.street.acts.taking import take
from pandok.fields.street.hazards import Said, alert_id
from pandok.fields.street.hazards_of_site import hazards_of_site
from pandok.fields.street.lists.now import open_alerts
from pandok.fields.street.models import Alert, Pole
from pandok.fields.street.states import AlertState
from pandok.fields.street.web.shown.alert_rows import row_of
from tests.fields.street.bed import arrived, later, message, ms, pole, reading
from tests.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Account:
    account = Account.objects.create_user("room")
    account.groups.add(Group.objects.get(name=Role.CONTROL_ROOM.value))
    return account


def said(reader: str, change: str, level: int, seconds: float, onset_s: float | None = None) -> Found:
    found = Pole.objects.filter(key="buk-1").first() or pole()
    onset = ms(later(seconds if onset_s is None else onset_s))
    why = Text(ko=f"{reader} {level}", en=f"{reader} {level}")
    key = alert_id("buk-1", reader, "1", onset)
    return Found(Said(key, reader, "1", onset, ms(later(seconds)), change, level, float(level), why), found)


def kept(*found: Found, seconds: float = 3600) -> None:
    with transaction.atomic():
        keep_found(found, now=later(seconds))


def test_the_level_joins_the_forecast_and_lifts_its_case() -> None:
    kept(said("flood-forecast", "raised", 1, 0))
    kept(said("flood-level", "raised", 3, 600))
    (case,) = open_alerts()
    part = Alert.objects.get(reader="flood-level")
    assert (case.reader, case.level, case.case_level) == ("flood-forecast", 1, 3)
    assert (part.stands, part.merged_into) == (AlertState.MERGED, case)
    row = row_of(case)
    assert (row.what.ko, row.level.ko, row.reason.ko) == ("침수", "경계", "flood-level 3")
    kept(said("flood-level", "higher", 4, 660, 600))
    kept(said("flood-forecast", "cleared", 0, 700, 0))
    case.refresh_from_db()
    assert (case.level, case.case_level, case.cleared_at) == (0, 4, later(700))
    kept(said("flood-level", "cleared", 0, 900, 600))
    case.refresh_from_db()
    assert case.case_level == 0
    assert [one.change for one in case.events.all()] == ["raised", "joined", "higher", "cleared", "cleared"]
    told = AuditEntry.objects.filter(object=f"alert:{case.pk}").order_by("sequence").values_list("action", flat=True)
    assert {"alert.joined", "alert.higher"} <= set(told)


def test_in_one_batch_what_came_first_stands_whatever_order_it_is_found_in() -> None:
    found = [said("flood-level", "raised", 1, 60), said("flood-forecast", "raised", 1, 0)]
    for order in itertools.permutations(found):
        with transaction.atomic():
            keep_found(order, now=later(100))
            assert open_alerts().get().reader == "flood-forecast"
            transaction.set_rollback(True)


def test_a_flood_through_the_readers_of_a_site_is_one_case_with_the_ids_that_readers_give() -> None:
    pole()
    ids = set()
    for minute in range(45):
        depth = 0.9 * max(0, minute - 15)
        sent = arrived("buk-1", message(minute + 1, reading(depth, later(60 * minute)), sent=later(60 * minute)),
                       later(60 * minute))  # fmt: skip
        take([sent], hazards=hazards_of_site)
        ids |= {one.pk for one in Alert.objects.all()}
    assert set(Alert.objects.values_list("reader", flat=True)) == {"flood-level", "flood-forecast"}
    assert ids == {alert_id("buk-1", one.reader, one.version, ms(one.onset_at)) for one in Alert.objects.all()}
    case = open_alerts().get()
    assert case.case_level == max(Alert.objects.values_list("level", flat=True))


def test_another_place_and_another_hazard_stay_by_themselves() -> None:
    kept(said("flood-forecast", "raised", 1, 0), said("leakage", "raised", 2, 10))
    other = pole("buk-2")
    found = said("flood-level", "raised", 2, 20)
    kept(Found(Said(alert_id("buk-2", "flood-level", "1", 0), *_rest(found.said)), other))
    assert open_alerts().count() == 3


def _rest(one: Said) -> tuple[str, str, int, int, str, int, float, Text]:
    return one.reader, one.version, one.onset_ms, one.at_ms, one.change, one.level, one.score, one.reason


def test_what_rises_above_the_level_that_was_decided_on_comes_back(room: Account) -> None:
    kept(said("flood-level", "raised", 2, 0))
    alert = Alert.objects.get()
    deciding.reject(alert.pk, actor=room, reason="차량 통과", cause="passing", now=later(60))
    kept(said("flood-level", "lower", 1, 120, 0))
    kept(said("flood-level", "higher", 2, 180, 0))
    alert.refresh_from_db()
    assert alert.stands is AlertState.REJECTED
    kept(said("flood-level", "higher", 3, 240, 0))
    alert.refresh_from_db()
    assert (alert.stands, alert.cause) == (AlertState.RAISED, "")
    assert "alert.raised" in AuditEntry.objects.filter(object=f"alert:{alert.pk}").values_list("action", flat=True)


def test_an_alert_that_was_merged_by_hand_lifts_its_case_too(room: Account) -> None:
    kept(said("leakage", "raised", 2, 0), said("flood-level", "raised", 1, 0))
    flood, leak = Alert.objects.get(reader="flood-level"), Alert.objects.get(reader="leakage")
    deciding.merge(flood.pk, leak.pk, actor=room, reason="", now=later(30))
    kept(said("flood-level", "higher", 4, 60, 0))
    leak.refresh_from_db()
    assert (leak.level, leak.case_level) == (2, 4)


def test_a_pole_that_stays_silent_keeps_the_outage_of_its_feeder_open() -> None:
    for number in range(4):
        pole(f"f-{number}", "feeder-7")
    take([arrived("f-0", message(1, reading(1)))], hazards=hazards_of_site)
    watch(later(240))
    for number in (1, 2, 3):
        take([arrived(f"f-{number}", message(1, reading(1, later(300)), sent=later(300)), later(300))],
             hazards=hazards_of_site)  # fmt: skip
    watch(later(301))
    watch(later(700))
    outage = Alert.objects.get(reader="feeder-outage")
    for number in (1, 2, 3):
        take([arrived(f"f-{number}", message(2, reading(1, later(800)), sent=later(800)), later(800))],
             hazards=hazards_of_site)  # fmt: skip
    watch(later(801))
    outage.refresh_from_db()
    assert (outage.level, outage.case_level) == (0, 1)
