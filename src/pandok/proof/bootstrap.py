"""How far would the figures move with other queries? Percentile bootstrap, by query or by cluster."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from pandok.proof.no_trials import NoTrials

Rows = NDArray[np.intp]
Statistic = Callable[[Rows], float]
"""A figure of the queries in these rows (with repeats); may raise NoTrials."""
Interval = tuple[float, float]


def bootstrap_intervals(
    statistics: Mapping[str, Statistic],
    count: int,
    *,
    rounds: int,
    rng: np.random.Generator,
    clusters: Sequence[Hashable] | None = None,
    confidence: float = 0.95,
) -> dict[str, Interval | None]:
    """Percentile intervals of several figures from the same resamples of `count` queries.

    With `clusters` (one label a query) whole clusters are drawn with replacement: several photographs of one
    article are not independent. A round in which a figure cannot be measured is left out of that figure's
    interval; `None` where it never could. Source: Efron and Tibshirani 1993; clusters: Field and Welsh 2007.

    >>> import numpy as np
    >>> hits = np.array([1.0] * 80 + [0.0] * 20)
    >>> figures = {"share": lambda rows: float(hits[rows].mean())}
    >>> low, high = bootstrap_intervals(figures, 100, rounds=500, rng=np.random.default_rng(0))["share"]
    >>> 0.69 < low < 0.75 and 0.85 < high < 0.91
    True
    """
    if clusters is not None and len(clusters) != count:
        raise ValueError("one cluster label a query")
    members = _members(clusters, count)
    drawn: dict[str, list[float]] = {name: [] for name in statistics}
    for _ in range(rounds):
        if not members:
            break
        picks = rng.integers(len(members), size=len(members))
        rows = np.concatenate([members[pick] for pick in picks])
        for name, statistic in statistics.items():
            try:
                drawn[name].append(statistic(rows))
            except NoTrials:
                continue
    tail = (1 - confidence) / 2
    return {name: _percentiles(values, tail) for name, values in drawn.items()}


def _members(clusters: Sequence[Hashable] | None, count: int) -> list[Rows]:
    if clusters is None:
        return [np.array([row], dtype=np.intp) for row in range(count)]
    rows_of: dict[Hashable, list[int]] = {}
    for row, cluster in enumerate(clusters):
        rows_of.setdefault(cluster, []).append(row)
    return [np.array(rows, dtype=np.intp) for rows in rows_of.values()]


def _percentiles(values: list[float], tail: float) -> Interval | None:
    if not values:
        return None
    low, high = np.quantile(np.asarray(values), [tail, 1 - tail])
    return float(low), float(high)
