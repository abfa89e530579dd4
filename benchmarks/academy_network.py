"""Question: how long does an answer take over the network with 300 readers in one session, and is any lost at a kill?

    python -m benchmarks.academy_network --out benchmarks/results/academy_network.json
    python -m benchmarks.academy_network --readers 20 --seconds 60 --kills 1        # small, to see that it runs

A real `pandok serve` on a home of its own, records in SQLite, and readers who train over HTTP, each with a session, a
connection and a thread: the picture is given, looked at, answered, the confidence said, the feedback read and the next
picture fetched sealed, as the console's script does it. A picture takes a reader `--pace` seconds in the mean, evenly
drawn from half to one and a half of it; readers begin at moments drawn within the first of it. Meanwhile the server
gets SIGKILL at `--kills` moments drawn from the seed and is started again; a reader whose request met no server sends
it again, as a browser does. In the end every answer whose confidence was acknowledged is looked for in the records;
what came after the 60 seconds of its picture, as where the server was long away, became a time-out, which is the
console's rule. Times are those of whoever asks, of requests that met a server at once; `answer_ms` (the answer and the
confidence) and `ms_apart_from_kills` leave out what was asked from a kill until `SETTLING_S` after the server was up
again. Server (`--servers` processes) and readers share the machine.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.machine import write_result
from benchmarks.xray_viewer import spread

GOAL_MS = 200.0
ANSWER_KINDS = ("answer", "confidence_and_choice")
SETTLING_S, AGAIN_S, TIMEOUT_S, LONGEST_START_S = 5.0, 0.25, 60.0, 120.0
HOST = "127.0.0.1"


def prepare(home: str, readers: str, pictures: str, before: str, seed: str) -> Any:
    """A process of its own. Gives of each reader the session and the address of the sitting."""
    from benchmarks.academy_answers import fill
    from benchmarks.xray_import import ready

    ready(Path(home))
    from django.conf import settings
    from django.db import transaction

    with transaction.atomic():
        clients = fill(Path(home), int(readers), int(pictures), int(before), np.random.default_rng(int(seed)))
    name = settings.SESSION_COOKIE_NAME
    people = [[client.cookies[name].value, address] for client, address in clients]
    return {"session": name, "csrf": settings.CSRF_COOKIE_NAME, "people": people}


def kept(home: str) -> Any:
    """A process of its own, when all is over: sitting, number and what was said, of every answer."""
    from benchmarks.xray_import import ready

    ready(Path(home))
    from pandok.common.audit import writing as audit
    from pandok.fields.academy.models import TrialAnswer

    rows = TrialAnswer.objects.exclude(sitting__state="ended").values_list("sitting_id", "number", "said")
    return {
        "answers": [[str(sitting), number, said] for sitting, number, said in rows],
        "audit_chain_broken": audit.verify() is not None,
    }


def in_process(what: str, environment: dict[str, str], *arguments: str) -> Any:
    command = [sys.executable, "-m", "benchmarks.academy_network", "--child", what, *arguments]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


class Server:
    """`pandok serve` in a group of its own, so that its end takes nothing else with it."""

    def __init__(self, environment: dict[str, str], port: int):
        self._environment, self.port = environment, port
        self.starts_s: list[float] = []
        self.start()

    def start(self) -> None:
        begun = time.monotonic()
        program = str(Path(sys.executable).parent / "pandok")
        self.process = subprocess.Popen(
            [program, "serve", "--port", str(self.port)],
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        while not self._answers():
            if time.monotonic() - begun > LONGEST_START_S or self.process.poll() is not None:
                raise SystemExit("the server did not start")
            time.sleep(0.1)
        self.starts_s.append(round(time.monotonic() - begun, 1))

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def _answers(self) -> bool:
        """With a page: a socket of those that were killed may still take a connection."""
        asked = HTTPConnection(HOST, self.port, timeout=TIMEOUT_S)
        try:
            asked.request("GET", "/sign-in/")
            return asked.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            asked.close()


@dataclass
class Seen:
    """What the readers saw together. `times`: kind → (when it was asked, ms); `kept`: what was acknowledged."""

    times: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    kept: list[tuple[str, int, str]] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    sent_again: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Reader:
    def __init__(self, port: int, names: dict[str, str], session: str, address: str, seen: Seen):
        self._port, self._address, self._seen = port, address, seen
        token = secrets.token_hex(16)
        self._headers = {
            "Cookie": f"{names['session']}={session}; {names['csrf']}={token}",
            "X-CSRFToken": token,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self._connection: HTTPConnection | None = None
        self._held: list[int] = []

    def train(self, until: float, pace_s: float, chance: random.Random) -> None:
        time.sleep(chance.uniform(0, pace_s))
        number = 1
        while time.monotonic() < until:
            if not self._one(number, pace_s * chance.uniform(0.5, 1.5), chance.choice(("stop", "clear"))):
                return
            number += 1

    def _one(self, number: int, whole_s: float, said: str) -> bool:
        sent: dict[str, Any] = {"number": number, "within_page": "on"}
        begun = time.monotonic()
        given = self._asked("picture_given", "POST", "next/", {**sent, "held": json.dumps(self._held)})
        time.sleep(0.6 * whole_s)
        answered = given and self._asked("answer", "POST", "decide/", {**sent, "decision": said, "marks": "[]"})
        time.sleep(0.1 * whole_s)
        if not answered or not self._asked("confidence_and_choice", "POST", "confidence/", {**sent, "confidence": 3}):
            return False
        with self._seen.lock:
            self._seen.kept.append((self._address.rstrip("/").rpartition("/")[2], number, said))
        told = self._asked("ahead", "POST", "ahead/", {"none": ""})
        views = json.loads(told)["views"] if told else []
        self._held = [view["view"] for view in views if self._asked("sealed_picture", "GET", whole=view["address"])]
        time.sleep(max(0.0, begun + whole_s - time.monotonic()))
        return True

    def _asked(
        self, kind: str, method: str, beyond: str = "", data: dict[str, Any] | None = None, *, whole: str = ""
    ) -> bytes:
        """Until it is answered. Nothing where it was refused."""
        body = urllib.parse.urlencode(data) if data else None
        again, status, begun, sent = False, 0, time.monotonic(), b""
        while not status:
            begun = time.monotonic()
            try:
                status, sent = self._once(method, whole or self._address + beyond, body)
            except (OSError, HTTPException):
                self._connection, again = None, True
                time.sleep(AGAIN_S)
        with self._seen.lock:
            if again:
                self._seen.sent_again += 1
            else:
                self._seen.times.setdefault(kind, []).append((begun, 1e3 * (time.monotonic() - begun)))
            if status != 200:
                self._seen.refused[f"{kind} {status}"] += 1
        return sent if status == 200 else b""

    def _once(self, method: str, address: str, body: str | None) -> tuple[int, bytes]:
        if self._connection is None:
            self._connection = HTTPConnection(HOST, self._port, timeout=TIMEOUT_S)
        self._connection.request(method, address, body, self._headers)
        answer = self._connection.getresponse()
        sent = answer.read()
        if answer.will_close:
            self._connection.close()
            self._connection = None
        return answer.status, sent


def measured(
    readers: int, seconds: float, pace_s: float, kills: int, pictures: int, before: int, seed: int, servers: int
) -> Any:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        home = str(Path(folder) / "home")
        environment = os.environ | {"PANDOK_HOME": home, "PANDOK_TWO_STEP": "off", "PANDOK_SERVERS": str(servers)}
        Path(home).mkdir()
        told = in_process("prepare", environment, home, *map(str, (readers, pictures, before, seed)))
        with socket.socket() as free:
            free.bind((HOST, 0))
            port = free.getsockname()[1]
        server, seen = Server(environment, port), Seen()
        begun = time.monotonic()
        end = begun + seconds
        threads = []
        for session, address in told["people"]:
            reader = Reader(port, told, session, address, seen)
            threads.append(
                threading.Thread(target=reader.train, args=(end, pace_s, random.Random(chance.random())), daemon=True)
            )
        for one in threads:
            one.start()
        down: list[tuple[float, float]] = []
        for moment in sorted(chance.uniform(0.2, 0.9) * seconds for _ in range(kills)):
            time.sleep(max(0.0, begun + moment - time.monotonic()))
            killed = time.monotonic()
            server.kill()
            server.start()
            down.append((killed, time.monotonic() + SETTLING_S))
        for one in threads:
            one.join(timeout=seconds + 2 * pace_s + 120)
        still = sum(one.is_alive() for one in threads)
        took = time.monotonic() - begun
        server.kill()
        found = in_process("kept", environment, home)
    stored = {(sitting, number): said for sitting, number, said in found["answers"]}
    became = [(said, stored.get((sitting, number))) for sitting, number, said in seen.kept]
    changed = Counter(f"{said} became {now}" for said, now in became if now not in (said, None))
    quiet = {
        kind: [(at, ms) for at, ms in rows if not any(first - ms / 1e3 <= at <= last for first, last in down)]
        for kind, rows in seen.times.items()
    }
    answers = [ms for kind in ANSWER_KINDS for _, ms in quiet.get(kind, [])]
    return {
        "readers": readers,
        "servers": servers,
        "pace_s": pace_s,
        "seconds": round(took, 1),
        "kills": kills,
        "server_starts_s": server.starts_s,
        "requests": sum(map(len, seen.times.values())) + seen.sent_again,
        "requests_sent_again": seen.sent_again,
        "refused": dict(seen.refused),
        "readers_stuck": still,
        "answers_acknowledged": len(seen.kept),
        "answers_lost": sum(now is None for _, now in became),
        "answers_changed": dict(changed),
        "answers_kept_twice": len(found["answers"]) - len(stored),
        "audit_chain_broken": found["audit_chain_broken"],
        "answers_a_second": round(len(seen.kept) / took, 2),
        "answer_ms": spread(answers) if answers else {},
        "ms_apart_from_kills": {kind: spread([ms for _, ms in rows]) for kind, rows in sorted(quiet.items()) if rows},
        "ms": {kind: spread([ms for _, ms in rows]) for kind, rows in sorted(seen.times.items())},
        "answer_p95_ms_by_half_minute": by_half_minute(quiet, begun),
        "goal_ms": GOAL_MS,
    }


def by_half_minute(quiet: dict[str, list[tuple[float, float]]], begun: float) -> list[float | None]:
    """Of the answers and confidences apart from kills: whether it is a start, or goes on."""
    rows = [row for kind in ANSWER_KINDS for row in quiet.get(kind, [])]
    last = max((int((at - begun) // 30) for at, _ in rows), default=-1)
    found = [[ms for at, ms in rows if int((at - begun) // 30) == place] for place in range(last + 1)]
    return [round(float(np.percentile(one, 95)), 1) if one else None for one in found]


def main() -> None:
    if sys.argv[1:2] == ["--child"]:
        print(json.dumps({"prepare": prepare, "kept": kept}[sys.argv[2]](*sys.argv[3:])))
        return
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("--readers", type=int, default=300)
    arguments.add_argument("--seconds", type=float, default=600)
    arguments.add_argument("--pace", type=float, default=20.0)
    arguments.add_argument("--kills", type=int, default=5)
    arguments.add_argument("--pictures", type=int, default=2000)
    arguments.add_argument("--before", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=13)
    arguments.add_argument("--servers", type=int, default=2, help="PANDOK_SERVERS")
    arguments.add_argument("--out", type=Path)
    given = arguments.parse_args()
    result = measured(
        given.readers, given.seconds, given.pace, given.kills, given.pictures, given.before, given.seed, given.servers
    )
    if given.out:
        question = (
            "How long does an answer take over the network with many readers in one session, and is any lost at a kill?"
        )
        write_result(given.out, question, given.seed, result)
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
