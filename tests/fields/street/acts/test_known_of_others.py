"""Faults known of others in alarms of devices, a named test each (ThingsBoard #5652, #15583, #7909)."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import OperationalError, connection

from pandok.common.models import AuditEntry
from pandok.fields.street.acts.health import watch
from pandok.fields.street.acts.taking import take
from pandok.fields.street.lists.silent_poles import MISSED
from pandok.fields.street.models import Alert, AlertEvent, Pole
from tests.fields.street.bed import NOON, arrived, deep, later, message, pole, reading

DEEP = 20


@pytest.mark.django_db
def test_thingsboard_5652_two_messages_milliseconds_apart_are_one_alarm() -> None:
    """There creating an alarm is concurrent and not transactional, so two messages of a device made two of it."""
    pole()
    for n in range(8):
        at = NOON + timedelta(milliseconds=3 * n)
        take([arrived("buk-1", message(n + 1, reading(DEEP, at), sent=at), at)], hazards=deep)
    assert Alert.objects.count() == 1
    assert AuditEntry.objects.filter(action="alert.raised").count() == 1


@pytest.mark.django_db(transaction=True)
def test_thingsboard_15583_the_same_condition_by_workers_at_once_is_one_alarm() -> None:
    """There two messages of one originator a few ms apart, taken by two threads, made two alarms."""
    pole()
    workers = 4
    start, failed = Barrier(workers), list[BaseException]()

    def work(n: int) -> None:
        at = NOON + timedelta(milliseconds=n)
        start.wait()
        try:
            for _ in range(50):
                try:
                    take([arrived("buk-1", message(n + 1, reading(DEEP, at), sent=at), at)], hazards=deep)
                    return
                except OperationalError:
                    continue  # SQLite: another worker writes; a pole sends again
            raise AssertionError("it never came to its turn")
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [Thread(target=work, args=(n,)) for n in range(workers)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert failed == []
    assert Alert.objects.count() == 1
    assert AlertEvent.objects.filter(change="raised").count() == 1
    assert AuditEntry.objects.filter(action="alert.raised").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("ms", [-1, 0, 1, 1000])
def test_thingsboard_7909_a_pole_heard_from_as_it_was_missed_is_missed_no_more(ms: int) -> None:
    """There a message that came as the inactivity alarm was made left it standing for ever."""
    pole()
    take([arrived("buk-1", message(1, sent=NOON))], hazards=deep)
    overdue = timedelta(seconds=MISSED * Pole.objects.get().expected_every_s + 1)
    at = NOON + overdue + timedelta(milliseconds=ms)
    before: list[Any] = []
    if ms <= 0:
        take([arrived("buk-1", message(2, sent=at), at)], hazards=deep)
    before = watch(NOON + overdue)
    if ms > 0:
        assert [one.reader for one in before] == ["not-heard"]
        take([arrived("buk-1", message(2, sent=at), at)], hazards=deep)
    watch(at + timedelta(seconds=10))
    assert not Alert.objects.filter(cleared_at=None).exists()
    assert Alert.objects.count() == (1 if ms > 0 else 0)
    # And it is missed again when it falls silent again.
    again = watch(at + 2 * overdue)
    assert [one.reader for one in again] == ["not-heard"]
    assert later(0) < again[0].onset_at
