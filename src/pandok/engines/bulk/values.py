"""What goes through a bulk run, and what comes out. tests/contracts/bulk.py says what every bulk must do."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Tensors = Mapping[str, NDArray[np.generic]]


class Running(Protocol):
    """A model, loaded in a sandbox."""

    def run(self, inputs: Tensors) -> Tensors:
        """One case. Raises SandboxError."""
        ...


@runtime_checkable
class RunsSeveral(Protocol):
    """A model that takes several cases with one hand-over, each of them still a call of its own."""

    def fit(self, tensors: Tensors) -> int: ...

    def run_several(self, cases: Sequence[Tensors]) -> Sequence[Tensors]: ...


Open = Callable[[], AbstractContextManager[Running]]
"""Opens a sandbox with the model loaded; called again after a case that brought it down. Raises SandboxError."""


@dataclass(frozen=True, eq=False)
class CaseInput:
    number: int
    tensors: Tensors


@dataclass(frozen=True, eq=False)
class CaseResult:
    """`outputs` is None exactly where `code` says why."""

    number: int
    outputs: Tensors | None
    ms: float
    code: str = ""


class Bulk(Protocol):
    """Promise: one result for each case, in any order; the same outputs, bit for bit, however many sandboxes work;
    no case is asked for long before its turn, so that few inputs lie open in memory at a time."""

    def run(self, open_model: Open, cases: Iterable[CaseInput]) -> Iterator[CaseResult]: ...


def sha256_of(array: NDArray[np.generic]) -> str:
    """Names an output tensor: its type, its shape and its bytes."""
    whole = np.ascontiguousarray(array)
    head = f"{whole.dtype.str} {','.join(map(str, whole.shape))}\n".encode()
    return hashlib.sha256(head + whole.tobytes()).hexdigest()
