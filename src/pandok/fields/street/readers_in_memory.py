"""Readers that stay in memory between messages of the process that takes them.

What is saved in the database stays the only truth: a reader goes on from memory only where the saved state is letter
for letter the one that it wrote last, and has read nothing since. After a stop, a batch that was rolled back, or a
message that another process took, it is restored as before.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from pandok.core.errors import StoreError
from pandok.fields.street.hazards import Hazard, Hazards, PoleToRead, Said, Seen

MOST_POLES = 20_000


class InMemory:
    """A reader whose last saved state is known, while it has read nothing since."""

    def __init__(self, hazard: Hazard):
        self._hazard = hazard
        self._begun = hazard.saved()
        self._memory: str | None = self._begun

    @property
    def name(self) -> str:
        return self._hazard.name

    @property
    def left_out(self) -> int:
        return self._hazard.left_out

    def take(self, seen: Seen) -> list[Said]:
        self._memory = None
        return self._hazard.take(seen)

    def saved(self) -> str:
        if self._memory is None:
            self._memory = self._hazard.saved()
        return self._memory

    def restore(self, saved: str) -> None:
        if saved == self._memory:
            return
        self._memory = None
        try:
            self._hazard.restore(saved)
        except StoreError:
            self.begin()
            raise
        self._memory = saved

    def begin(self) -> None:
        """As one that has read nothing."""
        if self._memory != self._begun:
            self._memory = None
            self._hazard.restore(self._begun)
            self._memory = self._begun


def in_memory(hazards: Hazards, most_poles: int = MOST_POLES) -> Hazards:
    """The same readers, made once a pole. What is known of the pole is part of the key: with other sensors or settings
    they are made anew."""
    kept: OrderedDict[str, tuple[PoleToRead, list[InMemory]]] = OrderedDict()

    def of_pole(pole: PoleToRead) -> Sequence[Hazard]:
        known = kept.pop(pole.key, None)
        if known is None or known[0] != pole:
            known = (pole, [InMemory(one) for one in hazards(pole)])
        kept[pole.key] = known
        if len(kept) > most_poles:
            kept.popitem(last=False)
        return known[1]

    return of_pole
