"""The limit of a score from which on as much is opened as there is capacity for."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

CAPACITY = 0.05
"""The share that can be opened."""


def limit_at_capacity(scores: Iterable[float], capacity: float = CAPACITY) -> float:
    """The limit that at most `capacity` of the scores reach; equal scores are opened together or not at all."""
    ordered = np.sort(np.array(list(scores)))[::-1]
    most = int(np.floor(len(ordered) * capacity))
    above = ordered[: most + 1]
    return float(above[above > ordered[most]].min()) if (above > ordered[most]).any() else float("inf")
