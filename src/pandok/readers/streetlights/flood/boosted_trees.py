"""Boosted trees as arrays: a model file that is numbers alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class BoostedTrees:
    """Nodes of all trees in one row. Inner node: go `left` where feature ≤ threshold, else `right`. Leaf: feature −1,
    and `left` and `right` lead to itself. The log-odds are `bias` and the sum of the leaves' `value`."""

    feature: NDArray[np.int32]
    threshold: NDArray[np.float64]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float64]
    roots: NDArray[np.int32]
    depth: int
    bias: float = 0.0

    def log_odds(self, features: list[float]) -> float:
        """For one row of features, finite and in the order that the model was fitted on."""
        row = np.array([*features, 0.0])
        at = self.roots
        for _ in range(self.depth):
            at = np.where(row[self.feature[at]] <= self.threshold[at], self.left[at], self.right[at])
        return self.bias + float(self.value[at].sum())

    def probability(self, features: list[float]) -> float:
        return float(1 / (1 + np.exp(-self.log_odds(features))))
