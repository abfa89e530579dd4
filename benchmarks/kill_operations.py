"""What is written while processes are killed, and what must be true afterwards. One row an operation.

An operation that returned is acknowledged and must be there, whole and once. One that was cut off may be there or not,
but whole and once too. Add a row to OPERATIONS to have more kinds of writing killed.
"""

from __future__ import annotations

import urllib.request
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path

from pydantic import BaseModel

from benchmarks import kill_cases, kill_training
from pandok.common.audit import writing as audit
from pandok.common.jobs.queue import enqueue
from pandok.common.jobs.registry import handles
from pandok.common.jobs.work import Work
from pandok.common.messages.deliveries import queue_mail
from pandok.common.models import AuditEntry, Delivery, DeliveryState, Job, JobState
from pandok.core.audit import AuditEvent

PAGE_TIMEOUT_S = 30


@dataclass(frozen=True)
class Site:
    url: str
    home: Path
    smtp_message_ids: tuple[str, ...] | None = None
    """What the SMTP server took, where mail went there."""


@dataclass(frozen=True)
class Operation:
    name: str
    write: Callable[[int, Site], None]
    """Write number n; may raise OSError where the server is away. Returning is the acknowledgement."""
    check: Callable[[frozenset[int], Site], list[str]]
    """What is wrong at the end, given the acknowledged numbers."""


class Counted(BaseModel):
    number: int


@handles("kill.count", Counted)
def count(payload: Counted, work: Work) -> None:
    audit.record(AuditEvent("kill-nine", "kill.counted", f"number:{payload.number}", "", work.now))


def write_job(number: int, site: Site) -> None:
    del site
    enqueue("kill.count", {"number": number}, key=f"count:{number}", now=datetime.now(UTC))


def check_jobs(acknowledged: frozenset[int], site: Site) -> list[str]:
    del site
    stored = dict(Job.objects.filter(kind="kill.count").values_list("key", "state"))
    done = Counter(AuditEntry.objects.filter(action="kill.counted").values_list("object", flat=True))
    wrong = [f"job {number} is lost" for number in sorted(acknowledged) if f"count:{number}" not in stored]
    for key, state in stored.items():
        times = done[f"number:{key.removeprefix('count:')}"]
        if (state, times) != (JobState.DONE, 1):
            wrong.append(f"job {key} is {state} and was done {times} times")
    return wrong


def write_mail(number: int, site: Site) -> None:
    del site
    queue_mail(
        recipient="holder@example.com",
        subject=f"{number}",
        body_text=f"{number}\n",
        key=f"mail:{number}",
        actor="kill-nine",
        now=datetime.now(UTC),
    )


def check_mails(acknowledged: frozenset[int], site: Site) -> list[str]:
    deliveries = {one.key: one for one in Delivery.objects.all()}
    wrong = [f"mail {number} is lost" for number in sorted(acknowledged) if f"mail:{number}" not in deliveries]
    # Without a mail server a mail is written to a file, and is said to be.
    ends = {DeliveryState.SENT: "delivery.sent", DeliveryState.FILED: "delivery.filed"}
    told = Counter(AuditEntry.objects.filter(action__in=ends.values()).values_list("object", flat=True))
    taken = Counter(_message_ids(site))
    for key, delivery in deliveries.items():
        times, is_sent = taken.pop(delivery.message_id, 0), delivery.state in ends
        left_to_a_person = delivery.state == DeliveryState.UNKNOWN and site.smtp_message_ids is not None
        if times > 1 or not (is_sent or left_to_a_person) or (is_sent and times != 1):
            wrong.append(f"{key} is {delivery.state} and left {times} times")
        if told[f"delivery:{delivery.pk}"] != int(is_sent):
            wrong.append(f"{key} is {delivery.state}, told of {told[f'delivery:{delivery.pk}']} times")
    return wrong + [f"a mail that nobody asked for: {message_id}" for message_id in taken]


def _message_ids(site: Site) -> list[str]:
    if site.smtp_message_ids is not None:
        return list(site.smtp_message_ids)
    return [str(message_from_bytes(path.read_bytes())["Message-ID"]) for path in (site.home / "mail").glob("*.eml")]


def write_page(number: int, site: Site) -> None:
    """No writing yet, but load on the server: a page with a session."""
    with urllib.request.urlopen(f"{site.url}/sign-in/?next=/{number}", timeout=PAGE_TIMEOUT_S) as answer:
        answer.read()


def check_pages(acknowledged: frozenset[int], site: Site) -> list[str]:
    del site
    return [] if acknowledged else ["no page was ever served"]


def write_case(number: int, site: Site) -> None:
    del site
    kill_cases.write_case(number)


def check_cases(acknowledged: frozenset[int], site: Site) -> list[str]:
    del site
    return kill_cases.check_cases(acknowledged)


def write_answer(number: int, site: Site) -> None:
    del site
    kill_training.write_answer(number)


def check_answers(acknowledged: frozenset[int], site: Site) -> list[str]:
    del site
    return kill_training.check_answers(acknowledged)


OPERATIONS = (
    Operation("answer", write_answer, check_answers),
    Operation("case", write_case, check_cases),
    Operation("job", write_job, check_jobs),
    Operation("mail", write_mail, check_mails),
    Operation("page", write_page, check_pages),
)
