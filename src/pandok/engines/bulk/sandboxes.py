"""The sandboxes of this machine, with the limits of this site."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from pandok.engines.bulk.values import Open, Running
from pandok.engines.onnx_gate.gate import Checked
from pandok.engines.sandbox.limits import CHECKING, Limits
from pandok.engines.sandbox.sandbox import Sandbox, open_sandbox


@dataclass(frozen=True)
class Opener:
    """Picklable, so that another process or machine opens a sandbox of its own."""

    model: bytes
    limits: Limits
    least_level: int

    def __call__(self) -> AbstractContextManager[Running]:
        return open_sandbox().load(self.model, self.limits, least_level=self.least_level)


class LimitedSandboxes:
    def __init__(self, sandbox: Sandbox, limits: Limits):
        self._sandbox, self._limits = sandbox, limits
        self.level = sandbox.level

    def check(self, model: bytes) -> Checked:
        return self._sandbox.check(model, replace(CHECKING, memory_group=self._limits.memory_group))

    def load(self, model: bytes) -> AbstractContextManager[Running]:
        return self._sandbox.load(model, self._limits)

    def opener(self, model: bytes, least_level: int) -> Open:
        return Opener(model, self._limits, least_level)
