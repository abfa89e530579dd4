"""One way out: what it is called, from which level on it must be stopped, and whom it would work for outside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Facts = dict[str, Any]
# "anyone", "root": who can do it without a sandbox, so that a test can show that the attempt itself works.
# "none": it would harm the machine or needs what not every machine has, so no control is run.
Control = Literal["anyone", "root", "none"]


@dataclass(frozen=True)
class Attempt:
    """`run` answers whether it got through; an OSError means that it was stopped."""

    name: str
    level: int
    control: Control
    run: Callable[[Facts], object]


def collector() -> tuple[list[Attempt], Callable[[int, Control], Callable[[Callable[[Facts], object]], Attempt]]]:
    """A list and the decorator that fills it."""
    tries: list[Attempt] = []

    def attempt(level: int, control: Control) -> Callable[[Callable[[Facts], object]], Attempt]:
        def add(run: Callable[[Facts], object]) -> Attempt:
            made = Attempt(run.__name__, level, control, run)
            tries.append(made)
            return made

        return add

    return tries, attempt
