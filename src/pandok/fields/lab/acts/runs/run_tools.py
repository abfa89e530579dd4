"""What a run is done with, joined once for each worker: sandbox, inputs, bulk, scorers. Tests join their own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from pandok.engines.bulk.values import Bulk, Open, Running
from pandok.engines.onnx_gate.gate import Checked
from pandok.fields.lab.models import ProblemPack, Run


@dataclass(frozen=True)
class CaseBytes:
    """One case as it is fed: `number` is its place in the order of case_id."""

    number: int
    case_id: str
    data: bytes = field(repr=False)


class Sandboxes(Protocol):
    """Where models run. `level` is what was measured on this machine at start-up."""

    level: int

    def check(self, model: bytes) -> Checked:
        """The gate, inside. Raises SandboxError where the file brings the sandbox down."""
        ...

    def load(self, model: bytes) -> AbstractContextManager[Running]:
        """Raises SandboxError where the model cannot be loaded."""
        ...

    def opener(self, model: bytes, least_level: int) -> Open:
        """`load` for a bulk; picklable. Where it is called, the sandbox must reach the level."""
        ...


class Inputs(Protocol):
    """The inputs of a problem. Truths are never among them."""

    def public(self, pack: ProblemPack) -> Sequence[CaseBytes]: ...

    def sealed_ids(self, run: Run) -> Sequence[str]:
        """In the order of case_id: queries of the part, and where vectors are compared the register."""
        ...

    def sealed(self, run: Run, done: Collection[str]) -> Iterable[CaseBytes]:
        """Opened one after another, without those that are done; each opening is noted by the vault."""
        ...


@dataclass(frozen=True)
class RunTools:
    sandboxes: Sandboxes
    inputs: Inputs
    bulk: Bulk
    model: Callable[[str], bytes]
    score: Callable[[Run, datetime], object]
    """Idempotent: called again after a crash, it finds what it has made."""
    environment: dict[str, str | int]
    """Versions that outputs depend on."""
    worker: str
    lease_s: float
    run_seconds: float
    """Most time that all cases of a run may take together."""
