"""In a rush captures are kept at once and read later: none is turned away, none is read twice."""

from __future__ import annotations

import random
import uuid
from datetime import timedelta
from threading import BoundedSemaphore
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pandok.common.jobs import queue
from pandok.common.jobs.work import Work
from pandok.common.jobs.worker import Worker
from pandok.common.models import AuditEntry, Job
from pandok.core.errors import Unavailable
from pandok.core.reading import MarksFound
from pandok.core.text import Text
from pandok.fields.designs.acts import capture_reading_job
from pandok.fields.designs.acts.capture_reading_job import WaitingCapture, WaitingMarks, read_marks, read_waiting
from pandok.fields.designs.acts.captures import READING_JOB, ask_for_reading, captures_before
from pandok.fields.designs.acts.reading_marks import ask_for_marks
from pandok.fields.designs.models import Capture, CaptureState, ReadingRecord
from tests.fields.counterfeit.web.test_capture import upload
from tests.fields.counterfeit.web.test_captures import NUMBER, send
from tests.fields.designs.fakes import photograph, reading
from tests.roles import Role
from tests.world import Site


@pytest.fixture
def full_house(monkeypatch: pytest.MonkeyPatch) -> None:
    places = BoundedSemaphore(1)
    places.acquire()
    monkeypatch.setattr("pandok.fields.designs.acts.reading_places._places", places)
    monkeypatch.setattr("pandok.fields.designs.acts.reading_places.WAIT_FOR_PLACE_S", 0)


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
    monkeypatch.setattr(capture_reading_job, "worker_desk", lambda: site.desk)
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
    monkeypatch.setattr(capture_reading_job, "worker_desk", lambda: pytest.fail("read twice"))
    read_waiting(WaitingCapture.model_validate(later.payload), work(site))
    assert ReadingRecord.objects.count() == 1


@pytest.fixture
def waiting_captures(site: Site) -> list[Capture]:
    """Two captures that wait behind one that a worker is reading."""
    client, found = site.client(Role.OFFICER), []
    for place in range(3):
        number = str(uuid.uuid4())
        send(client, capture_id=number, photographs=[upload(photograph(place))])
        capture = Capture.objects.get(id=number)
        Capture.objects.filter(id=number).update(state=CaptureState.RECEIVED, reading=None)
        capture.refresh_from_db()
        ask_for_reading(capture, timezone.now())
        found.append(capture)
    assert queue.claim(worker="busy", now=timezone.now(), lease_s=60, kinds=[READING_JOB]) is not None
    return found[1:]


def test_while_captures_wait_a_new_one_goes_behind_them(site: Site, waiting_captures: list[Capture]) -> None:
    readings = ReadingRecord.objects.count()
    officer = site.client(Role.OFFICER)
    answer = send(officer)
    assert answer.json()["state"] == "received"
    assert ReadingRecord.objects.count() == readings
    assert captures_before(Capture.objects.get(id=NUMBER), timezone.now()) == len(waiting_captures)
    assert "앞에 2건" in officer.get(answer.json()["address"]).content.decode()


def test_a_capture_that_failed_can_be_asked_for_again_in_a_rush(site: Site, waiting_captures: list[Capture]) -> None:
    reason = {"code": "x", "what": {"ko": "멈춤", "en": "-"}, "next_step": {"ko": "다시", "en": "-"}}
    Capture.objects.filter(id=waiting_captures[0].id).update(state=CaptureState.FAILED, reason=reason)
    page = site.client(Role.OFFICER).get(f"/captures/{waiting_captures[0].id}/").content.decode()
    assert f"/captures/{waiting_captures[0].id}/read/" in page
    assert "앞에" not in page


def test_without_a_worker_at_work_nothing_is_left_waiting(site: Site, waiting_captures: list[Capture]) -> None:  # noqa: ARG001
    Job.objects.filter(leased_by="busy").update(lease_until=timezone.now())
    assert send(site.client(Role.OFFICER)).json()["state"] == "read"


def test_in_a_rush_the_shape_comes_first_and_the_marks_follow(
    site: Site, waiting_captures: list[Capture], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, last = waiting_captures
    site.desk.answer = reading(site.views, marks=MarksFound(looked_for=False))
    monkeypatch.setattr(capture_reading_job, "worker_desk", lambda: site.desk)
    Job.objects.filter(payload={"capture": str(first.id)}).update(state="running", lease_until=timezone.now())
    read_waiting(WaitingCapture(capture=first.id), work(site))
    assert site.desk.calls[-1]["marks"] is False
    record = Capture.objects.get(id=first.id).reading
    page = site.client(Role.OFFICER)
    assert "모양을 먼저 판독했습니다" in page.get(f"/readings/{record.id}/").content.decode()
    site.desk.answer = reading(site.views)
    job = Job.objects.get(kind="reading.marks")
    for _ in range(2):
        read_marks(WaitingMarks.model_validate(job.payload), work(site))
    assert "AQUA 500 mL" in page.get(f"/readings/{record.id}/").content.decode()
    assert record.value["marks"]["words"] == []
    assert AuditEntry.objects.filter(action="reading.marks_read").count() == 1
    Job.objects.filter(payload={"capture": str(last.id)}).update(state="running", lease_until=timezone.now())
    read_waiting(WaitingCapture(capture=last.id), work(site))
    assert site.desk.calls[-1]["marks"] is True


def test_who_looks_need_not_wait_for_the_marks(site: Site) -> None:
    officer = site.client(Role.OFFICER)
    site.desk.answer = reading(site.views, marks=MarksFound(looked_for=False))
    send(officer)
    record = ReadingRecord.objects.get()
    site.desk.answer = Unavailable(Text(ko="읽지 못함", en="-"), Text(ko="다시", en="-"), code="text.none")
    refused = officer.post(f"/readings/{record.id}/marks/")
    assert (refused.status_code, "읽지 못함" in refused.content.decode()) == (422, True)
    site.desk.answer = reading(site.views)
    answer = officer.post(f"/readings/{record.id}/marks/", follow=True)
    assert "8801234567893" in answer.content.decode()


def test_other_work_waits_while_captures_are_due(site: Site, waiting_captures: list[Capture]) -> None:
    ask_for_marks(uuid.uuid4(), timezone.now() - timedelta(hours=1))
    worker = Worker("w", work(site), lease_s=60, alive_folder=site.blobs.folder, kinds=[READING_JOB, "reading.marks"])
    taken: list[str] = []
    worker._do = lambda job: taken.append(job.kind)  # type: ignore[method-assign]
    while worker.work_once():
        pass
    # One job for now and, not yet due, one in case of a cut for each capture; marks last.
    assert taken == [READING_JOB] * len(waiting_captures) + ["reading.marks"]
