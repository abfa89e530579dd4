"""The Ladder: scores of a sealed set that can be asked often and still mean something.

A new score is shown only where it beats the best shown one by a step, rounded to that step; everything else learns
nothing. Source: Blum and Hardt 2015, arXiv 1502.04585.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Ladder:
    """`step` is the least improvement that is shown; 1/sqrt(n) for n sealed cases. `shown` is the best shown score."""

    step: float
    shown: float = -math.inf

    @classmethod
    def for_cases(cls, count: int) -> Ladder:
        """Raises ValueError for fewer than one case."""
        if count < 1:
            raise ValueError("at least one case")
        return cls(1 / math.sqrt(count))

    def submit(self, score: float) -> Ladder:
        """The ladder after one more submission with this true score; `shown` is all that may be told.

        >>> ladder = Ladder.for_cases(1000)
        >>> shown = []
        >>> for score in (.512, .530, .545, .60, .61, .66):
        ...     ladder = ladder.submit(score)
        ...     shown.append(round(ladder.shown, 4))
        >>> shown
        [0.506, 0.506, 0.5376, 0.6008, 0.6008, 0.6641]
        """
        if not math.isfinite(score):
            raise ValueError("a score is a finite number")
        if score <= self.shown + self.step:
            return self
        return Ladder(self.step, round(score / self.step) * self.step)
