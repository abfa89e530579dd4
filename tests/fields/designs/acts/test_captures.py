"""Captures: kept once under their number, before the reading; a reading that failed or was cut off is made again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError

from pandok.common.audit import writing as audit
from pandok.common.models import Account, AuditEntry
from pandok.core.declaration import Declaration
from pandok.core.errors import ModelError, PhotographError, RequestError
from pandok.core.text import Text
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.designs.acts.captures import (
    LETS_GO_AFTER,
    capture_of,
    declaration_of,
    read_capture,
    receive_capture,
    unread_captures,
)
from pandok.fields.designs.acts.photographs import KeptPhotograph, keep_photograph
from pandok.fields.designs.acts.readings import read_photographs
from pandok.fields.designs.models import Capture, CaptureState, ReadingRecord, Signal
from pandok.fields.designs.photograph_reader import ReadingFilters
from tests.fields.designs.fakes import NOON, FakeDesk, drawing, photograph, reading
from tests.own_postgresql import on_store

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(seconds=10)
DECLARED = Declaration(
    parcel_number="601234567890", bl_number="ABCD1234", item_name="손가방", hs_code="4202921000", taken_at=NOON
)
NO_MODEL = ModelError(Text(ko="모형이 없습니다.", en="No model."), Text(ko="넣으십시오.", en="Add it."))


@pytest.fixture
def blobs(tmp_path: Path) -> FolderBlobs:
    return FolderBlobs(tmp_path)


@pytest.fixture
def desk(blobs: FolderBlobs) -> FakeDesk:
    return FakeDesk(reading([blobs.put(drawing(100))]))


@pytest.fixture
def officer() -> Account:
    return Account.objects.create_user("officer")


@pytest.fixture
def kept(blobs: FolderBlobs) -> list[KeptPhotograph]:
    shots = (photograph(), photograph(20))
    return [
        keep_photograph(shot, filename="", blobs=blobs, max_bytes=10**7, max_megapixels=64).with_box(box)
        for shot, box in zip(shots, ((0, 0, 5000, 5000), None), strict=True)
    ]


def receive(officer: Account, kept: list[KeptPhotograph], number: UUID | None = None) -> Capture:
    capture, _ = receive_capture(
        capture_id=number or uuid4(),
        photographs=kept,
        declaration=DECLARED,
        filters=ReadingFilters(locarno_class="03"),
        actor=officer,
        now=LATER,
    )
    return capture


def test_a_capture_is_whole_before_it_is_read_and_is_read_as_it_was_sent(
    officer: Account, kept: list[KeptPhotograph], desk: FakeDesk, blobs: FolderBlobs
) -> None:
    capture = receive(officer, kept)
    stored = Capture.objects.get()
    assert (stored.state, stored.account, stored.signal.photographs.count()) == (CaptureState.RECEIVED, officer, 2)
    assert stored.signal.caught_at == NOON
    assert declaration_of(stored.signal) == DECLARED
    assert desk.calls == []
    done = read_capture(capture=stored, actor=officer, now=LATER, desk=lambda: desk, blobs=blobs)
    assert done.state == CaptureState.READ
    assert done.reading == ReadingRecord.objects.get()
    assert done.reading.signal == capture.signal
    assert desk.calls[0]["filters"].locarno_class == "03"
    assert [box and box.as_tuple() for box in desk.calls[0]["boxes"]] == [(0, 0, 450, 600), None]
    assert [one.action for one in AuditEntry.objects.order_by("sequence")] == [
        "capture.received",
        "reading.made",
        "capture.read",
    ]
    assert audit.verify() is None


def test_the_same_number_again_finds_the_first_and_its_reading(
    officer: Account, kept: list[KeptPhotograph], desk: FakeDesk, blobs: FolderBlobs
) -> None:
    first = receive(officer, kept)
    read_capture(capture=first, actor=officer, now=LATER, desk=lambda: desk, blobs=blobs)
    again, created = receive_capture(
        capture_id=first.id,
        photographs=kept[:1],
        declaration=Declaration(item_name="another"),
        filters=ReadingFilters(),
        actor=officer,
        now=LATER,
    )
    read_capture(capture=again, actor=officer, now=LATER, desk=lambda: desk, blobs=blobs)
    assert (again, created, again.item_name) == (first, False, "손가방")
    assert (Signal.objects.count(), ReadingRecord.objects.count(), len(desk.calls)) == (1, 1, 1)


def test_a_number_of_another_account_is_not_answered(officer: Account, kept: list[KeptPhotograph]) -> None:
    capture = receive(officer, kept)
    other = Account.objects.create_user("colleague")
    with pytest.raises(RequestError) as refused:
        receive(other, kept, capture.id)
    assert refused.value.error_code == "request.capture_of_another"
    assert refused.value.fields == {}
    with pytest.raises(RequestError):
        capture_of(other, capture.id)
    assert Capture.objects.count() == 1


@pytest.mark.parametrize(("count", "error"), [(0, PhotographError), (8, RequestError)])
def test_none_or_too_many_photographs_keep_nothing(
    officer: Account, kept: list[KeptPhotograph], count: int, error: type[Exception]
) -> None:
    with pytest.raises(error):
        receive(officer, kept[:1] * count)
    assert (Capture.objects.count(), Signal.objects.count(), AuditEntry.objects.count()) == (0, 0, 0)


def test_a_failed_reading_says_why_and_is_made_again_on_the_same_signal(
    officer: Account, kept: list[KeptPhotograph], desk: FakeDesk, blobs: FolderBlobs
) -> None:
    right, desk.answer = desk.answer, NO_MODEL
    capture = receive(officer, kept)
    failed = read_capture(capture=capture, actor=officer, now=LATER, desk=lambda: desk, blobs=blobs)
    assert (failed.state, failed.reason["what"]["ko"], failed.reading) == (
        CaptureState.FAILED,
        "모형이 없습니다.",
        None,
    )
    assert list(unread_captures(officer)) == [failed]
    desk.answer = right
    done = read_capture(capture=failed, actor=officer, now=LATER, desk=lambda: desk, blobs=blobs)
    assert (done.state, done.reason, Signal.objects.count()) == (CaptureState.READ, {}, 1)
    assert list(unread_captures(officer)) == []


def test_a_desk_that_cannot_be_opened_is_a_reason_too(
    officer: Account, kept: list[KeptPhotograph], blobs: FolderBlobs
) -> None:
    def broken() -> FakeDesk:
        raise NO_MODEL

    capture = receive(officer, kept)
    assert (
        read_capture(capture=capture, actor=officer, now=LATER, desk=broken, blobs=blobs).state == CaptureState.FAILED
    )


def test_a_fault_of_the_program_lets_go_of_the_capture(
    officer: Account, kept: list[KeptPhotograph], desk: FakeDesk, blobs: FolderBlobs
) -> None:
    def faulty() -> FakeDesk:
        raise ZeroDivisionError

    capture = receive(officer, kept)
    with pytest.raises(ZeroDivisionError):
        read_capture(capture=capture, actor=officer, now=LATER, desk=faulty, blobs=blobs)
    done = read_capture(capture=capture, actor=officer, now=LATER, desk=lambda: desk, blobs=blobs)
    assert done.state == CaptureState.READ


def test_an_end_that_could_not_be_written_lets_go_of_the_capture(
    officer: Account,
    kept: list[KeptPhotograph],
    desk: FakeDesk,
    blobs: FolderBlobs,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A full disk in the moment in which the reason of a failure is noted."""

    def refusing() -> FakeDesk:
        raise NO_MODEL

    def full(*_: object, **__: object) -> bool:
        raise OperationalError("database or disk is full")

    capture = receive(officer, kept)
    with monkeypatch.context() as once:
        once.setattr("pandok.fields.designs.acts.captures._end", full)
        with pytest.raises(OperationalError):
            read_capture(capture=capture, actor=officer, now=LATER, desk=refusing, blobs=blobs)
    done = read_capture(capture=capture, actor=officer, now=LATER, desk=lambda: desk, blobs=blobs)
    assert done.state == CaptureState.READ


def test_a_reading_that_runs_is_left_alone_and_one_that_was_cut_off_is_taken_over(
    officer: Account, kept: list[KeptPhotograph], desk: FakeDesk, blobs: FolderBlobs
) -> None:
    capture = receive(officer, kept)
    Capture.objects.update(reading_since=LATER)
    soon, late = LATER + timedelta(seconds=30), LATER + LETS_GO_AFTER
    waiting = read_capture(capture=capture, actor=officer, now=soon, desk=lambda: desk, blobs=blobs)
    assert (waiting.state, desk.calls) == (CaptureState.RECEIVED, [])
    done = read_capture(capture=capture, actor=officer, now=late, desk=lambda: desk, blobs=blobs)
    assert done.state == CaptureState.READ


def test_a_slow_reading_that_was_overtaken_leaves_no_second_reading(
    officer: Account, kept: list[KeptPhotograph], desk: FakeDesk, blobs: FolderBlobs
) -> None:
    capture = receive(officer, kept)

    class Slow:
        def read(self, photographs: list[bytes], **asked: object) -> object:
            # While this one reads, its claim runs out and another one reads to the end.
            late = LATER + LETS_GO_AFTER
            read_capture(capture=capture, actor=officer, now=late, desk=lambda: desk, blobs=blobs)
            return desk.read(photographs, **asked)

    done = read_capture(capture=capture, actor=officer, now=LATER, desk=Slow, blobs=blobs)  # type: ignore[arg-type]
    assert done.state == CaptureState.READ
    assert (ReadingRecord.objects.count(), len(desk.calls)) == (1, 2)


def test_a_photograph_taken_in_the_future_was_taken_now(officer: Account, kept: list[KeptPhotograph]) -> None:
    capture, _ = receive_capture(
        capture_id=uuid4(),
        photographs=kept,
        declaration=Declaration(taken_at=NOON + timedelta(days=400)),
        filters=ReadingFilters(),
        actor=officer,
        now=NOON,
    )
    assert capture.taken_at == capture.signal.caught_at == NOON


def test_a_signal_without_a_capture_declares_nothing(
    officer: Account, kept: list[KeptPhotograph], desk: FakeDesk, blobs: FolderBlobs
) -> None:
    record = read_photographs(
        photographs=kept, filters=ReadingFilters(), actor=officer, now=NOON, desk=desk, blobs=blobs
    )
    assert declaration_of(record.signal) == Declaration(taken_at=NOON)


def test_parallel_requests_with_one_number_keep_one_capture(tmp_path: Path) -> None:
    """Against a real database, as the server has it: four threads send each of five captures at one moment."""
    program = Path(__file__).with_name("parallel_captures.py")
    root = program.parents[4]
    done = subprocess.run(
        [sys.executable, str(program)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=os.environ
        | on_store(tmp_path / "home")
        | {
            "DJANGO_SETTINGS_MODULE": "pandok.web.django_settings",
            "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}",
        },
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found == {"captures": 5, "signals": 5, "readings": 5, "new": 5, "faults": [], "chain": None}
