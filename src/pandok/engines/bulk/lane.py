"""One sandbox and the cases that go through it; a sandbox that a case has brought down is opened again."""

from __future__ import annotations

import time
from contextlib import ExitStack

from pandok.engines.bulk.values import CaseInput, CaseResult, Open, Running
from pandok.engines.sandbox.codes import SandboxCode, SandboxError


class Lane:
    """`with Lane(open_model) as lane: lane.result(case)`. The first sandbox is opened at once."""

    def __init__(self, open_model: Open):
        self._open_model = open_model
        self._stack = ExitStack()
        self._running: Running | None = None

    def __enter__(self) -> Lane:
        self._running = self._stack.enter_context(self._open_model())
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def result(self, case: CaseInput) -> CaseResult:
        """What the model says to the case, and how long it took."""
        if self._running is None:
            self._running = self._stack.enter_context(self._open_model())
        started = time.perf_counter()
        try:
            outputs = self._running.run(case.tensors)
        except SandboxError as failed:
            if failed.sandbox_code is SandboxCode.NOT_AVAILABLE:
                raise
            self._close()
            return CaseResult(case.number, None, _ms_since(started), failed.sandbox_code.value)
        return CaseResult(case.number, outputs, _ms_since(started))

    def _close(self) -> None:
        self._running = None
        self._stack.close()


def _ms_since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 3)
