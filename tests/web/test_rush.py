"""In a rush captures are kept at once and read later: none is turned away, none is read twice."""

from __future__ import annotations

import random
from datetime import timedelta
from threading import BoundedSemaphore
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pandok.desk import capture_reading_job
from pandok.desk.capture_reading_job import WaitingCapture, read_waiting
from pandok.desk.captures import READING_JOB
from pandok.desk.jobs.work import Work
from pandok.desk.models import Capture, Job, ReadingRecord
from tests.web.conftest import Site
from tests.web.test_captures import NUMBER, send


@pytest.fixture
def full_house(monkeypatch: pytest.MonkeyPatch) -> None:
    places = BoundedSemaphore(1)
    places.acquire()
    monkeypatch.setattr("pandok.web.reading_places._places", places)
    monkeypatch.setattr("pandok.web.reading_places.WAIT_FOR_PLACE_S", 0)


def work(site: Site) -> Work:
    unused: Any = None
    return Work(timezone.now, random.Random(0), site.blobs, unused, "", unused)


def test_a_capture_in_a_rush_is_kept_and_read_by_the_worker(
    site: Site,
    officer: Client,
    full_house: None,  # noqa: ARG001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer = send(officer)
    assert (answer.status_code, answer.json()["state"]) == (201, "received")
    assert officer.get(answer.json()["address"]).status_code == 200
    assert ReadingRecord.objects.count() == 0
    soon = Job.objects.get(key=f"{READING_JOB}:{NUMBER}:now")
    assert soon.run_after <= timezone.now()
    monkeypatch.setattr(capture_reading_job, "_desk", lambda: site.desk)
    for _ in range(2):
        read_waiting(WaitingCapture.model_validate(soon.payload), work(site))
    assert Capture.objects.get().state == "read"
    assert ReadingRecord.objects.count() == 1


def test_asking_again_in_a_rush_asks_for_one_job(officer: Client, full_house: None) -> None:  # noqa: ARG001
    send(officer)
    send(officer)
    assert Job.objects.filter(kind=READING_JOB).count() == 2  # one for now, one in case it is cut off


def test_a_capture_that_was_read_leaves_nothing_for_the_worker(
    site: Site, officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(officer)
    later = Job.objects.get(kind=READING_JOB)
    assert later.run_after > timezone.now() + timedelta(minutes=3)
    monkeypatch.setattr(capture_reading_job, "_desk", lambda: pytest.fail("read twice"))
    read_waiting(WaitingCapture.model_validate(later.payload), work(site))
    assert ReadingRecord.objects.count() == 1
