"""Question: is anything lost of what poles were told is kept, or an alert doubled or missed, when everything dies?

    python -m benchmarks.street_faults --kills 50 --out benchmarks/results/street_faults.json
    python -m benchmarks.street_faults --kills 50 --store pgserver --out benchmarks/results/street_faults_pg.json
    python -m benchmarks.street_faults --kills 50 --broker nats --out benchmarks/results/street_faults_nats.json

A real Mosquitto (or NATS with JetStream and `sync_interval: always`), `pandok street ingest`, the street's work of a
worker (packing history, watching health, without its pauses) and poles with their spools on disk. At each turn one of
them, drawn from the seed, gets SIGKILL after it was seen at work, and is started again while the others go on; with
`--store pgserver` the database too. Then the poles are cut off for 300 messages, their clocks are an hour ahead and an
hour behind, and the files of the ingest cannot grow (on SQLite).

After every fault: what a pole forgot because it was acknowledged is in the database. At the end: every reading that was
measured is kept once, and in order; the alerts are those, by id, that the readers find in one run over what was kept
without any fault; each was raised once in the audit trail, whose chain is whole. `--home` keeps the folder, and the
same command goes on where it was stopped. A clock that jumps while messages wait on the pole is not tried: what was
measured by the wrong clock is then sent by the right one.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.machine import write_result
from benchmarks.street_fault_ground import Ground, Kept
from benchmarks.street_fault_poles import Poles
from tests.fields.street.lines import Lines, free_port
from tests.fields.street.nats import NatsLines

HOUR_MS = 3_600_000
CUT_MESSAGES = 300
FULL_S = 5.0
LONGEST_S = 300.0
BROKERS = {"mosquitto": Lines, "nats": NatsLines}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--kills", type=int, default=50, help="of each")
    parser.add_argument("--poles", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--store", default="", help="pgserver: a PostgreSQL of its own; empty: SQLite")
    parser.add_argument("--broker", choices=tuple(BROKERS), default="mosquitto")
    parser.add_argument("--home", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pandok-faults-") as folder:
        result = measured(chosen.home or Path(folder), chosen)
    write_result(chosen.out, "Messages and alerts of poles when processes are killed", chosen.seed, result)
    print(json.dumps(result, indent=1))
    if any(result[name] for name in BAD):
        raise SystemExit("something was lost, doubled or missed")


BAD = ("forgotten_but_not_kept", "readings_lost", "readings_doubled", "alerts_missed", "alerts_too_many",
       "alerts_raised_twice", "readings_refused", "chain_broken_at")  # fmt: skip


def measured(home: Path, chosen: argparse.Namespace) -> dict[str, Any]:
    running = None
    if chosen.store == "pgserver":
        from benchmarks.own_postgresql import start

        running = start(fast=False)
    lines = BROKERS[chosen.broker](home, free_port(), store=running.server.made("pandok") if running else "")
    run = Run(home, chosen, lines, Ground(lines, running))
    try:
        return run.whole()
    finally:
        run.end()
        if running:
            running.stop()


class Run:
    def __init__(self, home: Path, chosen: argparse.Namespace, lines: Lines, ground: Ground):
        self.home, self.chosen, self.lines, self.ground = home, chosen, lines, ground
        self.state: dict[str, Any] = {"kills": {}, "faults": [], "wrong": 0, "begins_ms": 0, "passwords": {}}
        self.poles: Poles | None = None
        self.kept = Kept()

    def whole(self) -> dict[str, Any]:
        begun, processor = time.monotonic(), os.times()
        self._set_up()
        chance = random.Random(f"{self.chosen.seed}/{sum(self.state['kills'].values())}")
        victims = ["ingest", "worker", "broker", *(["database"] if self.ground.database else [])]
        left = Counter({one: self.chosen.kills - self.state["kills"].get(one, 0) for one in victims})
        order = [one for one, count in left.items() for _ in range(count)]
        chance.shuffle(order)
        for victim in order:
            self._kill(victim, chance)
        for name, fault in (("link", self._cut), ("clock", self._clocks), ("disk", self._full_disk)):
            if name not in self.state["faults"] and not (name == "disk" and self.ground.database):
                fault()
                self.state["faults"].append(name)
                self._save()
        self._drain()
        used = os.times()
        children = used.children_user + used.children_system - processor.children_user - processor.children_system
        return self._compared() | {"wall_s": round(time.monotonic() - begun), "killed_processor_s": round(children)}

    def end(self) -> None:
        if self.poles:
            self.poles.stop()
        self.lines.end()

    def _set_up(self) -> None:
        file, keys = self.home / "state.json", [f"p-{number}" for number in range(1, self.chosen.poles + 1)]
        if file.exists():
            self.state = json.loads(file.read_text(encoding="utf-8"))
            self.lines.password, self.lines.port = self.state["passwords"], self.state["port"]
        else:
            self.lines.set_up(keys)
            begins = round(time.time() * 1000) - 360 * 24 * HOUR_MS
            self.state |= {"passwords": self.lines.password, "port": self.lines.port, "begins_ms": begins}
            self._save()
        os.environ.update(self.lines._environment())
        import django

        django.setup()
        from pandok.fields.street.models import Pole

        # They are silent while they are killed: whether that is told is no question of this benchmark.
        Pole.objects.update(expected_every_s=10 * 365 * 86_400)
        addresses = [self.lines.address(key) for key in keys]
        self.poles = Poles(keys, addresses, self.home, self.state["begins_ms"])
        for one in ("broker", "ingest", "worker"):
            self.ground.start(one)
        self.poles.start()

    def _kill(self, victim: str, chance: random.Random) -> None:
        self._until_more_is_kept()
        self._go_on(chance.uniform(0.0, 0.6))
        self.ground.kill(victim)
        if victim == "database":
            self.ground.start(victim)
        self._check()
        if victim != "database":
            self.ground.start(victim)
        self.state["kills"][victim] = self.state["kills"].get(victim, 0) + 1
        self._save()

    def _cut(self) -> None:
        assert self.poles
        self.poles.cut(True)
        for _ in range(CUT_MESSAGES):
            self.poles.measure()
        self._go_on(1.0)
        self._check()
        self.poles.cut(False)
        self._drain()

    def _clocks(self) -> None:
        assert self.poles
        for ahead_ms in (HOUR_MS, -HOUR_MS, 0):
            self._drain()
            self.poles.ahead_ms = ahead_ms
            self._go_on(4.0)
        self._drain()

    def _full_disk(self) -> None:
        self._until_more_is_kept()
        self.ground.fill_disk(True)
        self._go_on(1.0)
        before = sum(self.kept())
        self._go_on(FULL_S)
        self._check()
        self.state["kept_while_full"] = sum(self.kept()) - before
        self.ground.fill_disk(False)
        self._drain()

    def _go_on(self, seconds: float) -> None:
        assert self.poles
        until = time.monotonic() + seconds
        while True:
            self.poles.measure()
            self.poles.turn()
            if time.monotonic() >= until:
                return
            time.sleep(0.02)

    def _until_more_is_kept(self) -> None:
        """The killed one is back, and works: something new was kept, and packed where it was the worker."""
        before, packed = self._asked(lambda: (sum(self.kept()), files()))
        self._until(lambda: self._asked(lambda: sum(self.kept()) > before and files() > packed))

    def _drain(self) -> None:
        assert self.poles
        self._until(lambda: self.poles is not None and not self.poles.waiting(), measuring=False)

    def _until(self, holds: Callable[[], bool], *, measuring: bool = True) -> None:
        assert self.poles
        last = time.monotonic() + LONGEST_S
        while not holds():
            if time.monotonic() > last:
                raise SystemExit(f"it did not go on: {self.home}")
            for _ in range(10):
                if measuring:
                    self.poles.measure()
                self.poles.turn()
                time.sleep(0.02)

    def _check(self) -> None:
        """First what the poles forgot, then what is kept: what is forgotten meanwhile is no error."""
        assert self.poles
        forgotten = self.poles.forgotten()
        self.state["wrong"] += sum(one < gone for one, gone in zip(self._asked(self.kept), forgotten, strict=True))

    def _asked(self, question: Callable[[], Any]) -> Any:
        from django.db import DatabaseError, connection

        last = time.monotonic() + LONGEST_S
        while True:
            try:
                return question()
            except DatabaseError:
                connection.close()
                if time.monotonic() > last:
                    raise
                time.sleep(0.1)

    def _save(self) -> None:
        file = self.home / "state.json"
        file.with_suffix(".part").write_text(json.dumps(self.state), encoding="utf-8")
        file.with_suffix(".part").rename(file)

    def _compared(self) -> dict[str, Any]:
        from benchmarks.street_fault_check import compared

        assert self.poles
        return {
            "store": "PostgreSQL" if self.ground.database else "SQLite", "broker": self.chosen.broker,
            "poles": self.chosen.poles, "kills": self.state["kills"], "other_faults": self.state["faults"],
            "messages_while_cut": CUT_MESSAGES, "kept_while_the_disk_was_full": self.state.get("kept_while_full"),
            "forgotten_but_not_kept": self.state["wrong"], **compared(self.poles.measured()),
        }  # fmt: skip


def files() -> int:
    from pandok.fields.street.models import HistoryFile

    return HistoryFile.objects.count()


if __name__ == "__main__":
    main()
