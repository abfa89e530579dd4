"""Work that was asked for, put off or taken under a clock that was ahead does not wait for that day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pydantic import BaseModel

from pandok.common.jobs import queue, ticks
from pandok.common.jobs.registry import every, handles
from pandok.common.jobs.work import Work
from pandok.common.messages.deliveries import queue_mail
from pandok.common.models import Delivery, Job, JobState
from pandok.engines.mail.transport import not_sent
from tests.common.jobs.conftest import START, House, Killed

YEAR = timedelta(days=365)
AHEAD = [timedelta(days=2), YEAR]
LINK = "https://desk.example/invitation/x/"


def sealed_mail(now: Any) -> Delivery:
    text = {"recipient": "kim@agency.example", "subject": "비밀번호 재설정", "body_text": LINK}
    return queue_mail(key="password:1", actor="nobody", now=now, sealed=True, **text)


def left(house: House) -> tuple[list[str], str]:
    """The texts that left, and what the database still holds of them."""
    return [mail.text for mail in house.mail.taken], Delivery.objects.get().body_text


@pytest.mark.parametrize("ahead", AHEAD, ids=str)
def test_a_sealed_mail_asked_for_under_a_clock_that_was_ahead_leaves_once_it_is_right(
    house: House, ahead: timedelta
) -> None:
    sealed_mail(START + ahead)
    house.worker().run_until_empty()
    assert left(house) == ([LINK], "")


@pytest.mark.parametrize("ahead", AHEAD, ids=str)
def test_one_that_was_to_be_tried_again_then_does_too(house: House, ahead: timedelta) -> None:
    house.clock.now += ahead
    sealed_mail(house.clock.now)
    house.mail.errors = [not_sent("away")]
    house.worker().run_until_empty()
    assert Job.objects.get().state == JobState.QUEUED
    house.clock.now = START
    house.worker().run_until_empty()
    assert left(house) == ([LINK], "")


@pytest.mark.parametrize("back", AHEAD, ids=str)
def test_under_a_clock_set_back_it_leaves_and_leaves_once(house: House, back: timedelta) -> None:
    sealed_mail(START)
    house.clock.now -= back
    house.worker().run_until_empty()
    house.clock.now = START
    house.worker().run_until_empty()
    assert left(house) == ([LINK], "")


class Nothing(BaseModel):
    pass


def test_what_a_worker_held_when_it_ended_under_such_a_clock_goes_to_another(house: House) -> None:
    done: list[int] = []

    @handles("deadly", Nothing)
    def die_once(payload: Nothing, work: Work) -> None:  # noqa: ARG001
        if Job.objects.get(kind="deadly").attempts == 1:
            raise Killed
        done.append(1)

    queue.enqueue("deadly", {}, key="k", now=START)
    house.clock.now += YEAR
    with pytest.raises(Killed):
        house.worker("first").work_once()
    house.clock.now = START
    assert house.worker("second").run_until_empty() == 0, "its worker may be alive, and keeps it then"
    house.clock.pass_(seconds=61)
    house.worker("third").run_until_empty()
    assert done == [1]


def test_a_worker_that_is_alive_keeps_what_it_holds(house: House) -> None:  # noqa: ARG001
    queue.enqueue("mail.send", {"delivery": str(sealed_mail(START).pk)}, key="k", now=START)
    job = queue.claim(worker="alive", now=START + YEAR, lease_s=60, kinds=["mail.send"])
    assert job is not None
    assert queue.shorten_leases(now=START, lease_s=60) == 1
    assert queue.heartbeat(job, now=START + timedelta(seconds=50), lease_s=60)
    job.refresh_from_db()
    assert job.lease_until == START + timedelta(seconds=110)


def test_returning_work_goes_on(house: House) -> None:
    """While one span's work waits no other is asked for: it would not have come back for a year."""
    ran = []

    @every(3600)
    def look(work: Work) -> None:
        ran.append(work.now)

    house.clock.now += YEAR
    ticks.ask_for_ticks(house.clock.now, {})
    house.clock.now = START
    house.worker().run_until_empty()
    assert ran[:1] == [START]
    house.clock.pass_(hours=1)
    house.worker().run_until_empty()
    assert ran[-1] == START + timedelta(hours=1)
