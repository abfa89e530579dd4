"""What a duty is given: two pipes, the foreign bytes, and the memory for tensors."""

from __future__ import annotations

import mmap
from dataclasses import dataclass
from typing import Any

from pandok.engines.sandbox.protocol.frames import send


@dataclass(frozen=True)
class Task:
    """`shared` holds inputs up to `middle` and outputs from there; `facts` are for the self-test only."""

    request: int
    answer: int
    model: mmap.mmap | bytes
    shared: mmap.mmap
    middle: int
    facts: dict[str, Any]

    def say(self, letter: bytes, body: bytes = b"") -> None:
        send(self.answer, letter, body)
