"""Question: does any hostile model get past the gate or out of the sandbox, and how long does each refusal take?

    python -m benchmarks.hostile_models --out benchmarks/results/hostile_models.json

Every model of the hostile corpus is checked by the gate inside the sandbox, as a submission is. Then the same file is
loaded into the sandbox as if there were no gate, and asked for an answer. A model escapes when the gate accepts it,
when a refusal does not explain itself in both languages, or when an answer holds bytes of a file of this machine: the
corpus asks for /etc/passwd, /proc and others. The attempts of the self-test, all of them from inside, come with it.
"""

from __future__ import annotations

import argparse
import os
import time
from collections import Counter
from pathlib import Path
from typing import Any

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import numpy as np

from benchmarks.machine import write_result
from pandok.engines.sandbox.codes import SandboxError
from pandok.engines.sandbox.limits import MIB, Limits
from pandok.engines.sandbox.sandbox import Sandbox, open_sandbox
from tests.engines.onnx_gate.corpus import HOSTILE
from tests.engines.sandbox import models

LIMITS = Limits(memory_bytes=512 * MIB, seconds_to_load=10, seconds_per_case=2, seconds_in_all=5, may_be_nan=True)
PASS_THE_GATE = ("burns_time", "takes_memory_when_it_runs", "takes_memory_when_it_loads")
SENSITIVE = ("/etc/passwd", "/proc/self/environ", "/proc/version")


def checked(sandbox: Sandbox, data: bytes) -> dict[str, Any]:
    started = time.perf_counter()
    found = sandbox.check(data)
    explained = all(text.ko and text.en for one in found.refusals for text in (one.what, one.next_step))
    return {
        "accepted": found.accepted,
        "codes": sorted({one.code for one in found.refusals}),
        "explained": explained and bool(found.refusals),
        "ms": round(1e3 * (time.perf_counter() - started), 1),
    }


def run_without_gate(sandbox: Sandbox, data: bytes, secrets: list[bytes], fill: float = 1.0) -> dict[str, Any]:
    started = time.perf_counter()
    leaked = False
    try:
        with sandbox.load(data, LIMITS) as running:
            shapes = {one.name: tuple(size or 1 for size in one.shape) for one in running.inputs}
            answer = running.run(
                {one.name: np.full(shapes[one.name], fill, one.element_type) for one in running.inputs}
            )
            ended = "answered"
            leaked = any(secret in tensor.tobytes() for tensor in answer.values() for secret in secrets)
    except SandboxError as error:
        ended = error.error_code
    return {"ended": ended, "leaked": leaked, "ms": round(1e3 * (time.perf_counter() - started), 1)}


def first_bytes(paths: tuple[str, ...]) -> list[bytes]:
    """What a leak would begin with: sixteen bytes of each file, the size of the corpus's weights."""
    return [data for path in paths if len(data := Path(path).read_bytes()[:16]) == 16]


def spread(values: list[float]) -> dict[str, float]:
    return {f"p{part}": round(float(np.percentile(values, part)), 1) for part in (50, 95, 100)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    load = os.getloadavg()[0]
    sandbox = open_sandbox()
    secrets = first_bytes(SENSITIVE)
    rows = {}
    for name, (build, expected) in HOSTILE.items():
        data = build()
        gate = checked(sandbox, data)
        rows[name] = {
            "expected": sorted(expected),
            "gate": {**gate, "as_expected": bool(set(gate["codes"]) & expected)},
            "without_gate": run_without_gate(sandbox, data, secrets),
        }
    beyond = {name: run_without_gate(sandbox, getattr(models, name)(), secrets, 4096.0) for name in PASS_THE_GATE}
    tried = sandbox.tested.attempts
    measured = {
        "level": sandbox.level,
        "load_at_start": round(load, 1),
        "models": len(rows),
        "accepted_by_the_gate": sum(row["gate"]["accepted"] for row in rows.values()),
        "refused_for_the_expected_reason": sum(row["gate"]["as_expected"] for row in rows.values()),
        "explained_in_both_languages": sum(row["gate"]["explained"] for row in rows.values()),
        "leaked_without_gate": sum(row["without_gate"]["leaked"] for row in rows.values()),
        "ended_without_gate": dict(Counter(row["without_gate"]["ended"] for row in rows.values())),
        "check_ms": spread([row["gate"]["ms"] for row in rows.values()]),
        "attempts_from_inside": len(tried),
        "attempts_that_got_through": [one.name for one in tried if not one.held],
        "pass_the_gate_and_burn": beyond,
        "by_model": rows,
    }
    print({name: value for name, value in measured.items() if name != "by_model"})
    if given.out:
        write_result(given.out, __doc__.splitlines()[0].removeprefix("Question: "), 0, measured)


if __name__ == "__main__":
    main()
