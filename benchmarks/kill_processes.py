"""The processes that are killed: each one starts here with Django ready.

python -m benchmarks.kill_processes server PORT | worker | write URL FIRST | settle SECONDS | check URL FILE
"""

from __future__ import annotations

import itertools
import json
import os
import sys
import threading
import time
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.kill_operations import Operation, Site

PAUSE_S = 0.05


def main(arguments: list[str]) -> int:
    role, *rest = arguments
    if role == "server":
        from pandok.web.serve import serve

        serve("127.0.0.1", int(rest[0]))
        return 0
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pandok.web.django_settings")
    import django

    django.setup()
    roles = {"worker": work, "write": write, "settle": settle, "check": check}
    return roles[role](*rest)


def work() -> int:
    import benchmarks.kill_operations  # noqa: F401  (its handlers)
    from pandok.common.jobs.process import run_worker

    return run_worker(until_input_closes=True)


def write(url: str, first: str) -> int:
    """Every operation in a thread of its own, one number after another; each acknowledgement is a line.
    The first line names the operations."""
    from benchmarks.kill_operations import OPERATIONS, Site
    from pandok.settings import settings

    print("operations", *(one.name for one in OPERATIONS), flush=True)
    site = Site(url, settings().home)
    threads = [threading.Thread(target=_write, args=[one, site, int(first)]) for one in OPERATIONS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return 0


def _write(operation: Operation, site: Site, first: int) -> None:
    from django.db import DatabaseError

    for number in itertools.count(first):
        with suppress(OSError, HTTPException, DatabaseError):
            operation.write(number, site)
            # One write, so that lines of several threads do not mix.
            os.write(sys.stdout.fileno(), f"{operation.name} {number}\n".encode())
        time.sleep(PAUSE_S)


def settle(seconds: str) -> int:
    """Wait until no job is left to do; how many are left after so many seconds is the exit code."""
    from pandok.common.models import Job, JobState

    end = time.monotonic() + float(seconds)
    while left := Job.objects.filter(state__in=[JobState.QUEUED, JobState.RUNNING]).exclude(kind="tick").count():
        if time.monotonic() > end:
            return min(left, 100)
        time.sleep(0.2)
    return 0


def check(url: str, file: str) -> int:
    """Print as JSON what is wrong and what there was."""
    from benchmarks.kill_operations import OPERATIONS, Site
    from pandok.common.models import AuditEntry, Delivery, Job
    from pandok.settings import settings

    seen = json.loads(Path(file).read_text(encoding="utf-8"))
    ids = seen["smtp_message_ids"]
    site = Site(url, settings().home, None if ids is None else tuple(ids))
    problems = []
    for operation in OPERATIONS:
        problems += operation.check(frozenset(seen["acknowledged"].get(operation.name, ())), site)
    taken_twice = Job.objects.filter(attempts__gt=1).count()
    found = {
        "jobs": Job.objects.count(),
        "jobs_taken_again_after_a_kill": taken_twice,
        "deliveries": Delivery.objects.count(),
        "deliveries_left_to_a_person": Delivery.objects.filter(state="unknown").count(),
        "audit_entries": AuditEntry.objects.count(),
    }
    print(json.dumps({"problems": problems, "found": found}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
