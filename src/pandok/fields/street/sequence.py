"""Which numbers of a spool are kept: all up to one, and some beyond it.

A message whose number is kept is a duplicate. The highest number without a gap before it is what a pole is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

WINDOW = 4096
"""How far ahead of the gap a number may be: what is beyond is not taken, and comes again."""


class Came(StrEnum):
    NEW = "new"
    AGAIN = "again"
    TOO_FAR = "too_far"


@dataclass(frozen=True)
class Kept:
    """
    >>> kept, came = Kept().take(2)
    >>> kept.contiguous, came.value
    (0, 'new')
    >>> kept, _ = kept.take(1)
    >>> kept.contiguous, kept.beyond, kept.take(2)[1].value
    (2, frozenset(), 'again')
    """

    contiguous: int = 0
    beyond: frozenset[int] = frozenset()

    def take(self, number: int) -> tuple[Kept, Came]:
        """What is kept afterwards, and how it came."""
        if number <= self.contiguous or number in self.beyond:
            return self, Came.AGAIN
        if number > self.contiguous + WINDOW:
            return self, Came.TOO_FAR
        contiguous, beyond = self.contiguous, {*self.beyond, number}
        while contiguous + 1 in beyond:
            contiguous += 1
            beyond.remove(contiguous)
        return Kept(contiguous, frozenset(beyond)), Came.NEW

    @classmethod
    def of(cls, contiguous: int, beyond: Iterable[int]) -> Kept:
        return cls(contiguous, frozenset(beyond))
