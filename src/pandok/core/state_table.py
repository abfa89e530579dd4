"""The one form of a state table: states in words, the moves between them, and who may take each.

What is not in a table does not exist. docs/look-up/states.md is made from the tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from pandok.core.text import Text

S = TypeVar("S", bound=Enum)
M = TypeVar("M", bound=Enum)


@dataclass(frozen=True)
class StateTable(Generic[S, M]):
    """`title`: what moves; `moves`: (from, to) and who may lead it there; `by`: the movers in words.

    Raises ValueError where a state or mover has no words, or a state cannot be reached from the first one.
    """

    title: Text
    states: Mapping[S, Text]
    by: Mapping[M, Text]
    moves: Mapping[tuple[S, S], frozenset[M]]

    def __post_init__(self) -> None:
        named = {state for pair in self.moves for state in pair}
        movers = {mover for by in self.moves.values() for mover in by}
        if not self.states or not named <= set(self.states) or not movers <= set(self.by):
            raise ValueError(f"{self.title.en}: a state or a mover has no words")
        if any(not by for by in self.moves.values()):
            raise ValueError(f"{self.title.en}: a move that nobody may take")
        reached = {next(iter(self.states))}
        while more := {end for start, end in self.moves if start in reached} - reached:
            reached |= more
        if lost := set(self.states) - reached:
            raise ValueError(f"{self.title.en}: no way leads to {sorted(one.value for one in lost)}")

    def allows(self, old: S, new: S, by: M) -> bool:
        """Whether `by` may lead it from `old` to `new`."""
        return by in self.moves.get((old, new), frozenset())

    def has(self, old: S, new: S) -> bool:
        """Whether anybody may."""
        return (old, new) in self.moves

    def ways_from(self, old: S, by: frozenset[M]) -> tuple[S, ...]:
        """The states that one of `by` may lead it to, in the order of the table."""
        return tuple(new for (start, new), movers in self.moves.items() if start is old and movers & by)

    def ends_at(self, state: S) -> bool:
        """Whether nothing leads on from here."""
        return not any(start is state for start, _ in self.moves)
