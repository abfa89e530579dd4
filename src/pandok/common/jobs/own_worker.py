"""A worker process beside this one: started with it, started again when it ends, stopped with it.

A process and not a thread, so that long work takes no time from the pages and a crash in a library takes no page down.
However this process ends, kill -9 included, the pipe to the worker closes and the worker stops after the job in hand.
Two workers may overlap for that moment; leases keep them apart.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
import time
from types import TracebackType

from pandok.common.jobs.lanes import Lane

_log = logging.getLogger("pandok.worker")
COMMAND = (sys.executable, "-m", "pandok.common.jobs")


def lane_command(lane: Lane) -> tuple[str, ...]:
    """The command of a worker for one lane: mail and clocks never wait for photographs, nor these for the lab."""
    return (*COMMAND, lane.value)


WORTH_WAITING_S = 5.0
"""A worker that ended sooner than this is started again only after this time."""
LAST_JOB_S = 20.0


class WorkerBeside:
    """`with WorkerBeside():` keeps one worker running."""

    def __init__(self, command: tuple[str, ...] = COMMAND):
        self._command = command
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep_running, name="worker beside", daemon=True)

    def __enter__(self) -> WorkerBeside:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.ask_to_end()
        self._thread.join(LAST_JOB_S)
        if self._process is not None and self._process.poll() is None:
            self._process.kill()

    def ask_to_end(self) -> None:
        """After the job in hand; several workers are asked first and waited for then."""
        self._stopping.set()
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()

    def _keep_running(self) -> None:
        while not self._stopping.is_set():
            started = time.monotonic()
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                start_new_session=True,  # Ctrl+C is for the server; the worker is told by its pipe
            )
            if self._stopping.is_set() and self._process.stdin is not None:
                self._process.stdin.close()
            code = self._process.wait()
            if self._stopping.is_set():
                return
            _log.warning("the worker ended (%s) and is started again", code)
            if time.monotonic() - started < WORTH_WAITING_S:
                self._stopping.wait(WORTH_WAITING_S)
