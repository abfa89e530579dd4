"""Question: what does the desk do when ten captures a second come for minutes?

    python -m benchmarks.load --designs 100000 --rate 10 --seconds 300 --out benchmarks/results/load_sqlite.json
    python -m benchmarks.load --store pgserver …                           # a real PostgreSQL from a wheel

A real server with its worker on a register of that size; captures are sent through the API on time, whether or not
earlier ones have been answered (open loop). Counted are answers and errors, how long a capture took until it was
safely kept, how many had been read with the answer, how many were read later and how long the last of them waited.
Server, worker and sender share the machine's cores.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
import uuid
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.machine import write_result
from benchmarks.own_postgresql import chosen_store

SEED = 41
PHOTOGRAPHS = 12


def prepare(designs: int) -> str:
    """A home with register, index and an officer; returns a token. Runs in a process of its own."""
    import django

    django.setup()
    from pandok.web.database_tables import bring_up_to_date

    bring_up_to_date()
    from django.contrib.auth.models import Group

    from benchmarks.import_register import make_source
    from benchmarks.reading_time import fill_index
    from pandok.common.models import Account
    from pandok.common.people.accounts import ensure_role_groups
    from pandok.common.people.tokens import make_token
    from pandok.engines.files.blobs import FolderBlobs
    from pandok.fields.counterfeit.roles import Role
    from pandok.fields.designs.open_desk import Desk
    from pandok.fields.register.acts.importing import import_source
    from pandok.settings import settings

    home = Path(os.environ["PANDOK_HOME"])
    with tempfile.TemporaryDirectory() as source:
        make_source(Path(source), designs, 1)
        import_source(Path(source), actor="benchmark", now=datetime.now(UTC), blobs=FolderBlobs(home / "blobs"))
    fill_index(Desk(settings()), np.random.default_rng(SEED))
    ensure_role_groups()
    officer = Account.objects.create_user("officer")
    officer.groups.add(Group.objects.get(name=Role.OFFICER.value))
    now = datetime.now(UTC)
    _, text = make_token(
        account=officer,
        title="load",
        scopes=["read_photographs", "see_own_readings"],
        expires_at=now + timedelta(days=1),
        actor=officer,
        now=now,
    )
    return text


def counts() -> dict[str, int]:
    import django

    django.setup()
    from django.db.models import Count

    from pandok.common.audit import writing as audit
    from pandok.fields.designs.models import Capture, ReadingRecord, Signal

    states = dict(Capture.objects.values_list("state").annotate(Count("pk")))
    return {
        **{f"captures_{state}": count for state, count in states.items()},
        "signals": Signal.objects.count(),
        "readings": ReadingRecord.objects.count(),
        "audit_chain_broken": int(audit.verify() is not None),
    }


def waiting() -> int:
    """Captures without a reading. Asked while the workers are being measured, so nothing else is looked at."""
    import django

    django.setup()
    from pandok.fields.designs.models import Capture

    return Capture.objects.filter(state="received").count()


def _in_process(what: str, environment: dict[str, str], *arguments: str) -> Any:
    command = [sys.executable, "-m", "benchmarks.load", "--child", what, *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


def _body(photograph: bytes, capture_id: str) -> tuple[bytes, str]:
    mark = uuid.uuid4().hex
    head = (
        f'--{mark}\r\nContent-Disposition: form-data; name="capture_id"\r\n\r\n{capture_id}\r\n'
        f'--{mark}\r\nContent-Disposition: form-data; name="photographs"; filename="a.jpg"\r\n'
        "Content-Type: image/jpeg\r\n\r\n"
    )
    return head.encode() + photograph + f"\r\n--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"


def send(address: str, token: str, photograph: bytes, out: list[tuple[float, int, str]]) -> None:
    body, kind = _body(photograph, str(uuid.uuid4()))
    request = urllib.request.Request(
        f"{address}/api/v1/captures", data=body, headers={"Content-Type": kind, "Authorization": f"Bearer {token}"}
    )
    started = time.perf_counter()
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            status, state = answer.status, json.loads(answer.read())["state"]
    except urllib.error.HTTPError as error:
        status, state = error.code, error.read().decode()[:200]
    except (OSError, ValueError) as error:
        status, state = 0, type(error).__name__
    out.append((1e3 * (time.perf_counter() - started), status, state))


def run(options: argparse.Namespace, environment: dict[str, str], token: str) -> dict[str, Any]:
    from benchmarks.reading_time import photographs

    pictures = photographs(PHOTOGRAPHS, np.random.default_rng(SEED))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [str(Path(sys.executable).with_name("pandok")), "serve", "--port", str(port)], env=environment
    )
    answers: list[tuple[float, int, str]] = []
    try:
        _wait(address)
        warm: list[tuple[float, int, str]] = []
        for picture in pictures[:3]:
            send(address, token, picture, warm)
        threads = []
        started = time.perf_counter()
        for number in range(int(options.rate * options.seconds)):
            due = started + number / options.rate
            time.sleep(max(0.0, due - time.perf_counter()))
            thread = threading.Thread(target=send, args=(address, token, pictures[number % len(pictures)], answers))
            thread.start()
            threads.append(thread)
        for thread in threads:
            thread.join()
        sent_for = time.perf_counter() - started
        drained = _wait_until_read(environment, options.drain_s)
    finally:
        server.terminate()
        server.wait(30)
    times = [took for took, status, _ in answers if status in (200, 201)]
    return {
        "rate_per_s": options.rate,
        "seconds": options.seconds,
        "sent": len(answers),
        "kept": len(times),
        "errors": {str(status): sum(1 for _, s, _ in answers if s == status) for _, status, _ in answers
                   if status not in (200, 201)},
        "read_with_the_answer": sum(1 for _, status, state in answers if status in (200, 201) and state == "read"),
        "answer_ms": {f"p{p}": round(float(np.percentile(times, p)), 1) for p in (50, 95, 99)} if times else {},
        "sending_took_s": round(sent_for, 1),
        "drained_after_s": drained,
        "readings_per_s": round(len(times) / (sent_for + drained), 2) if drained is not None else None,
        "warm_answer": warm[-1][1:],
        **_in_process("counts", environment),
    }  # fmt: skip


def _wait(address: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{address}/sign-in/", timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError("the server did not come up")


def _wait_until_read(environment: dict[str, str], most_s: float) -> float | None:
    """Seconds after the last answer until nothing waits; None where that took longer than `most_s`."""
    started = time.perf_counter()
    while time.perf_counter() - started < most_s:
        if not _in_process("waiting", environment):
            return round(time.perf_counter() - started, 1)
        time.sleep(10)
    return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--designs", type=int, default=100_000)
    parser.add_argument("--rate", type=float, default=10.0)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--drain-s", type=float, default=900.0)
    parser.add_argument(
        "--store", default="", help="empty: SQLite; pgserver: PostgreSQL from the wheel; else an address"
    )
    parser.add_argument("--out", type=Path)
    parser.add_argument("--child", choices=["prepare", "counts", "waiting"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child == "prepare":
        print(json.dumps(prepare(options.designs)))
        return
    if options.child:
        print(json.dumps(counts() if options.child == "counts" else waiting()))
        return
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        store = stack.enter_context(chosen_store(options.store))
        environment = {
            **os.environ,
            "PANDOK_HOME": home,
            "PANDOK_STORE": store,
            "PANDOK_API_RATE_PER_MINUTE": "100000",
            "DJANGO_SETTINGS_MODULE": "pandok.web.django_settings",
        }
        token = _in_process("prepare", environment, "--designs", str(options.designs))
        measured = {"designs": options.designs, "store": "PostgreSQL" if store else "SQLite"}
        measured |= run(options, environment, token)
    print(json.dumps(measured, indent=1))
    if options.out:
        write_result(options.out, __doc__.splitlines()[0].removeprefix("Question: "), SEED, measured)


if __name__ == "__main__":
    main()
