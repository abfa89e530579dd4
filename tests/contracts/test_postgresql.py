"""What the records promise, on both databases: a real PostgreSQL server and a SQLite file, with parallel writers."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from pydantic import BaseModel

from pandok.common.audit import writing as audit
from pandok.common.jobs import queue, registry
from pandok.common.jobs.work import Work
from pandok.common.messages.deliveries import queue_mail
from pandok.common.models import Account, AuditEntry, Delivery, DeliveryState, Job, JobState
from pandok.common.records.numbering import next_number
from pandok.core.audit import AuditEvent
from pandok.fields.designs.models import ReadingRecord
from pandok.fields.register.models import Design
from tests.contracts.stores import app_on, empty_postgresql, in_threads

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
WRITERS = 8


class Number(BaseModel):
    number: int


def add_one(payload: Number, work: Work) -> None:
    del payload, work


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any
) -> Iterator[str]:
    home = tmp_path_factory.mktemp("home")
    with django_db_blocker.unblock():
        if request.param == "sqlite":
            with app_on("", home):
                yield connection.vendor
        else:
            with app_on(empty_postgresql(), home):
                yield connection.vendor


@pytest.fixture(autouse=True)
def kind(store: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    assert store == connection.vendor
    registry.kinds()
    monkeypatch.setattr(registry, "_handlers", dict(registry._handlers))
    registry.handles("test.number", Number)(add_one)
    yield "test.number"
    Job.objects.all().delete()


def test_the_store_is_the_chosen_one(request: pytest.FixtureRequest, store: str) -> None:
    assert f"[{store}]" in request.node.name
    with connection.cursor() as cursor:
        cursor.execute("SELECT version()" if store == "postgresql" else "SELECT sqlite_version()")
        assert cursor.fetchone()[0].startswith("PostgreSQL 1" if store == "postgresql" else "3.")


def test_models_and_tables_agree() -> None:
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    for model in (Account, Design, ReadingRecord, Job, Delivery, AuditEntry):
        assert model.objects.count() >= 0


def test_raw_sql_cannot_change_the_audit_log() -> None:
    audit.record(AuditEvent("tester", "try", "thing:1", "", NOW))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE register_auditentry SET actor = 'someone else'")
    assert audit.verify() is None


def test_the_chain_is_whole_under_parallel_writers() -> None:
    before = AuditEntry.objects.count()

    def write(writer: int) -> None:
        for number in range(6):
            event = AuditEvent(f"writer-{writer}", "write", f"thing:{number}", "까닭", NOW, {"writer": writer})
            try:
                with transaction.atomic():
                    audit.record(event)
                    if number == 3:
                        raise ZeroDivisionError
            except ZeroDivisionError:
                pass

    in_threads(WRITERS, write)
    assert AuditEntry.objects.count() == before + WRITERS * 5
    assert list(AuditEntry.objects.order_by("sequence").values_list("sequence", flat=True)) == [
        *range(1, before + WRITERS * 5 + 1)
    ]
    assert audit.verify() is None


def test_no_job_is_given_to_two_workers(kind: str) -> None:
    jobs = 60
    for number in range(jobs):
        queue.enqueue(kind, {"number": number}, key=f"number:{number}", now=NOW)

    def work(worker: int) -> list[int]:
        taken = []
        while (job := queue.claim(worker=f"worker-{worker}", now=NOW, lease_s=60, kinds=[kind])) is not None:
            taken.append(job.payload["number"])
            queue.finish(job, now=NOW)
        return taken

    # On SQLite a worker can find nothing due while another one holds the last; none is left over all the same.
    taken = [number for numbers in in_threads(WRITERS, work) for number in numbers]
    assert Counter(taken) == Counter(range(jobs))
    assert set(Job.objects.values_list("state", "attempts")) == {(JobState.DONE, 1)}


def test_the_same_key_from_parallel_writers_is_one_job(kind: str) -> None:
    ready = threading.Barrier(WRITERS)

    def ask(writer: int) -> int:
        ready.wait(timeout=30)
        with transaction.atomic():
            return queue.enqueue(kind, {"number": writer}, key="only one", now=NOW).pk

    assert len(set(in_threads(WRITERS, ask))) == 1
    assert Job.objects.count() == 1


def test_the_same_mail_from_parallel_writers_is_one_delivery() -> None:
    ready = threading.Barrier(WRITERS)

    def ask(writer: int) -> Any:
        ready.wait(timeout=30)
        return queue_mail(
            recipient="holder@example.com", subject="S", body_text="B", key="notice:1", actor=f"w-{writer}", now=NOW
        ).pk

    assert len(set(in_threads(WRITERS, ask))) == 1
    assert Delivery.objects.filter(state=DeliveryState.QUEUED).count() == 1
    assert AuditEntry.objects.filter(action="delivery.queued").count() == 1
    assert audit.verify() is None


def test_an_undone_transaction_leaves_no_job(kind: str) -> None:
    def change() -> None:
        with transaction.atomic():
            queue.enqueue(kind, {"number": 1}, key="undone", now=NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change()
    assert Job.objects.count() == 0


def test_a_lost_lease_can_neither_be_kept_nor_finished(kind: str) -> None:
    queue.enqueue(kind, {"number": 1}, key="slow", now=NOW)
    slow = queue.claim(worker="slow", now=NOW, lease_s=10, kinds=[kind])
    assert slow is not None
    assert queue.heartbeat(slow, now=NOW + timedelta(seconds=5), lease_s=10)
    assert queue.claim(worker="quick", now=NOW + timedelta(seconds=14), lease_s=10, kinds=[kind]) is None
    quick = queue.claim(worker="quick", now=NOW + timedelta(seconds=15), lease_s=10, kinds=[kind])
    assert quick is not None
    assert quick.attempts == 2
    assert not queue.heartbeat(slow, now=NOW + timedelta(seconds=16), lease_s=10)

    def finish_too_late() -> None:
        with transaction.atomic():
            audit.record(AuditEvent("slow", "effect", "job:slow", "", NOW))
            queue.finish(slow, now=NOW)

    with pytest.raises(queue.LeaseLost):
        finish_too_late()
    assert not AuditEntry.objects.filter(action="effect").exists(), "the effect is undone with the lease"
    queue.finish(quick, now=NOW)
    assert Job.objects.get().state == JobState.DONE


def test_korean_text_and_json_come_back_as_they_were(kind: str) -> None:
    job = queue.enqueue(kind, {"number": 7}, key="열쇠", now=NOW)
    Job.objects.filter(pk=job.pk).update(last_error="받는 사람 없음", payload={"number": 7, "품명": ["가방", None]})
    job.refresh_from_db()
    assert (job.last_error, job.payload) == ("받는 사람 없음", {"number": 7, "품명": ["가방", None]})
    assert job.created_at == NOW


def test_two_at_once_draw_two_numbers_and_none_is_left_out() -> None:
    ready = threading.Barrier(WRITERS)

    def draw(writer: int) -> list[str]:
        drawn = []
        ready.wait(timeout=30)
        for one in range(4):
            try:
                with transaction.atomic():
                    drawn.append(next_number("2026-T", width=4, given=Job.objects.values_list("key", flat=True)))
                    if (writer, one) == (1, 2):
                        raise ZeroDivisionError
            except ZeroDivisionError:
                drawn.pop()
        return drawn

    drawn = sorted(number for numbers in in_threads(WRITERS, draw) for number in numbers)
    assert drawn == [f"2026-T-{one:04}" for one in range(1, WRITERS * 4)]


def test_a_series_goes_on_behind_the_highest_number_of_an_older_database(kind: str) -> None:
    for number in ("2026-U-9999", "2026-U-10000", "2026-U-0012", "2025-U-77777", "2026-UX-5"):
        queue.enqueue(kind, {"number": 1}, key=number, now=NOW)
    given = Job.objects.values_list("key", flat=True)
    assert [next_number("2026-U", width=4, given=given) for _ in range(2)] == ["2026-U-10001", "2026-U-10002"]
    assert next_number("2027-U", width=4, given=given) == "2027-U-0001"


def test_a_design_number_is_taken_once() -> None:
    Design.objects.create(design_id="30-1234567")
    with pytest.raises(IntegrityError), transaction.atomic():
        Design.objects.create(design_id="30-1234567")
