"""The same ingest over NATS JetStream with `sync_interval: always`, through one settings line: killed with kill -9,
server and all, nothing acknowledged is lost and nothing alerts twice. No pole writes for another one."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pandok.engines.broker.address import broker_address
from pandok.engines.broker.client import BrokerClient
from pandok.fields.street.messages import topic_of
from tests.fields.street.lines import free_port
from tests.fields.street.nats import NatsLines, need_nats
from tests.fields.street.test_faults import DEPTHS, asked, start_pole, waiting

pytestmark = pytest.mark.slow


@pytest.fixture
def lines(tmp_path: Path) -> Iterator[NatsLines]:
    need_nats()
    made = NatsLines(tmp_path, free_port())
    made.set_up(["buk-1", "buk-2"])
    made.start_broker()
    yield made
    made.end()


def test_killed_with_nats_nothing_is_lost_and_nothing_doubled(lines: NatsLines) -> None:
    chance = random.Random(2152)
    starts = {"ingest": lambda: lines.command("ingest", name="ingest"), "pole": lambda: start_pole(lines)}
    starts["broker"] = lines.start_broker
    starts["ingest"]()
    starts["pole"]()
    for victim in ("broker", "ingest", "pole", "broker"):
        time.sleep(chance.uniform(0.5, 3))
        lines.kill(victim)
        forgotten = len(DEPTHS) - waiting(lines)
        assert asked(lines, "SELECT count(*) FROM street_takenmessage")[0][0] >= forgotten
        starts[victim]()
    lines.until(lambda: waiting(lines) == 0, 300)
    rows = asked(lines, "SELECT sequence, readings FROM street_takenmessage ORDER BY sequence")
    assert [number for number, _ in rows] == list(range(1, len(DEPTHS) + 1))
    assert [json.loads(readings)[0][3] for _, readings in rows] == DEPTHS
    assert asked(lines, "SELECT reader FROM street_alert ORDER BY reader") == [("flood-forecast",), ("flood-level",)]
    assert asked(lines, "SELECT count(*) FROM register_auditentry WHERE action = 'alert.raised'") == [(2,)]


def test_no_pole_writes_for_another_over_nats(lines: NatsLines) -> None:
    lines.command("ingest", name="ingest")
    good = {"spool": "0" * 32, "sequence": 1, "sent_ms": round(time.time() * 1000), "readings": []}
    # NATS ends the connection of who writes where it may not: the honest pole has one of its own.
    two, spy = (BrokerClient(broker_address(lines.address("buk-2")), name="", topics=[]) for _ in range(2))
    stranger = BrokerClient(broker_address(lines.address("buk-1", "wrong")), name="", topics=[])
    for one in (two, spy, stranger):
        one.start()
    lines.until(lambda: two.is_connected and spy.is_connected)
    count = "SELECT p.key, count(*) FROM street_takenmessage m JOIN street_pole p ON p.id = m.pole_id GROUP BY p.key"

    def both() -> bool:
        spy.publish(topic_of("buk-1", "up"), json.dumps(good).encode())
        two.publish(topic_of("buk-2", "up"), json.dumps(good).encode())
        return asked(lines, count) == [("buk-2", 1)]

    lines.until(both)
    assert not stranger.is_connected
    for one in (two, spy, stranger):
        one.stop()
