"""Look-alikes: registered designs that resemble each other so much that one photograph may be of any of them.

A register holds families: one design, and the same with other measures. Where the reader gives its chance to two of
them, that is one answer, not two, and to name the first alone would be more than the photographs say. How much two
designs resemble each other is asked of their registered views alone, so that it does not depend on the photograph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class LookAlikeRule:
    """`part`: by which part of a description views are compared; `from_resemblance`: from this on two designs are
    look-alikes; `sharpness` of the softmax within a group of them, lower than between strangers: what sets two
    look-alikes apart in a photograph is mostly chance. The constants are learned by training/fit_look_alikes.py."""

    part: str
    from_resemblance: float
    sharpness: float


def resemblance(one: Floats, other: Floats) -> float:
    """How much two designs resemble each other by the descriptions of their views `(n, d)` and `(m, d)`, of unit
    length: the mean over all views of the best agreement with a view of the other; 1 is the same, and it does not
    matter which comes first."""
    cosines = one @ other.T
    return float((cosines.max(axis=1).mean() + cosines.max(axis=0).mean()) / 2)


def together(views: Sequence[Floats], rule: LookAlikeRule) -> tuple[tuple[int, ...], ...]:
    """Places of designs that are look-alikes, two or more a group. `views` `(n, d)` of each, best design first.

    Every member resembles the best of its group; each design stands in one group at most.
    """
    groups: list[tuple[int, ...]] = []
    free = list(range(len(views)))
    while free:
        leader, *others = free
        alike = [place for place in others if resemblance(views[leader], views[place]) >= rule.from_resemblance]
        if alike:
            groups.append((leader, *alike))
        free = [place for place in others if place not in alike]
    return tuple(groups)
