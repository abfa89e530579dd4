"""A model whose worker dies at the given numbers, as a machine does: without a word."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pandok.engines.bulk.values import Running, Tensors


@dataclass(frozen=True)
class Killed:
    """`times`: so often at each number; marks are files in `folder`."""

    folder: str
    at: frozenset[int]
    times: int = 1

    @contextmanager
    def __call__(self) -> Iterator[Running]:
        yield self

    def run(self, inputs: Tensors) -> Tensors:
        number = int(inputs["x"][0, 0])
        marks = len(list(Path(self.folder).glob(f"{number}-*")))
        if number in self.at and marks < self.times:
            (Path(self.folder) / f"{number}-{marks}").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return {"y": np.asarray(inputs["x"]) * 2}
