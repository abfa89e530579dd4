"""Between broker and records: a batch is taken in one transaction, then acknowledged; in this order alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import DatabaseError, close_old_connections

from pandok.engines.broker.client import BrokerClient, Delivered
from pandok.fields.street.acts.taking import Arrived, Taken, take
from pandok.fields.street.hazards import Hazards
from pandok.fields.street.messages import Acknowledgement, pole_of, read_message, topic_of

MOST_IN_A_BATCH = 500
MOST_OF_A_POLE = 50
"""In a batch. A pole that floods waits: its messages beyond are dropped, and it sends them again; others are not held
up."""


@dataclass
class Counts:
    taken: int = 0
    unreadable: int = 0
    flooded: int = 0
    failed: int = 0
    by_pole: Counter[str] = field(default_factory=Counter)


def sorted_out(delivered: Sequence[Delivered], counts: Counts, now: datetime) -> list[Arrived]:
    """The messages among what was delivered. Who sent them is what the broker let through: the topic."""
    found: list[Arrived] = []
    of_pole: Counter[str] = Counter()
    for one in delivered:
        pole = pole_of(one.topic)
        if pole is not None and of_pole[pole] >= MOST_OF_A_POLE:
            counts.flooded += 1
            continue
        message = read_message(one.payload) if pole is not None else None
        if pole is None or message is None:
            counts.unreadable += 1
            continue
        of_pole[pole] += 1
        found.append(Arrived(pole, message, now))
    return found


def serve_once(
    client: BrokerClient, *, hazards: Hazards, clock: Callable[[], datetime], counts: Counts, wait_s: float = 0.5
) -> list[Taken]:
    """Take what waits and acknowledge it. Where the database refuses, nothing is acknowledged: it comes again."""
    arrived = sorted_out(client.arrived(MOST_IN_A_BATCH, wait_s), counts, clock())
    if not arrived:
        return []
    try:
        taken = take(arrived, hazards=hazards)
    except DatabaseError:
        counts.failed += 1
        close_old_connections()
        return []
    for one in taken:
        told = Acknowledgement(spool=one.spool, contiguous=one.contiguous)
        client.publish(topic_of(one.pole, "ack"), told.model_dump_json().encode(), kept=True)
    counts.taken += len(arrived)
    return taken
