"""The pole's end of the line: on disk before it is sent, sent until it is answered, forgotten only then."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pandok.engines.broker.client import Delivered
from pandok.fields.street.acts.serving_poles import MOST_OF_A_POLE, Counts, sorted_out
from pandok.fields.street.acts.taking import take
from pandok.fields.street.hazards_of_site import hazards_of_site
from pandok.fields.street.messages import Acknowledgement, read_message, topic_of
from pandok.fields.street.models import Alert, TakenMessage
from pandok.fields.street.pole_end import PoleEnd
from pandok.fields.street.spool import PoleSpool
from tests.fields.street.bed import NOON, arrived, later, message, pole, reading


@dataclass
class Paper:
    """A line that keeps what was sent, and delivers what is put on it."""

    is_connected: bool = True
    sent: list[bytes] = field(default_factory=list)
    answers: list[Delivered] = field(default_factory=list)

    def publish(self, topic: str, payload: bytes, *, kept: bool = False) -> bool:  # noqa: ARG002
        self.sent.append(payload)
        return self.is_connected

    def arrived(self, most: int, wait_s: float) -> list[Delivered]:  # noqa: ARG002
        found, self.answers = self.answers[:most], self.answers[most:]
        return found

    def numbers(self) -> list[int]:
        read = [read_message(one) for one in self.sent]
        self.sent.clear()
        return [one.sequence for one in read if one is not None]

    def answer(self, key: str, contiguous: int) -> None:
        body = Acknowledgement(spool=key, contiguous=contiguous).model_dump_json().encode()
        self.answers.append(Delivered(topic_of("buk-1", "ack"), body))


def test_sent_until_it_is_answered_and_forgotten_only_then(tmp_path: Path) -> None:
    spool, line = PoleSpool(tmp_path / "spool.db"), Paper()
    end = PoleEnd("buk-1", spool, line, resend_s=2)
    for value in (1.0, 2.0, 3.0):
        end.measured("level-1", "depth_cm", "cm", value, 1)
    end.turn(0, 1, wait_s=0)
    assert line.numbers() == [1, 2, 3]
    end.turn(1, 1, wait_s=0)
    assert line.numbers() == []
    line.answer(spool.key, 2)
    line.answers.append(Delivered("x", b"\xff"))
    line.answers.append(Delivered("x", b'{"spool":"' + spool.key.encode() + b'","contiguous":3}' + b" " * 1000))
    end.turn(2, 1, wait_s=0)
    line.numbers()
    end.turn(4, 1, wait_s=0)
    assert line.numbers() == [3]
    line.answer("f" * 32, 3)
    end.turn(4, 1, wait_s=0)
    assert [number for number, _ in spool.waiting()] == [3]


def test_a_spool_goes_on_where_it_was(tmp_path: Path) -> None:
    one = PoleSpool(tmp_path / "spool.db")
    assert [one.put([]), one.put([])] == [1, 2]
    one.acknowledged(one.key, 2)
    key = one.key
    one.close()
    again = PoleSpool(tmp_path / "spool.db")
    assert (again.key, again.put([]), again.last) == (key, 3, 3)


def test_a_pole_that_floods_does_not_hold_up_another() -> None:
    flood = [Delivered(topic_of("buk-1", "up"), message(n).model_dump_json().encode()) for n in range(1, 400)]
    other = Delivered(topic_of("buk-2", "up"), message(1).model_dump_json().encode())
    counts = Counts()
    found = sorted_out([*flood, Delivered("pandok/street/x/y/up", b""), other], counts, NOON)
    assert [one.pole for one in found].count("buk-1") == MOST_OF_A_POLE
    assert found[-1].pole == "buk-2"
    assert (counts.flooded, counts.unreadable) == (399 - MOST_OF_A_POLE, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("part", [1, 2, 5])
def test_the_flood_reader_of_the_site_raises_one_alert_however_it_comes(part: int) -> None:
    pole()
    depths = [0, 0, 16, 18, 20, 21, 22, 12, 2]
    sent = [
        arrived("buk-1", message(n + 1, reading(depth, later(60 * n)), sent=later(60 * n)), later(60 * n))
        for n, depth in enumerate(depths)
    ]
    # As a bad line delivers it: in any order, and some of it twice.
    chance = random.Random(part)
    sent += sent[2:5]
    chance.shuffle(sent)
    for start in range(0, len(sent), part):
        take(sent[start : start + part], hazards=hazards_of_site)
    alert = Alert.objects.get(reader="flood-level")
    assert alert.onset_at == later(180)
    assert alert.highest_level == 3
    assert TakenMessage.objects.count() == len(depths)
    assert alert.cleared_at is None
    assert Alert.objects.filter(reader="flood-forecast").count() == 1
