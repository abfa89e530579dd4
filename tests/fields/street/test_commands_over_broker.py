"""A lamp turns red over a real Mosquitto; the process that sends is killed, and the lamp is told once all the same."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fields.street.lines import Lines, free_port, need_mosquitto

pytestmark = pytest.mark.slow
ASK = """
import sys
from datetime import UTC, datetime
import django
django.setup()
from pandok.common.models import Account
from pandok.fields.street.acts.commanding import ask_device
actor, _ = Account.objects.get_or_create(username="room")
said = {"device": "lamp", "colour": sys.argv[1], "dim_pct": 100}
now = datetime.now(UTC)
print(ask_device("buk-1", said, alert_id="", hold_s=600, actor=actor, reason="지하차도 침수로 통제", now=now).pk)
"""


@pytest.fixture
def lines(tmp_path: Path) -> Iterator[Lines]:
    need_mosquitto()
    made = Lines(tmp_path, free_port())
    made.set_up(["buk-1"])
    made.start_broker()
    spool = str(made.home / "spool.db")
    words = ("--depths", "0", "--acting", "lamp,sign,siren,barrier")
    made.command("pole", "buk-1", "--broker", made.address("buk-1"), "--spool", spool, *words, name="pole")
    yield made
    made.end()


def rows(lines: Lines, query: str) -> list[tuple[str, ...]]:
    with sqlite3.connect(lines.home / "pandok.db") as database:
        return database.execute(query).fetchall()


def lamp(lines: Lines) -> str:
    found = rows(lines, "SELECT \"order\" FROM street_devicestate WHERE device = 'lamp'")
    return str(json.loads(found[0][0])["colour"]) if found else ""


def test_a_lamp_turns_red_over_a_real_broker_whoever_is_killed(lines: Lines) -> None:
    lines.command("commands", name="commands")
    lines.until(lambda: lamp(lines) == "white")
    lines.run(["-c", ASK, "red"])
    lines.until(lambda: lamp(lines) == "red")
    lines.kill("commands")
    lines.run(["-c", ASK, "amber"])
    lines.command("commands", name="commands")
    lines.until(lambda: lamp(lines) == "amber")
    lines.until(lambda: rows(lines, "SELECT DISTINCT state FROM street_devicecommand") == [("done",)])
    log = (lines.home / "pole.log").read_text(encoding="utf-8")
    assert (log.count("Lamp red"), log.count("Lamp amber")) == (1, 1)
