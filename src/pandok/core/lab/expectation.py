"""How long something takes, from how long it took before: a range of what was seen, or nothing at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LEAST_KNOWN = 3
MOST_LOOKED_AT = 20


@dataclass(frozen=True)
class Range:
    """Seconds; the shortest and the longest that were seen, without the tenth at either end where there are enough."""

    least_s: float
    most_s: float
    seen: int

    def times(self, number: float) -> Range:
        return Range(self.least_s * number, self.most_s * number, self.seen)

    def __add__(self, other: Range) -> Range:
        return Range(self.least_s + other.least_s, self.most_s + other.most_s, min(self.seen, other.seen))


def expected(durations_s: Sequence[float]) -> Range | None:
    """None: not known yet. The newest durations come first; at most twenty are looked at.

    >>> expected([60, 61]) is None
    True
    >>> expected([30, 10, 20])
    Range(least_s=10, most_s=30, seen=3)
    """
    known = sorted(durations_s[:MOST_LOOKED_AT])
    if len(known) < LEAST_KNOWN:
        return None
    cut = len(known) // 10
    return Range(known[cut], known[-1 - cut], len(known))
