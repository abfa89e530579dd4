"""Question: how many messages of poles does an ingest take a second behind a real broker, and how late is an alert?

    apt-get install mosquitto
    python -m benchmarks.street_ingest --poles 20000 --rate 4000 --out benchmarks/results/street_ingest.json

A Mosquitto, `pandok street ingest` and a generator (benchmarks/street_poles.py) run as processes beside each other,
with a SQLite database of its own. Every pole has five sensors and sends a message of five readings in its turn; what is
not acknowledged is sent again. `--events` poles are under 40 cm of water from a moment of their own on: each must be
one alert of the flood reader, none may be two. An alert's delay is from the first sending of the reading that makes it
(the second deep one: the reader takes the middle of three) until another connection sees the alert in the database. The
reader's state, the alert and the acknowledged number are committed together, so nothing lies between commit and alert.
The broker asks for no password here: who may write where is in tests/fields/street/test_faults.py. Processor time
stands beside the clock, as machines are shared.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks.machine import write_result

LONGEST_DRAIN_S = 600
LOOK_S = 0.01


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--poles", type=int, default=20_000)
    parser.add_argument("--rate", type=float, default=4000)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--events", type=int, default=1000)
    chosen = parser.parse_args()
    broker = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")
    if broker is None:
        sys.exit("Mosquitto is not installed: apt-get install mosquitto")
    with tempfile.TemporaryDirectory() as folder:
        result = measured(Path(folder), broker, chosen)
    write_result(chosen.out, "Messages of poles taken behind a real Mosquitto", 0, result)
    print(json.dumps(result, indent=1))


def measured(home: Path, broker: str, chosen: argparse.Namespace) -> dict[str, Any]:
    port = free_port()
    environment = os.environ | {
        "PANDOK_HOME": str(home),
        "PANDOK_STREET_BROKER": f"mqtt://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "pandok.web.django_settings",
    }
    own = [sys.executable, "-m", "benchmarks.street_poles"]
    subprocess.run([*own, "register", str(chosen.poles)], env=environment, check=True)
    (home / "mosquitto.conf").write_text(
        f"allow_anonymous true\npersistence false\nmax_queued_messages 100000\nlistener {port} 127.0.0.1\n"
    )
    logs = (home / "log").open("ab")
    processes = {"broker": subprocess.Popen([broker, "-c", str(home / "mosquitto.conf")], stdout=logs, stderr=logs)}
    seen = _Alerts(home / "pandok.db")
    try:
        call = [sys.executable, "-c", "from pandok.cli.main import main; main()", "street", "ingest"]
        processes["ingest"] = subprocess.Popen(call, env=environment, stdout=logs, stderr=logs)
        seen.start()
        begun = {name: processor_s(one.pid) for name, one in processes.items()}
        words = [str(one) for one in (port, chosen.poles, chosen.rate, chosen.seconds, chosen.events, LONGEST_DRAIN_S)]
        generated = subprocess.run([*own, "generate", *words], env=environment, check=True, stdout=subprocess.PIPE)
        told: dict[str, Any] = json.loads(generated.stdout)
        used = {f"{name}_processor_s": round(processor_s(one.pid) - begun[name], 1) for name, one in processes.items()}
    finally:
        seen.stop()
        for one in processes.values():
            one.kill()
            one.wait()
    return result_of(told, used, seen, chosen)


def result_of(
    told: dict[str, Any], used: dict[str, float], seen: _Alerts, chosen: argparse.Namespace
) -> dict[str, Any]:
    events: dict[str, float] = told.pop("events_at")
    delays = sorted(seen.first_at[key] - at for key, at in events.items() if key in seen.first_at)
    acknowledged = told["acknowledged"]
    return {
        "poles": chosen.poles,
        "readings_a_message": 5,
        "asked_messages_s": chosen.rate,
        "asked_s": chosen.seconds,
        **told,
        "acknowledged_messages_s": round(acknowledged / told["until_all_acknowledged_s"]),
        **used,
        "ingest_processor_us_a_message": round(used["ingest_processor_s"] / max(acknowledged, 1) * 1e6),
        "events": len(events),
        "events_with_an_alert": len(delays),
        "alerts_of_events": sum(seen.counts.get(key, 0) for key in events),
        "alerts_of_other_poles": sum(count for key, count in seen.counts.items() if key not in events),
        "sent_to_alert_median_ms": round(delays[len(delays) // 2] * 1000) if delays else None,
        "sent_to_alert_p99_ms": round(delays[int(len(delays) * 0.99)] * 1000) if delays else None,
    }


class _Alerts(threading.Thread):
    """Looks at the database as another process would, and notes when it first sees a flood alert of a pole."""

    def __init__(self, database: Path):
        super().__init__(daemon=True)
        self._database, self._ended = database, threading.Event()
        self.first_at: dict[str, float] = {}
        self.counts: dict[str, int] = {}

    def run(self) -> None:
        opened = sqlite3.connect(f"file:{self._database}?mode=ro", uri=True)
        last = 0
        query = (
            "SELECT a.rowid, p.key FROM street_alert a JOIN street_pole p ON p.id = a.pole_id "
            "WHERE a.rowid > ? AND a.reader = 'flood-level' ORDER BY a.rowid"
        )
        while not self._ended.wait(LOOK_S):
            for number, key in opened.execute(query, [last]).fetchall():
                last = number
                self.first_at.setdefault(key, time.time())
                self.counts[key] = self.counts.get(key, 0) + 1
        opened.close()

    def stop(self) -> None:
        time.sleep(2 * LOOK_S)
        self._ended.set()
        if self.is_alive():
            self.join()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def processor_s(pid: int) -> float:
    """User and system time of a process and its threads so far."""
    words = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
