"""Areas under the ROC curve of goods that come in clusters: the covariance of two areas from the clusters' sums.

Source: Obuchowski 1997, "Nonparametric analysis of clustered ROC curve data", doi 10.2307/2533957.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from pandok.proof.areas import Areas
from pandok.proof.clustered_shares import cluster_sums

Floats = NDArray[np.float64]


def clustered_areas(
    model: Floats, practice: Floats, positive: NDArray[np.bool_], clusters: Sequence[Hashable]
) -> Areas:
    """Scores (n,), one cluster label a case. Raises ValueError for fewer than two clusters or goods of a kind."""
    m, n = int(positive.sum()), int((~positive).sum())
    if m < 2 or n < 2:
        raise ValueError("at least two positives and two negatives")
    areas, pulls = [], []
    for scores in (model, practice):
        placed, area = placements(scores, positive)
        areas.append(area)
        sums, _ = cluster_sums(np.where(positive, (placed - area) / m, (placed - area) / n), clusters)
        pulls.append(sums)
    count = len(pulls[0])
    if count < 2:
        raise ValueError("at least two clusters")
    covariance = np.array(pulls) @ np.array(pulls).T * count / (count - 1)
    first, second = covariance.tolist()
    return Areas((areas[0], areas[1]), ((first[0], first[1]), (second[0], second[1])), m, n, count)


def placements(scores: Floats, positive: NDArray[np.bool_]) -> tuple[Floats, float]:
    """For every good the share of the other kind on the right side of it, in the order of the goods."""
    x, y = scores[positive], scores[~positive]
    together = rankdata(np.concatenate([x, y]))
    placed = np.empty(len(scores))
    placed[positive] = (together[: len(x)] - rankdata(x)) / len(y)
    placed[~positive] = 1 - (together[len(x) :] - rankdata(y)) / len(x)
    return placed, float(placed[positive].mean())
