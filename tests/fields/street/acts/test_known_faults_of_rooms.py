"""Faults that users of other alarm systems reported, one test each: they do not happen here."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group

from pandok.common.models import Account, AuditEntry
from pandok.fields.street.acts import deciding
from pandok.fields.street.acts.health import watch
from pandok.fields.street.acts.taking import take
from pandok.fields.street.hazards_of_site import hazards_of_site
from pandok.fields.street.lists.now import lately, open_alerts
from pandok.fields.street.models import Alert, Pole
from pandok.fields.street.states import AlertState
from tests.fields.street.bed import arrived, deep, later, message, pole, raised, reading
from tests.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Account:
    account = Account.objects.create_user("room")
    account.groups.add(Group.objects.get(name=Role.CONTROL_ROOM.value))
    return account


def sent(number: int, depth: float, seconds: float) -> None:
    """Each message by readers that were made anew: a process that was restarted in between."""
    at = later(seconds)
    take([arrived("buk-1", message(number, reading(depth, at), sent=at), at)], hazards=deep)


def changes(alert: Alert) -> list[str]:
    return [one.change for one in alert.events.all()]


def test_alertmanager_2370_after_a_restart_the_end_of_an_alert_is_told_once() -> None:
    pole()
    sent(1, 20, 0)
    sent(2, 2, 60)
    sent(3, 2, 120)
    alert = Alert.objects.get()
    assert changes(alert) == ["raised", "cleared"]
    assert AuditEntry.objects.filter(action="alert.cleared").count() == 1


def test_alertmanager_4008_fire_resolve_fire_is_told_once_each_though_two_workers_hear_it() -> None:
    pole()
    for worker in range(2):
        for number, depth in enumerate((20, 2, 20), 1):
            sent(number, depth, 60 * number)
        assert Alert.objects.count() == 2, worker
    first, second = Alert.objects.order_by("onset_at")
    # Back within ten minutes while its case is open: the same case, one line in the room.
    assert (second.stands, second.merged_into) == (AlertState.MERGED, first)
    assert changes(first) == ["raised", "cleared", "joined"]
    assert open_alerts().get() == first
    first.refresh_from_db()
    assert first.case_level == 3


def test_grafana_16290_no_data_waits_as_long_as_the_pole_may() -> None:
    pole()
    Pole.objects.update(expected_every_s=600)
    sent(1, 1, 0)
    assert watch(later(1799)) == []
    assert [one.reader for one in watch(later(1801))] == ["not-heard"]


def test_home_assistant_28290_what_is_so_from_the_first_moment_is_told() -> None:
    pole("silent-1")
    pole("buk-1")
    for number in range(5):
        at = later(60 * number)
        take([arrived("buk-1", message(number + 1, reading(22, at), sent=at), at)], hazards=hazards_of_site)
    watch(later(300))
    assert set(Alert.objects.values_list("pole__key", "reader")) >= {
        ("buk-1", "flood-level"),
        ("silent-1", "not-heard"),
    }


def test_home_assistant_94857_what_was_confirmed_stays_confirmed_through_restart_and_new_settings(
    room: Account,
) -> None:
    pole()
    sent(1, 20, 0)
    alert = Alert.objects.get()
    deciding.confirm(alert.pk, actor=room, reason="", now=later(30))
    Pole.objects.update(reader_settings={"tidal": True})
    for number in range(2, 6):
        sent(number, 25, 60 * number)
    alert.refresh_from_db()
    assert (alert.stands, Alert.objects.count()) == (AlertState.CONFIRMED, 1)


def test_frigate_14157_what_deceives_one_pole_night_after_night_is_said_at_its_next_alert(room: Account) -> None:
    for night in range(4):
        alert = raised(later(86_400 * night))
        deciding.reject(alert.pk, actor=room, reason="거미줄", cause="passing", now=later(86_400 * night + 60))
    other = raised(later(86_400 * 9))
    assert lately(other, here=True) == (4, 4)
    Alert.objects.filter(pk=other.pk).update(pole=pole("buk-2"))
    other.refresh_from_db()
    assert (lately(other), lately(other, here=True)) == ((4, 4), (0, 0))
