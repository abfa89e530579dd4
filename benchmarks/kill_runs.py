"""Kill the lab's workers without warning, at any moment of a run, and look whether anything was lost or doubled.

python -m benchmarks.kill_runs --kills 200

Two workers carry runs through real sandboxes on data from the real vault. One of them is killed (SIGKILL) after a
random time and replaced; now and then one is only stopped until its lease is over, and wakes up as one that was
overtaken. Afterwards every run must be scored once, with every output right, no sandbox may be left over, and no byte
of the sealed rows may lie in clear below the home folder (temporary files are kept there as well).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LEASE_S = 3.0
ROWS, BATCH = 240, 20
WORKERS = 2
LONGEST_S = 1.2
SETTLE_S = 120.0


def run(kills: int, *, pauses: int, seed: int, home: Path) -> dict[str, Any]:
    """In a process of its own, so that the caller's Django is left alone."""
    (home / "tmp").mkdir(parents=True, exist_ok=True)
    environment = os.environ | {
        "PANDOK_HOME": str(home),
        "PANDOK_STORE": "",
        "DJANGO_SETTINGS_MODULE": "pandok.web.django_settings",
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        "TMPDIR": str(home / "tmp"),
        "OMP_NUM_THREADS": "1",
    }
    command = [sys.executable, "-m", "benchmarks.kill_runs", "--inside", str(kills), str(pauses), str(seed)]
    done = subprocess.run(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _inside(kills: int, pauses: int, seed: int) -> dict[str, Any]:
    import django

    django.setup()
    from pandok.web.database_tables import bring_up_to_date

    bring_up_to_date()
    from benchmarks.lab_site import make_site, submit
    from pandok.engines.bulk.sandboxes import LimitedSandboxes
    from pandok.engines.sandbox.limits import Limits
    from pandok.engines.sandbox.sandbox import open_sandbox
    from pandok.settings import settings

    home = settings().home
    sandbox = open_sandbox()
    site = make_site(home, rows=ROWS, level=min(2, sandbox.level))
    submission = submit(site, LimitedSandboxes(sandbox, Limits()))
    rng = random.Random(seed)
    crew = _Crew(_work)
    deeds = ["kill"] * kills + ["pause"] * pauses
    rng.shuffle(deeds)
    started = time.monotonic()
    try:
        for deed in deeds:
            _keep_busy(submission)
            crew.fill()
            time.sleep(rng.uniform(0.05, LONGEST_S))
            if deed == "kill":
                crew.kill(rng)
            else:
                crew.pause(rng)
        crew.fill()
        left = _settle()
    finally:
        crew.end()
    problems = _problems(home) + [f"run {one} is not over" for one in left]
    problems += [f"a sandbox outlived its worker: {one}" for one in crew.left_over()]
    return {"kills": kills, "pauses": pauses, "seconds": round(time.monotonic() - started, 1), "problems": problems} | (
        _counts()
    )


class _Crew:
    """Workers as forked processes: what takes long to import is imported already."""

    def __init__(self, work: Callable[[], None]):
        self._work = work
        self._processes: list[int] = []
        self._sandboxes: set[str] = set()

    def fill(self) -> None:
        from django.db import connections

        connections.close_all()
        while len(self._processes) < WORKERS:
            process = os.fork()
            if not process:
                try:
                    self._work()
                finally:
                    os._exit(1)
            self._processes.append(process)

    def kill(self, rng: random.Random) -> None:
        victim = self._processes.pop(rng.randrange(len(self._processes)))
        os.kill(victim, signal.SIGSTOP)
        self._sandboxes |= _below(victim)
        os.kill(victim, signal.SIGKILL)
        os.waitpid(victim, 0)

    def pause(self, rng: random.Random) -> None:
        victim = rng.choice(self._processes)
        os.kill(victim, signal.SIGSTOP)
        time.sleep(LEASE_S + 1)
        os.kill(victim, signal.SIGCONT)

    def end(self) -> None:
        while self._processes:
            self.kill(random.Random(0))

    def left_over(self) -> list[str]:
        """Sandboxes that are still there a moment after their worker was killed."""
        end = time.monotonic() + 5
        while (left := self._sandboxes & _processes().keys()) and time.monotonic() < end:
            time.sleep(0.1)
        return sorted(left)


def _work() -> None:
    """One worker of the lab, with short leases and small batches."""
    from pandok.common.jobs import worker as worker_module
    from pandok.common.jobs.ticks import KIND
    from pandok.common.jobs.work import open_work
    from pandok.common.jobs.worker import Worker
    from pandok.engines.bulk.live_workers import AliveFile
    from pandok.fields.lab.acts.runs import job
    from pandok.fields.lab.acts.runs import sealed_part as cases
    from pandok.fields.lab.acts.runs.run_moves import JOB
    from pandok.settings import settings

    worker_module.POLL_S, cases.BATCH_CASES = 0.05, BATCH
    home = settings().home
    work = open_work(settings().model_copy(update={"worker_lease_s": LEASE_S}), home)
    name = f"worker-{os.getpid()}"
    open_usual = job.open_run_tools  # type: ignore[attr-defined]  # what the job imported is put in its place
    job.open_run_tools = lambda given: _quick(open_usual(given))  # type: ignore[attr-defined]  # likewise
    with AliveFile(home / "workers", name):
        worker = Worker(name, work, lease_s=LEASE_S, alive_folder=home / "workers", kinds=[JOB, KIND])
        worker.run(threading.Event())


def _quick(tools: Any) -> Any:
    from dataclasses import replace

    return replace(tools, lease_s=LEASE_S)


def _keep_busy(submission: Any) -> None:
    """At least as many runs wait as there are workers."""
    from datetime import UTC, datetime

    from pandok.common.models import Job
    from pandok.core.lab.problem import Part
    from pandok.fields.lab.acts.runs.run_moves import JOB, queue_run
    from pandok.fields.lab.models import Run

    Job.objects.filter(kind=JOB).update(max_attempts=1000)  # nobody is killed so often outside of here
    while Run.objects.filter(state="queued").count() < WORKERS:
        queue_run(
            submission=submission,
            registration=submission.pack.locked,
            part=Part.FEEDBACK,
            actor=submission.by,
            reason="to be killed",
            now=datetime.now(UTC),
        )


def _settle() -> list[str]:
    """Wait until every run is over; those that are not."""
    from pandok.fields.lab.models import Run

    over = ("awaiting_release", "released", "refused", "failed_lab", "timed_out", "cancelled")
    end = time.monotonic() + SETTLE_S
    while left := list(Run.objects.exclude(state__in=over).values_list("pk", flat=True)):
        if time.monotonic() > end:
            return [str(one) for one in left]
        time.sleep(0.2)
    return []


def _problems(home: Path) -> list[str]:
    """What was lost, doubled, or left in clear."""
    from benchmarks.lab_site import MARKER
    from pandok.common.audit import writing as audit
    from pandok.fields.lab.models import LadderBoard, Run

    wrong = [fault for run in Run.objects.all() for fault in _faults(run)]
    places = sorted(LadderBoard.objects.values_list("number", flat=True))
    if places != list(range(1, Run.objects.count() + 1)):
        wrong.append(f"the places on the Ladder are {places}")
    if broken := audit.verify():
        wrong.append(f"the audit chain breaks at {broken.sequence}")
    for path in sorted(home.rglob("*")):
        if path.is_file() and MARKER.encode() in path.read_bytes():
            wrong.append(f"a sealed row lies in clear in {path.relative_to(home)}")
    return wrong


def _faults(run: Any) -> list[str]:
    from benchmarks.lab_site import score_of
    from pandok.fields.lab.models import LadderBoard
    from pandok.fields.lab.states.run_states import RunState, may_move

    if run.stands is not RunState.AWAITING_RELEASE:
        return [f"run {run.pk} ended as {run.state} ({run.refusal_code})"]
    wrong = []
    found = {one.case_id: one.value for one in run.outputs.all()}
    expected = {f"f{one:06d}": score_of(one, "feedback") for one in range(ROWS)}
    if found.keys() != expected.keys() or run.done != ROWS or run.outputs.count() != ROWS:
        wrong.append(f"run {run.pk} has {run.outputs.count()} outputs and says {run.done}")
    elif any(abs(found[one][0] - value) > 1e-3 for one, value in expected.items()):
        wrong.append(f"run {run.pk} has a wrong output")
    events = list(run.events.order_by("sequence"))
    if [one.sequence for one in events] != list(range(1, len(events) + 1)):
        wrong.append(f"the history of run {run.pk} has a gap")
    for earlier, later in pairwise(events):
        if later.from_state != earlier.to_state or not may_move(RunState(later.from_state), RunState(later.to_state)):
            wrong.append(f"run {run.pk} went from {later.from_state} to {later.to_state}")
        if later.fencing < earlier.fencing:
            wrong.append(f"the fencing number of run {run.pk} fell")
    handed_over = sum(one.to_state == RunState.AWAITING_RELEASE for one in events)
    if handed_over != 1 or run.score_rows.count() != ROWS or LadderBoard.objects.filter(run=run).count() != 1:
        wrong.append(f"run {run.pk} was handed over {handed_over} times and has {run.score_rows.count()} scores")
    return wrong


def _counts() -> dict[str, Any]:
    from pandok.fields.lab.models import Run, RunEvent

    taken = [run.attempts for run in Run.objects.all()]
    died = RunEvent.objects.filter(to_state="queued").exclude(from_state="").values_list("from_state", flat=True)
    return {
        "runs": len(taken),
        "runs_taken_again": sum(one > 1 for one in taken),
        "most_attempts": max(taken),
        "died_in": dict(sorted(Counter(died).items())),
    }


def _processes() -> dict[str, tuple[int, int]]:
    """Every process by number and start time, which together are never used twice: its number, its parent's."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if fields[0] != "Z":
            found[f"{folder.name}@{fields[19]}"] = (int(folder.name), int(fields[1]))
    return found


def _below(process: int) -> set[str]:
    """The children of a process, and theirs."""
    known = _processes()
    family = {process}
    while more := {number for number, parent in known.values() if parent in family} - family:
        family |= more
    return {name for name, (number, _) in known.items() if number in family - {process}}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--pauses", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--inside", nargs=3, type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.inside:
        print(json.dumps(_inside(*chosen.inside)))
        return 0
    with tempfile.TemporaryDirectory(prefix="pandok-kill-runs-") as folder:
        found = run(chosen.kills, pauses=chosen.pauses, seed=chosen.seed, home=Path(folder) / "home")
    print(json.dumps(found, indent=1))
    return 1 if found["problems"] else 0


if __name__ == "__main__":
    sys.exit(main())
