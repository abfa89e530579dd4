"""How long it takes from a submission to its verdict, and how much of it is the model itself.

python -m benchmarks.submission_to_verdict --rows 10000

A table problem with so many sealed rows in each part: handed in, run on the feedback part, released by two people, run
on the confirm part, judged. In the same run the same rows go through onnxruntime without lab and sandbox.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.machine import machine


def measure(rows: int, lanes: int) -> dict[str, Any]:
    """Django is ready, the database migrated, the home folder empty."""
    from benchmarks.lab_site import make_site, submit
    from pandok.common.jobs.work import open_work
    from pandok.engines.bulk.local import LocalBulk
    from pandok.engines.bulk.sandboxes import LimitedSandboxes
    from pandok.engines.sandbox.sandbox import open_sandbox
    from pandok.fields.lab.acts.runs.limits_of_site import limits_of
    from pandok.fields.lab.acts.runs.open_run_tools import open_run_tools
    from pandok.fields.lab.acts.submissions.sealed_runs import ask_confirmation
    from pandok.settings import settings

    sandbox = open_sandbox()
    site = make_site(settings().home, rows=rows, level=min(2, sandbox.level))
    bench = open_run_tools(open_work(settings(), settings().home))
    if lanes > 1:
        bench = _with_bulk(bench, LocalBulk(lanes))
    started = time.perf_counter()
    submission = submit(site, LimitedSandboxes(sandbox, limits_of(settings())))
    if submission.refusals:
        raise SystemExit(f"refused: {submission.refusals}")
    received_s = time.perf_counter() - started
    feedback = submission.runs.get(part="feedback")
    feedback_s = _timed(lambda: _carried(feedback, bench))
    _release(feedback)
    confirm = ask_confirmation(submission=submission, actor=site.company, now=datetime.now(UTC))
    confirm_s = _timed(lambda: _carried(confirm, bench))
    confirm.refresh_from_db()
    plain_s, fed_s = _plain(rows)
    stages = {run.part: _stages(run) for run in (feedback, confirm)}
    running = stages["confirm"]["running"]
    return {
        "rows": rows,
        "lanes": lanes,
        "sandbox_level": sandbox.level,
        "received_s": round(received_s, 2),
        "feedback_run_s": round(feedback_s, 2),
        "confirm_run_s": round(confirm_s, 2),
        "submission_to_verdict_s": round(received_s + feedback_s + confirm_s, 2),
        "stages_s": stages,
        "verdict": confirm.comparison.verdict,
        "rows_a_second": {
            "lab": round(rows / running),
            "onnxruntime_with_preprocessing": round(rows / fed_s),
            "onnxruntime_alone": round(rows / plain_s),
        },
        "machine": machine(),
    }


def _timed(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _with_bulk(bench: Any, bulk: Any) -> Any:
    from dataclasses import replace

    return replace(bench, bulk=bulk)


def _carried(run: Any, bench: Any) -> None:
    from pandok.fields.lab.acts.runs.carry_run import do_run

    done = do_run(run_id=run.pk, tools=bench, clock=lambda: datetime.now(UTC))
    if done is None or done.state != "awaiting_release":
        raise SystemExit(f"the run ended as {done and done.state} {done and done.refusals}")


def _release(run: Any) -> None:
    from benchmarks.lab_site import person
    from pandok.fields.lab.acts.scoring.releasing import vote_on_release
    from pandok.fields.lab.roles import Role

    for role in (Role.EVALUATOR, Role.OUTPUT_CHECKER):
        vote_on_release(run=run, actor=person(role), approves=True, reason="to measure", now=datetime.now(UTC))


def _stages(run: Any) -> dict[str, float]:
    """Seconds between the steps of a run's history."""
    events = list(run.events.order_by("sequence"))
    return {
        earlier.to_state: round((later.at - earlier.at).total_seconds(), 2)
        for earlier, later in pairwise(events)
        if earlier.to_state in ("checking", "running", "scoring")
    }


def _plain(rows: int) -> tuple[float, float]:
    """The same rows through onnxruntime with one thread: seconds without and with the preprocessing of the lab."""
    import onnxruntime

    from benchmarks.lab_site import model, row, submission_sheet
    from pandok.core.lab.problem import InputKind, InputSpec
    from pandok.engines.feeding.tables import table_tensor

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model(), options, providers=["CPUExecutionProvider"])
    spec = InputSpec(kind=InputKind.TABLE, columns=("mass", "value", "note"))
    steps = submission_sheet().preprocess
    raw = [
        json.dumps({"mass": f"{mass:.2f}", "note": note, "value": f"{value:.2f}"}).encode()
        for mass, value, note in (row(number, "confirm") for number in range(rows))
    ]
    started = time.perf_counter()
    fed = [table_tensor(data, spec, steps).astype("float32") for data in raw]
    feeding_s = time.perf_counter() - started
    started = time.perf_counter()
    for one in fed:
        session.run(None, {"x": one})
    alone_s = time.perf_counter() - started
    return alone_s, alone_s + feeding_s


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--lanes", type=int, default=1, help="sandboxes side by side")
    parser.add_argument("--write", type=Path, help="keep the result in this file")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pandok-verdict-") as folder:
        os.environ |= {
            "PANDOK_HOME": folder,
            "PANDOK_STORE": "",
            "DJANGO_SETTINGS_MODULE": "pandok.web.django_settings",
        }
        import django

        django.setup()
        from pandok.web.database_tables import bring_up_to_date

        bring_up_to_date()
        found = measure(chosen.rows, chosen.lanes)
    print(json.dumps(found, indent=1))
    if chosen.write:
        chosen.write.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
