"""Who gets a level: only who tells threats from harmless goods at all.

Who always says "threat" has all hits, who always says "clear" no false alarm; neither shows an ability.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pandok.proof.ability.estimating import Estimate
from pandok.proof.signal_detection import d_prime

LEAST_OF_EACH = 10
CUTS = (-0.5, 0.5, 1.2)
"""Abilities at which the levels 2, 3, 4 begin."""
CONFIDENCE = 0.90


@dataclass(frozen=True)
class Level:
    """`number`: 1 to 4; None where the answers show none, with `why`: "few", "alike"."""

    number: int | None
    why: str = ""


def level_of(
    estimate: Estimate, threats: tuple[int, int], harmless: tuple[int, int], cuts: Sequence[float] = CUTS
) -> Level:
    """`threats`, `harmless`: stopped and passed. A level is reached when the lower bound of the ability's interval has
    passed its cut. "few": fewer than `LEAST_OF_EACH` answers of a kind. "alike": threats are stopped no more often
    than harmless goods, as far as the answers show (d′, lower bound at most 0)."""
    if min(sum(threats), sum(harmless)) < LEAST_OF_EACH:
        return Level(None, "few")
    shown = d_prime((threats[0], harmless[0]), (threats[1], harmless[1]))
    if shown is None or shown.interval[0] <= 0:
        return Level(None, "alike")
    low, _ = estimate.interval(CONFIDENCE)
    return Level(1 + sum(low > cut for cut in cuts))
