"""A worker as a process: settings joined, signals heard, until it is told to stop.

SIGTERM and Ctrl+C let it finish the job in hand; a second Ctrl+C ends it at once. Beside the server it also stops when
its standard input closes, which happens however the server ends.
"""

from __future__ import annotations

import os
import signal
import socket
import threading
import uuid
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

NICENESS = 10
"""How far work that can wait stands back behind the pages on the same machine (nice(2))."""


def run_worker(*, once: bool = False, kinds: Sequence[str] = (), until_input_closes: bool = False) -> int:
    """Work until stopped, or with `once` until nothing is due; returns how many jobs `once` took. Django is ready."""

    from pandok.common.jobs.work import open_work
    from pandok.common.jobs.worker import Worker
    from pandok.engines.bulk.live_workers import AliveFile
    from pandok.settings import settings

    home = settings().home
    chosen = settings()
    name = f"{socket.gethostname()[:60]}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
    alive_folder = home / "workers"
    worker = Worker(
        name, open_work(chosen, home), lease_s=chosen.worker_lease_s, alive_folder=alive_folder, kinds=kinds
    )
    with AliveFile(alive_folder, name) as alive:
        try:
            if once:
                return worker.run_until_empty()
            stop = threading.Event()
            _hear(stop)
            if until_input_closes:
                threading.Thread(target=_stop_with_input, args=[stop], daemon=True).start()
            worker.run(stop)
            return 0
        finally:
            if not worker.holds_nothing():
                alive.leave_behind()  # as of one that was killed: the next worker takes over what it held, at once


def main(arguments: Sequence[str]) -> None:
    """A worker beside the server (`python -m pandok.common.jobs [short|reading|long]`): all work, or that of a lane."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pandok.web.django_settings")
    import django

    django.setup()
    from pandok.common.jobs.lanes import Lane
    from pandok.common.jobs.registry import kinds

    lanes = [Lane(argument) for argument in arguments]
    if lanes and Lane.SHORT not in lanes:
        _stand_back()
    run_worker(kinds=sorted(kinds(*lanes)) if lanes else (), until_input_closes=True)


def _stand_back() -> None:
    """The pages come first: what a person waits for is answered before what the worker does for later."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    with suppress(OSError):
        # Where Linux weighs sessions against each other (sched(7), autogroup), a session of its own has a value too.
        Path("/proc/self/autogroup").write_text(f"{NICENESS}\n", encoding="ascii")


def _hear(stop: threading.Event) -> None:
    def asked_to_stop(number: int, _: object) -> None:
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    signal.signal(signal.SIGTERM, asked_to_stop)
    signal.signal(signal.SIGINT, asked_to_stop)


def _stop_with_input(stop: threading.Event) -> None:
    while os.read(0, 1):
        pass
    stop.set()
