"""Jobs are run, once where they change records, again where they failed, and never stop the worker."""

from __future__ import annotations

import pytest
from django.db import transaction
from pydantic import BaseModel

from pandok.common.audit import writing as audit
from pandok.common.jobs import queue, registry
from pandok.common.jobs.lanes import Lane
from pandok.common.jobs.registry import every, handles
from pandok.common.jobs.work import Work
from pandok.common.models import AuditEntry, Job, JobState
from pandok.core.audit import AuditEvent
from pandok.core.errors import Unavailable
from pandok.core.retries import Retries
from pandok.core.text import Text
from pandok.engines.bulk.live_workers import AliveFile
from tests.common.jobs.conftest import START, House, Killed


class Greeting(BaseModel):
    name: str


def greet(payload: Greeting, work: Work) -> None:
    audit.record(AuditEvent("tester", "greeted", payload.name, "", work.now))


def greeted() -> list[str]:
    return list(AuditEntry.objects.filter(action="greeted").order_by("sequence").values_list("object", flat=True))


def ask(kind: str = "greet", name: str = "a", key: str = "greet:a") -> Job:
    return queue.enqueue(kind, {"name": name}, key=key, now=START)


def test_a_job_is_run_once(house: House) -> None:
    handles("greet", Greeting)(greet)
    ask()
    ask(name="other words, same key")
    assert house.worker().run_until_empty() == 1
    assert house.worker().run_until_empty() == 0
    assert greeted() == ["a"]
    job = Job.objects.get()
    assert (job.state, job.attempts, job.finished_at) == (JobState.DONE, 1, START)


def test_a_slip_in_kind_or_payload_shows_where_it_is_made(house: House) -> None:  # noqa: ARG001
    handles("greet", Greeting)(greet)
    with pytest.raises(KeyError):
        ask("gret")
    with pytest.raises(ValueError, match="name"):
        queue.enqueue("greet", {"nme": "a"}, key="k", now=START)
    with pytest.raises(ValueError, match="two handlers"):
        handles("greet", Greeting)(greet)


def test_later_work_waits(house: House) -> None:
    handles("greet", Greeting)(greet)
    later = START.replace(hour=2)
    queue.enqueue("greet", {"name": "a"}, key="k", now=START, run_after=later)
    assert house.worker().run_until_empty() == 0
    house.clock.now = later
    assert house.worker().run_until_empty() == 1


def test_a_failed_job_comes_back_later_and_its_records_are_undone(house: House) -> None:
    calls = []

    @handles("greet", Greeting)
    def greet_then_fail(payload: Greeting, work: Work) -> None:
        greet(payload, work)
        calls.append(work.now)
        if len(calls) == 1:
            raise Unavailable(Text(ko="지금은 안 됩니다.", en="Not now."), Text(ko="뒤에.", en="Later."), code="x.y")

    ask()
    assert house.worker().run_until_empty() == 1
    job = Job.objects.get()
    assert job.state == JobState.QUEUED
    assert job.last_error == "x.y: Not now. Later."
    assert job.run_after > START
    assert greeted() == []
    house.clock.now = job.run_after
    house.worker().run_until_empty()
    assert greeted() == ["a"]
    assert Job.objects.get().state == JobState.DONE


def test_a_slip_in_a_handler_stops_nobody_else(house: House, caplog: pytest.LogCaptureFixture) -> None:
    handles("greet", Greeting)(greet)
    gave_up = []

    def told(payload: Greeting, work: Work, error: str) -> None:
        gave_up.append((payload.name, work.now, error))

    @handles("broken", Greeting, retries=Retries(most_attempts=2), gave_up=told)
    def divide(payload: Greeting, work: Work) -> None:
        raise ZeroDivisionError(payload.name, work.now)

    broken = ask("broken", key="broken")
    ask()
    house.worker().run_until_empty()
    assert greeted() == ["a"]
    assert gave_up == []
    house.clock.pass_(hours=1)
    house.worker().run_until_empty()
    broken.refresh_from_db()
    assert broken.state == JobState.FAILED
    assert len(gave_up) == 1
    assert AuditEntry.objects.get(action="job.failed").details == {"kind": "broken", "key": "broken", "attempts": 2}
    assert "ZeroDivisionError" in caplog.text


def test_what_a_killed_worker_held_is_done_by_the_next(house: House) -> None:
    @handles("deadly", Greeting)
    def die_once(payload: Greeting, work: Work) -> None:
        greet(payload, work)
        if Job.objects.get().attempts == 1:
            raise Killed

    ask("deadly")
    with pytest.raises(Killed):
        house.worker("first").work_once()
    assert greeted() == []
    assert house.worker("second").run_until_empty() == 0, "the lease still runs"
    house.clock.pass_(seconds=60)
    assert house.worker("second").run_until_empty() == 1
    assert greeted() == ["a"]


def test_the_dead_of_this_machine_are_not_waited_for(house: House) -> None:
    @handles("deadly", Greeting)
    def die_once(payload: Greeting, work: Work) -> None:
        greet(payload, work)
        if Job.objects.get().attempts == 1:
            raise Killed

    ask("deadly")
    first = AliveFile(house.alive, "first")
    first.__enter__()
    with pytest.raises(Killed):
        house.worker("first").work_once()
    assert house.worker("second").run_until_empty() == 0
    first._file.close()  # as the system does when the process is gone; the file stays
    assert house.worker("second").run_until_empty() == 1
    assert list(house.alive.iterdir()) == []


def test_a_job_that_kills_every_worker_is_given_up(house: House) -> None:
    @handles("deadly", Greeting, retries=Retries(most_attempts=2))
    def die(payload: Greeting, work: Work) -> None:
        del payload, work
        raise Killed

    ask("deadly")
    for _ in range(2):
        with pytest.raises(Killed):
            house.worker().work_once()
        house.clock.pass_(seconds=60)
    house.worker().run_until_empty()
    assert Job.objects.get().state == JobState.FAILED


def test_a_payload_of_another_version_is_given_up(house: House) -> None:
    handles("greet", Greeting)(greet)
    Job.objects.filter(pk=ask().pk).update(payload={"called": "a"})
    house.worker().run_until_empty()
    assert Job.objects.get().state == JobState.FAILED


def test_who_lost_the_lease_leaves_no_trace(house: House) -> None:
    @handles("slow", Greeting)
    def be_overtaken(payload: Greeting, work: Work) -> None:
        greet(payload, work)
        Job.objects.update(leased_by="another", attempts=7)

    ask("slow")
    house.worker().work_once()
    assert greeted() == []
    assert Job.objects.get().leased_by == "worker-1", "what the handler did is undone as a whole"


def test_a_worker_does_only_its_kinds(house: House) -> None:
    handles("greet", Greeting)(greet)
    handles("other", Greeting)(greet)
    ask()
    ask("other", "b", "other:b")
    house.worker(kinds=["other"]).run_until_empty()
    assert greeted() == ["b"]


def test_kinds_of_a_newer_version_are_left_alone(house: House) -> None:
    handles("greet", Greeting)(greet)
    Job.objects.filter(pk=ask().pk).update(kind="of the future")
    assert house.worker().run_until_empty() == 0
    assert Job.objects.get().state == JobState.QUEUED


def test_an_undone_change_asks_for_nothing(house: House) -> None:
    handles("greet", Greeting)(greet)

    def change() -> None:
        with transaction.atomic():
            ask()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change()
    assert house.worker().run_until_empty() == 0


def test_returning_work_is_done_once_in_each_span_by_one_of_several_workers(house: House) -> None:
    done = []

    @every(60)
    def remind(work: Work) -> None:
        done.append(work.now)

    first, second = house.worker("first"), house.worker("second")
    for _ in range(2):
        first.run_until_empty()
        second.run_until_empty()
    assert done == [START]
    house.clock.pass_(seconds=59)
    second.run_until_empty()
    assert len(done) == 1
    house.clock.pass_(seconds=1)
    second.run_until_empty()
    first.run_until_empty()
    assert done == [START, house.clock.now]
    assert Job.objects.filter(kind="tick").count() == 1, "finished ones are cleared away"


def test_returning_work_does_not_pile_up(house: House) -> None:
    @every(60)
    def remind(work: Work) -> None:
        raise Unavailable(Text(ko="-", en="-"), Text(ko="-", en="-"), at=work.now)

    house.worker().run_until_empty()
    house.clock.pass_(seconds=70)
    house.worker(kinds=["tick"])._asked.clear()
    queue.claim(worker="busy", now=house.clock.now, lease_s=600, kinds=["tick"])
    house.worker().run_until_empty()
    assert Job.objects.filter(kind="tick").count() == 1


def test_every_kind_of_the_product_is_known() -> None:
    assert {"mail.send", "webhook.send", "tick"} <= registry.kinds()


def test_every_work_has_one_lane() -> None:
    by_lane = {lane: registry.kinds(lane) for lane in Lane}
    assert frozenset().union(*by_lane.values()) == registry.kinds()
    assert sum(map(len, by_lane.values())) == len(registry.kinds())
    assert "mail.send" in by_lane[Lane.SHORT]
    assert "capture.read" in by_lane[Lane.READING]
    assert "lab.run" in by_lane[Lane.LONG]
