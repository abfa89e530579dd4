"""Question: how long after an alert is committed does a screen of the control room know?

    python -m benchmarks.street_stream --out benchmarks/results/street_stream.json

`pandok serve` runs with a SQLite database of its own. So many screens are signed in and follow the event stream as a
browser does: they come back after the `retry` that they were told, with the id that they know. Alerts are committed by
this process, another one than the server, at moments drawn apart from each other; counted is from the end of the commit
until a screen has read the event. The processor time of the server while nothing happens stands beside it, without
screens and with all of them. Machines are shared: the load of the machine is said.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.machine import write_result
from benchmarks.page_times import Visitor
from benchmarks.street_ingest import free_port, processor_s

IDLE_S = 20.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--screens", type=int, default=10)
    parser.add_argument("--alerts", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = measured(Path(folder), chosen)
    write_result(chosen.out, "From the commit of an alert to a screen of the control room", chosen.seed, result)
    print(json.dumps(result, indent=1))


def measured(home: Path, chosen: argparse.Namespace) -> dict[str, Any]:
    port = free_port()
    os.environ |= {
        "PANDOK_HOME": str(home),
        "PANDOK_WORKER": "separate",
        "PANDOK_TWO_STEP": "off",
        "DJANGO_SETTINGS_MODULE": "pandok.web.django_settings",
    }
    call = [sys.executable, "-c", "from pandok.cli.main import main; main()", "serve", "--port", str(port)]
    with (home / "log").open("ab") as log:
        server = subprocess.Popen(call, stdout=log, stderr=log)
    try:
        _until_served(port, server)
        word = _officer()
        idle = _used(server.pid)
        screens = [_Screen(port, word) for _ in range(chosen.screens)]
        for one in screens:
            one.start()
        time.sleep(2)
        held = _used(server.pid)
        before = processor_s(server.pid)
        committed = _commit(chosen.alerts, random.Random(chosen.seed))
        time.sleep(2)
        used = processor_s(server.pid) - before
    finally:
        server.terminate()
        server.wait()
    delays = sorted(one.delay_of(mark, at) for one in screens for mark, at in committed)
    return {
        "screens": chosen.screens,
        "alerts": chosen.alerts,
        "commit_to_screen_median_ms": round(1000 * delays[len(delays) // 2], 1),
        "commit_to_screen_p99_ms": round(1000 * delays[int(len(delays) * 0.99)], 1),
        "commit_to_screen_most_ms": round(1000 * delays[-1], 1),
        "server_processor_share_idle_no_screens": round(idle, 4),
        "server_processor_share_idle_all_screens": round(held, 4),
        "server_processor_ms_an_alert": round(1000 * used / chosen.alerts, 1),
        "load_of_the_machine": os.getloadavg()[0],
    }


def _until_served(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(3000):
        if server.poll() is not None:
            raise SystemExit("the server ended")
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/sign-in/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server does not answer")


def _officer() -> str:
    """A password of an officer of the room, in this process's view of the same database."""
    import django

    django.setup()
    from django.contrib.auth.models import Group

    from pandok.common.models import Account
    from pandok.common.people.accounts import ensure_role_groups
    from pandok.fields.street.roles import Role

    ensure_role_groups()
    word = secrets.token_urlsafe(24)
    account = Account.objects.create_user("room", password=word)
    account.groups.add(Group.objects.get(name=Role.CONTROL_ROOM.value))
    return word


def _used(pid: int) -> float:
    """Share of one processor that the server takes while nothing happens."""
    before = processor_s(pid)
    time.sleep(IDLE_S)
    return (processor_s(pid) - before) / IDLE_S


def _commit(alerts: int, chance: random.Random) -> list[tuple[int, float]]:
    """The mark after each alert, and when its commit had ended."""
    from django.db import transaction

    from pandok.core.text import Text
    from pandok.fields.street.acts.alerting import Found, keep_found
    from pandok.fields.street.acts.registering import PoleFacts, open_test_bed, register_pole
    from pandok.fields.street.hazards import Said, alert_id
    from pandok.fields.street.lists.changes import change_mark

    now = datetime.now(UTC)
    bed = open_test_bed(code="buk", name_ko="북구", name_en="Buk-gu", question="", actor=None, now=now)
    found = []
    for number in range(alerts):
        pole = register_pole(bed, PoleFacts(key=f"buk-{number}"), actor=None, now=now)
        time.sleep(chance.uniform(0.2, 0.8))
        now = datetime.now(UTC)
        onset = round(now.timestamp() * 1000)
        key = alert_id(pole.key, "flood-level", "1", onset)
        why = Text(ko="수심 16 cm", en="Depth 16 cm")
        said = Said(key, "flood-level", "1", onset, onset, "raised", 3, 16.0, why)
        with transaction.atomic():
            keep_found([Found(said, pole)], now=now)
        at = time.monotonic()
        found.append((change_mark(), at))
    return found


class _Screen(threading.Thread):
    """Follows the stream, and notes when it first knew of each mark."""

    def __init__(self, port: int, word: str):
        super().__init__(daemon=True)
        self._port = port
        self._visitor = Visitor(f"http://127.0.0.1:{port}", "ko")
        self._visitor.sign_in("room", word)
        self._known: list[tuple[int, float]] = []

    def run(self) -> None:
        known, retry_s = "0", 0.0
        while True:
            time.sleep(retry_s)
            with self._visitor.open("/street/live/", {"Last-Event-ID": known}) as answer:
                for line in answer:
                    name, _, value = line.decode().strip().partition(": ")
                    if name == "retry":
                        retry_s = int(value) / 1000
                    elif name == "id":
                        known = value
                    elif name == "data":
                        self._known.append((int(value), time.monotonic()))

    def delay_of(self, mark: int, at: float) -> float:
        """Infinite where it never knew."""
        return min((seen - at for one, seen in self._known if one >= mark), default=float("inf"))


if __name__ == "__main__":
    main()
