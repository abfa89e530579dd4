"""The use case of reading: what is kept, by whom, and that a failure keeps nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from pandok.common.audit import writing as audit
from pandok.common.models import Account, AuditEntry
from pandok.common.people.accounts import ensure_demo_accounts
from pandok.core.errors import ModelError, PhotographError, RequestError
from pandok.core.reading import Box
from pandok.core.text import Text
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.designs.acts.photographs import KeptPhotograph, keep_photograph
from pandok.fields.designs.acts.readings import read_again, read_photographs, readings_visible_to
from pandok.fields.designs.models import ReadingRecord, Signal
from pandok.fields.designs.photograph_reader import ReadingFilters
from tests.fields.designs.fakes import NOON, PHOTO_SIZE, VIEW_SIZE, FakeDesk, drawing, encoded, photograph, reading
from tests.roles import MAY, Action, Role, may

pytestmark = pytest.mark.django_db


@pytest.fixture
def blobs(tmp_path: Path) -> FolderBlobs:
    return FolderBlobs(tmp_path)


@pytest.fixture
def desk(blobs: FolderBlobs) -> FakeDesk:
    return FakeDesk(reading([blobs.put(drawing(100)), "f" * 64]))


@pytest.fixture
def officer() -> Account:
    return Account.objects.create_user("officer")


def keep(blobs: FolderBlobs, data: bytes, filename: str = "") -> KeptPhotograph:
    return keep_photograph(data, filename=filename, blobs=blobs, max_bytes=10**7, max_megapixels=64)


def test_signal_reading_and_audit_event_are_kept_together(blobs: FolderBlobs, desk: FakeDesk, officer: Account) -> None:
    photographs = [keep(blobs, photograph()), keep(blobs, photograph(20))]
    record = read_photographs(
        photographs=photographs, filters=ReadingFilters(), actor=officer, now=NOON, desk=desk, blobs=blobs
    )
    record.refresh_from_db()
    assert (record.actor, record.read_at, record.outcome) == (officer, NOON, "candidates")
    assert ReadingRecord.objects.get().reading == desk.answer
    assert [one.sha256 for one in record.signal.photographs.all()] == [one.sha256 for one in photographs]
    assert (record.signal.photographs.first().width_px, record.signal.photographs.first().height_px) == PHOTO_SIZE
    assert record.picture_sizes == {desk.answer.candidates[0].evidence.view_sha256: list(VIEW_SIZE)}
    assert desk.calls[0]["photos"] == [photograph(), photograph(20)]
    event = AuditEntry.objects.get()
    assert (event.actor, event.action, event.object) == ("officer", "reading.made", f"reading:{record.id}")
    assert audit.verify() is None


def test_reading_again_adds_a_row_on_the_same_signal(blobs: FolderBlobs, desk: FakeDesk, officer: Account) -> None:
    first = read_photographs(
        photographs=[keep(blobs, photograph())],
        filters=ReadingFilters(),
        actor=officer,
        now=NOON,
        desk=desk,
        blobs=blobs,
    )
    box = Box(x1=1, y1=2, x2=300, y2=400)
    second = read_again(
        record=first,
        filters=ReadingFilters(in_force_only=False),
        boxes=[box],
        actor=officer,
        now=NOON + timedelta(minutes=1),
        desk=desk,
        blobs=blobs,
    )
    assert Signal.objects.count() == 1
    assert list(ReadingRecord.objects.all()) == [second, first]
    assert desk.calls[1]["boxes"] == [box]
    assert second.filters["in_force_only"] is False
    assert AuditEntry.objects.count() == 2


def test_remarks_of_the_files_stand_in_the_reading(blobs: FolderBlobs, desk: FakeDesk, officer: Account) -> None:
    from PIL import Image

    wrongly_named = keep(blobs, encoded(Image.new("RGB", (80, 80), "teal"), "PNG"), "goods.jpg")
    record = read_photographs(
        photographs=[keep(blobs, photograph()), wrongly_named],
        filters=ReadingFilters(),
        actor=officer,
        now=NOON,
        desk=desk,
        blobs=blobs,
    )
    assert [(one.photograph_index, one.code) for one in record.reading.remarks] == [(1, "photograph.suffix")]


@pytest.mark.parametrize(("count", "error"), [(0, PhotographError), (8, RequestError)])
def test_none_or_too_many_photographs_are_refused(
    blobs: FolderBlobs, desk: FakeDesk, officer: Account, count: int, error: type[Exception]
) -> None:
    kept = keep(blobs, photograph())
    with pytest.raises(error):
        read_photographs(
            photographs=[kept] * count, filters=ReadingFilters(), actor=officer, now=NOON, desk=desk, blobs=blobs
        )
    assert desk.calls == []


def test_a_failing_reader_leaves_no_row(blobs: FolderBlobs, officer: Account) -> None:
    desk = FakeDesk(ModelError(Text(ko="없음", en="none"), Text(ko="넣기", en="add")))
    kept = keep(blobs, photograph())
    with pytest.raises(ModelError):
        read_photographs(photographs=[kept], filters=ReadingFilters(), actor=officer, now=NOON, desk=desk, blobs=blobs)
    assert (Signal.objects.count(), ReadingRecord.objects.count(), AuditEntry.objects.count()) == (0, 0, 0)


def test_a_bad_file_is_not_kept(blobs: FolderBlobs) -> None:
    with pytest.raises(PhotographError):
        keep(blobs, b"not a picture")
    assert not list(blobs.folder.rglob("*"))


def test_everybody_sees_what_the_role_allows(blobs: FolderBlobs, desk: FakeDesk, officer: Account) -> None:
    read_photographs(
        photographs=[keep(blobs, photograph())],
        filters=ReadingFilters(),
        actor=officer,
        now=NOON,
        desk=desk,
        blobs=blobs,
    )
    seen = {
        role: readings_visible_to(Account.objects.get(username=name)).count()
        for role, name, _ in ensure_demo_accounts(NOON)
    }
    assert {role for role, count in seen.items() if count} == {Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR}


def test_demo_accounts_stay_the_same_and_work() -> None:
    accounts = ensure_demo_accounts(NOON)
    assert ensure_demo_accounts(NOON) == accounts
    assert {role for role, _, _ in accounts} == set(Role)
    for role, username, password in accounts:
        account = Account.objects.get(username=username)
        assert account.check_password(password)
        assert account.roles == {role}


def test_every_action_is_in_the_table_and_no_role_means_no_action() -> None:
    assert set(MAY) == set(Action)
    assert not any(may(frozenset(), action) for action in Action)
    for role in Role:
        assert role.title.ko != role.title.en
        assert role.description.ko
