"""Ingest, broker and pole are killed at random moments: nothing acknowledged is lost, nothing is kept twice.

The ingest has a SQLite database of its own here, whatever the other tests run on.
"""

from __future__ import annotations

import json
import random
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pandok.engines.broker.address import broker_address
from pandok.engines.broker.client import BrokerClient
from pandok.fields.street.messages import topic_of
from tests.fields.street.lines import Lines, free_port, need_mosquitto

pytestmark = pytest.mark.slow
DEPTHS = [0, 0, 16, 18, 20, 21, 22, 22] + [2] * 52


@pytest.fixture
def lines(tmp_path: Path) -> Iterator[Lines]:
    need_mosquitto()
    made = Lines(tmp_path, free_port())
    made.set_up(["buk-1", "buk-2"])
    made.start_broker()
    yield made
    made.end()


def asked(lines: Lines, query: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(lines.home / "pandok.db") as database:
        return database.execute(query).fetchall()


def start_pole(lines: Lines, depths: list[int] = DEPTHS) -> None:
    words = ("--depths", ",".join(str(one) for one in depths), "--every", "0.2", "--resend", "0.5")
    spool = str(lines.home / "spool.db")
    lines.command("pole", "buk-1", "--broker", lines.address("buk-1"), "--spool", spool, *words, name="pole")


def waiting(lines: Lines) -> int:
    if not (lines.home / "spool.db").exists():
        return len(DEPTHS)
    with sqlite3.connect(lines.home / "spool.db") as spool:
        # A pole that was killed as it began has a file without tables.
        if not spool.execute("SELECT 1 FROM sqlite_master WHERE name = 'message'").fetchone():
            return len(DEPTHS)
        last = spool.execute("SELECT last FROM spool").fetchone()
        left = spool.execute("SELECT count(*) FROM message").fetchone()[0]
    return left + len(DEPTHS) - (last[0] if last else 0)


def test_killed_at_random_nothing_is_lost_and_nothing_doubled(lines: Lines) -> None:
    chance = random.Random(20261129)
    starts = {"ingest": lambda: lines.command("ingest", name="ingest"), "pole": lambda: start_pole(lines)}
    starts["broker"] = lines.start_broker
    starts["ingest"]()
    starts["pole"]()
    victims = ["ingest", "broker", "pole"] * 3
    chance.shuffle(victims)
    for victim in victims:
        time.sleep(chance.uniform(0.2, 3))
        lines.kill(victim)
        # What the pole forgot is what it was acknowledged: it is in the database at every moment.
        forgotten = len(DEPTHS) - waiting(lines)
        assert asked(lines, "SELECT count(*) FROM street_takenmessage")[0][0] >= forgotten
        starts[victim]()
    lines.until(lambda: waiting(lines) == 0, 300)
    rows = asked(lines, "SELECT sequence, readings FROM street_takenmessage ORDER BY sequence")
    assert [number for number, _ in rows] == list(range(1, len(DEPTHS) + 1))
    assert [json.loads(readings)[0][3] for _, readings in rows] == DEPTHS
    assert asked(lines, "SELECT contiguous, beyond FROM street_spool") == [(len(DEPTHS), "[]")]
    readers = asked(lines, "SELECT reader FROM street_alert ORDER BY reader")
    assert readers == [("flood-forecast",), ("flood-level",)]
    assert asked(lines, "SELECT count(*) FROM register_auditentry WHERE action = 'alert.raised'") == [(2,)]


def test_strangers_and_other_poles_get_nothing_in(lines: Lines) -> None:
    lines.command("ingest", name="ingest")
    good = {"spool": "0" * 32, "sequence": 1, "sent_ms": round(time.time() * 1000), "readings": []}
    body = json.dumps(good).encode()
    stranger = BrokerClient(broker_address(lines.address("buk-1", "wrong")), name="", topics=[])
    nobody = BrokerClient(broker_address(f"mqtt://127.0.0.1:{lines.port}"), name="", topics=[])
    spy = BrokerClient(broker_address(lines.address("buk-2")), name="", topics=[topic_of("buk-1", "ack")])
    for one in (stranger, nobody, spy):
        one.start()
    lines.until(lambda: bool(stranger.refused and nobody.refused) and spy.is_connected)
    assert not stranger.publish(topic_of("buk-1", "up"), body)
    # Signed in as one pole, in the name of another; then nonsense, a flood, and what cannot be; then one that is right.
    spy.publish(topic_of("buk-1", "up"), body)
    for number in range(200):
        spy.publish(topic_of("buk-2", "up"), b"\x00" * number)
    spy.publish(topic_of("buk-2", "up"), b"x" * 100_000)
    wrong = {"sensor": "level-1", "property": "depth_cm", "unit": "cm", "at_ms": good["sent_ms"], "value": 1e12}
    impossible = json.dumps(good | {"readings": [wrong]}).encode()
    held = "SELECT contiguous FROM street_spool s JOIN street_pole p ON p.id = s.pole_id WHERE p.key = 'buk-2'"

    def taken() -> bool:
        spy.publish(topic_of("buk-2", "up"), impossible)
        return asked(lines, held) == [(1,)]

    lines.until(taken)
    assert asked(lines, "SELECT count(*) FROM street_currentvalue") == [(0,)]
    assert asked(lines, "SELECT count(*) FROM street_takenmessage") == [(1,)]
    assert asked(lines, "SELECT readings FROM street_takenmessage") == [("[]",)]
    assert not [one for one in spy.arrived(10, 1) if one.topic.startswith("pandok/street/buk-1")]
    for one in (stranger, nobody, spy):
        one.stop()
