"""A full, read-only or busy disk is ours: 503, try again, nothing is lost; never "your photograph is bad"."""

from __future__ import annotations

import errno
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import DatabaseError, connection
from django.test import Client

from pandok.fields.designs.models import Capture, ReadingRecord, Signal
from pandok.settings import settings
from tests.chosen import Choose
from tests.fields.counterfeit.web.test_capture import upload
from tests.fields.counterfeit.web.test_captures import NUMBER
from tests.fields.designs.fakes import photograph
from tests.full_disk import can_mount, read_only_disk, small_disk
from tests.roles import Role
from tests.world import Site

needs_mount = pytest.mark.skipif(
    not can_mount(Path(tempfile.mkdtemp(prefix="pandok-tests-"))), reason="shared machine: nothing may be mounted"
)
JSON = {"HTTP_ACCEPT": "application/json"}


def send(client: Client, **changes: Any) -> Any:
    sent = {"capture_id": NUMBER, "photographs": [upload(photograph())], "parcel_number": "6093-1234-5678"}
    return client.post("/captures/", sent | changes, **JSON)


def is_ours(answer: Any, code: str) -> None:
    assert (answer.status_code, answer.json()["code"], answer.json()["turn"]) == (503, code, "operator")
    assert "보내신 내용에는 문제가 없습니다" in answer.json()["next_step"]["ko"]


@contextmanager
def full_database() -> Iterator[None]:
    """SQLite itself says that it is full: it may take no further page. PostgreSQL at the next new capture."""
    if connection.vendor == "postgresql":
        with _full_postgresql():
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # tests before this one have left free pages
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count={pages}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count=1073741823")


@contextmanager
def _full_postgresql() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse_as_full() RETURNS trigger AS $$ "
            "BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$ LANGUAGE plpgsql"
        )
        cursor.execute(
            "CREATE TRIGGER refuse_as_full BEFORE INSERT ON desk_capture FOR EACH ROW EXECUTE FUNCTION refuse_as_full()"
        )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION refuse_as_full() CASCADE")


@contextmanager
def read_only_database() -> Iterator[None]:
    if connection.vendor == "postgresql":
        with _read_only_postgresql():
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only=ON")
    try:
        yield
    finally:
        # Past Django, which lets nothing through once a statement of the transaction has failed.
        connection.connection.execute("PRAGMA query_only=OFF")


@contextmanager
def _read_only_postgresql() -> Iterator[None]:
    """The server refuses to write. In the transaction of a test, a refused statement undoes itself only, as it would
    outside of one."""

    def alone(execute: Any, sql: str, values: Any, many: bool, context: Any) -> Any:
        plain = connection.connection
        plain.execute("SAVEPOINT alone")
        try:
            return execute(sql, values, many, context)
        except DatabaseError:
            plain.execute("ROLLBACK TO SAVEPOINT alone")
            raise

    if not connection.in_atomic_block:
        connection.ensure_connection()
        connection.connection.execute("SET default_transaction_read_only = on")
        try:
            yield
        finally:
            connection.connection.execute("SET default_transaction_read_only = off")
        return
    plain = connection.connection
    plain.execute("SAVEPOINT before")
    plain.execute("SET LOCAL transaction_read_only = on")
    try:
        with connection.execute_wrapper(alone):
            yield
    finally:
        plain.execute("ROLLBACK TO SAVEPOINT before")  # past Django, as above


def test_a_full_disk_is_ours_and_the_same_capture_goes_in_once_there_is_room(
    site: Site, officer: Client, choose: Choose
) -> None:
    choose(home=settings().home / "small")
    folder = settings().home / "blobs"
    with small_disk(folder) as make_room:
        answer = send(officer)
        is_ours(answer, "store.full")
        assert (Signal.objects.count(), Capture.objects.count(), ReadingRecord.objects.count()) == (0, 0, 0)
        assert [one for one in folder.glob("*/*") if one.is_file()] == [], "nothing half-written stays"
        make_room()
        assert send(officer).status_code == 201
        assert Capture.objects.get().parcel_number == "609312345678"
    assert len(site.desk.calls) == 1


def test_on_a_full_disk_the_page_keeps_what_was_typed(site: Site, officer: Client, choose: Choose) -> None:
    choose(home=settings().home / "small")
    with small_disk(settings().home / "blobs"):
        answer = officer.post("/", {"photographs": [upload(photograph())], "parcel_number": "6093-1234-5678"})
    assert answer.status_code == 503
    page = answer.content.decode()
    assert "6093-1234-5678" in page
    assert "저장 공간이 부족하여" in page
    assert site.desk.calls == []


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.parametrize(("fault", "code"), [(full_database, "store.full"), (read_only_database, "store.read_only")])
def test_a_database_that_takes_nothing_is_ours(site: Site, fault: Any, code: str) -> None:
    client = site.client(Role.OFFICER, raise_request_exception=False)
    with fault():
        is_ours(send(client, photographs=[upload(photograph(n)) for n in range(7)]), code)
    assert send(client).status_code in (200, 201)
    assert (Capture.objects.count(), ReadingRecord.objects.count()) == (1, 1)


@pytest.mark.usefixtures("transactional_db")
def test_a_page_on_a_database_that_takes_nothing_says_whose_fault_it_is(site: Site) -> None:
    client = site.client(Role.OFFICER, raise_request_exception=False)
    with read_only_database():
        answer = client.post("/", {"photographs": [upload(photograph())]})
    assert answer.status_code == 503
    assert "서버의 저장소에 지금 쓸 수 없습니다" in answer.content.decode()
    assert answer.headers["Retry-After"]


def test_an_upload_that_finds_no_room_on_the_way_in_is_ours(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Large files pass through a temporary file before any view sees them."""
    client = site.client(Role.OFFICER, raise_request_exception=False)

    def no_room(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", no_room)
    monkeypatch.setattr("django.conf.settings.FILE_UPLOAD_MAX_MEMORY_SIZE", 10)
    is_ours(send(client), "store.full")


@needs_mount
def test_on_a_read_only_disk_everything_kept_is_shown_and_nothing_new_is_promised(site: Site, officer: Client) -> None:
    assert send(officer).status_code == 201
    sha256 = Signal.objects.get().photographs.get().sha256
    with read_only_disk(site.blobs.folder):
        assert officer.get(f"/pictures/{sha256}").status_code == 200
        is_ours(send(officer, capture_id=str(uuid.uuid4()), photographs=[upload(photograph(9))]), "store.read_only")
    assert Capture.objects.count() == 1


def test_a_photograph_that_is_really_bad_is_still_the_senders(officer: Client) -> None:
    assert send(officer, photographs=[upload(b"no picture")]).status_code == 422


def test_a_damaged_photograph_is_not_shown_as_another_and_comes_whole_when_sent_again(
    site: Site, officer: Client
) -> None:
    assert send(officer).status_code == 201
    sha256 = Signal.objects.get().photographs.get().sha256
    site.blobs.path(sha256).write_bytes(photograph(60))
    answer = officer.get(f"/pictures/{sha256}")
    assert (answer.status_code, "손상" in answer.content.decode()) == (503, True)
    assert send(officer, capture_id=str(uuid.uuid4())).status_code == 201
    assert officer.get(f"/pictures/{sha256}").status_code == 200
