"""Question: is anything lost, doubled or sent twice when server, worker and writer are killed at random moments?

    python -m benchmarks.kill_nine --kills 200 --out benchmarks/results/kill_nine.json
    python -m benchmarks.kill_nine --kills 200 --mail smtp
    python -m benchmarks.kill_nine --kills 200 --store pgserver         # a real PostgreSQL from a wheel; or an address

A real server, a real worker and a writer work on an empty home. At each turn one of them gets SIGKILL at a moment
drawn from the seed and is started again at once, while the others go on. In the end nothing is left to do, every
operation is checked (benchmarks/kill_operations.py), and `pandok audit verify` reads the whole chain. With SMTP, a mail
whose answer was lost is left to a person; it has gone out once or not at all.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.machine import write_result
from benchmarks.own_postgresql import chosen_store
from benchmarks.smtp_sink import SmtpSink, smtp_sink

ROOT = Path(__file__).resolve().parent.parent
VICTIMS = ("server", "worker", "writer")
LONGEST_START_S = 120
LONGEST_SETTLING_S = 240
LATEST_KILL_S = 1.0
LEASE_S = 10
COMMAND = (sys.executable, "-m", "benchmarks.kill_processes")


@dataclass
class Ground:
    """Home, port and environment of all processes, and what the writers were told."""

    home: Path
    environment: dict[str, str]
    port: int
    acknowledged: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    next_number: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, *arguments: str, **options: Any) -> subprocess.Popen[str]:
        return subprocess.Popen([*COMMAND, *arguments], cwd=ROOT, env=self.environment, text=True, **options)


class Server:
    def __init__(self, ground: Ground):
        self._ground = ground
        self.process = ground.start("server", str(ground.port), stderr=subprocess.DEVNULL)

    def is_ready(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self._ground.port)) == 0


class Worker:
    def __init__(self, ground: Ground):
        self._ground = ground
        self.process = ground.start("worker", stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)

    def is_ready(self) -> bool:
        return any((self._ground.home / "workers").glob(f"*-{self.process.pid}-*.alive"))


class Writer:
    """Starts where the writers before it cannot have been."""

    def __init__(self, ground: Ground):
        self._ground, self._lines = ground, 0
        self.operations: set[str] = set()
        self.process = ground.start("write", ground.url, str(ground.next_number), stdout=subprocess.PIPE)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def is_ready(self) -> bool:
        return self._lines > 0

    def has_ended(self) -> None:
        self._reader.join()
        self._ground.next_number += 10_000

    def _read(self) -> None:
        assert self.process.stdout is not None
        self.operations = set(self.process.stdout.readline().split()[1:])
        for line in self.process.stdout:
            name, number = line.split()
            self._ground.acknowledged[name].add(int(number))
            self._lines += 1


KINDS: dict[str, Any] = {"server": Server, "worker": Worker, "writer": Writer}


def wait_until_ready(one: Server | Worker | Writer, name: str) -> None:
    end = time.monotonic() + LONGEST_START_S
    while not one.is_ready():
        if time.monotonic() > end or one.process.poll() is not None:
            raise SystemExit(f"the {name} did not start")
        time.sleep(0.02)


def wait_until_all_write(ground: Ground, writer: Writer) -> None:
    """Until every operation has been acknowledged once, so that all are under way when the killing starts."""
    end = time.monotonic() + LONGEST_START_S
    while not writer.operations or writer.operations - set(ground.acknowledged):
        if time.monotonic() > end or writer.process.poll() is not None:
            raise SystemExit(f"never written: {', '.join(sorted(writer.operations - set(ground.acknowledged)))}")
        time.sleep(0.02)


def kill(one: Server | Worker | Writer) -> None:
    one.process.kill()
    one.process.wait()
    if isinstance(one, Writer):
        one.has_ended()


def run(kills: int, seed: int, home: Path, *, store: str = "", mail: str = "folder") -> dict[str, Any]:
    """Kill so many times, then check; `problems` is empty where everything holds."""
    with ExitStack() as stack:
        sink = stack.enter_context(smtp_sink()) if mail == "smtp" else None
        ground = prepare(home, store, sink)
        server = Server(ground)
        wait_until_ready(server, "server")  # it brings the database up to date before the others look
        running: dict[str, Any] = {"server": server, "worker": Worker(ground), "writer": Writer(ground)}
        try:
            wait_until_all_write(ground, running["writer"])
            killed = kill_at_random(running, ground, kills, random.Random(seed))
            for name in ("writer", "server"):
                kill(running.pop(name))
            return {"kills": dict(sorted(killed.items())), **verdict(ground, sink)}
        finally:
            for one in running.values():
                kill(one)


def prepare(home: Path, store: str, sink: SmtpSink | None) -> Ground:
    home.mkdir(parents=True, exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {name: value for name, value in os.environ.items() if not name.startswith("PANDOK_")}
    environment = own | {
        "PANDOK_HOME": str(home),
        "PANDOK_STORE": store,
        "PANDOK_WORKER": "separate",
        "PANDOK_WORKER_LEASE_S": str(LEASE_S),
        "PANDOK_MAIL": f"smtp://127.0.0.1:{sink.port}?tls=none" if sink else "",
        "DJANGO_SETTINGS_MODULE": "pandok.web.django_settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    return Ground(home, environment, port)


def kill_at_random(running: dict[str, Any], ground: Ground, kills: int, rng: random.Random) -> Counter[str]:
    killed: Counter[str] = Counter()
    turns = itertools.chain.from_iterable(rng.sample(VICTIMS, len(VICTIMS)) for _ in itertools.count())
    for name in itertools.islice(turns, kills):
        wait_until_ready(running[name], name)
        time.sleep(rng.uniform(0, LATEST_KILL_S))
        kill(running[name])
        running[name] = KINDS[name](ground)
        killed[name] += 1
    return killed


def verdict(ground: Ground, sink: SmtpSink | None) -> dict[str, Any]:
    """The worker does what is left; then everything is looked at."""
    left = ground.start("settle", str(LONGEST_SETTLING_S)).wait()
    seen = {
        "acknowledged": {name: sorted(numbers) for name, numbers in ground.acknowledged.items()},
        "smtp_message_ids": sink.message_ids() if sink else None,
    }
    file = ground.home / "acknowledged.json"
    file.write_text(json.dumps(seen), encoding="utf-8")
    checked = ground.start("check", ground.url, str(file), stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(checked.communicate()[0])
    command = [sys.executable, "-c", "from pandok.cli.main import main; main()", "audit", "verify"]
    chain = subprocess.run(command, cwd=ground.home, env=ground.environment, capture_output=True, text=True)
    if chain.returncode != 0:
        found["problems"].append(f"pandok audit verify: {chain.stdout}{chain.stderr}")
    return {
        "jobs_left": left,
        "acknowledged": {name: len(numbers) for name, numbers in seen["acknowledged"].items()},
        **found,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=9)
    parser.add_argument("--mail", choices=["folder", "smtp"], default="folder")
    parser.add_argument(
        "--store", default="", help="empty: SQLite; pgserver: PostgreSQL from the wheel; else an address"
    )
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pandok-kill-") as folder, chosen_store(options.store) as store:
        started = time.monotonic()
        found = run(options.kills, options.seed, Path(folder) / "home", store=store, mail=options.mail)
    found["seconds"] = round(time.monotonic() - started)
    found["store"], found["mail"] = "postgresql" if options.store else "sqlite", options.mail
    print(json.dumps(found, indent=1))
    if options.out:
        write_result(options.out, (__doc__ or "").splitlines()[0], options.seed, found)
    return int(bool(found["problems"] or found["jobs_left"]))


if __name__ == "__main__":
    sys.exit(main())
