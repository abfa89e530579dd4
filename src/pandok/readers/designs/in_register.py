"""Whether the article is in the register at all: a question of its own, asked of the evidence for the best design.

A sum over all candidates would grow with every near rival, and says "in the register" most surely where many designs
are a little alike. Instead one logistic model looks at the figures of the best design and at its distance to the next
ones. Its constants are learned by training/fit_ranking.py on trials with and without the true design.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
NEXT = 5
_SCORE_UNIT = 5.0


def evidence_for_best(standard: Floats, scores: Floats) -> Floats:
    """(f + 3,) float32: the standardised figures `(n, f)` of the best design, its score, its lead over the second and
    over the mean of the next five. `n` is at least 1."""
    order = np.argsort(-scores, kind="stable")[: NEXT + 1]
    best = float(scores[order[0]])
    others = scores[order[1:]]
    lead = best - float(others[0]) if len(others) else 0.0
    over = best - float(others.mean()) if len(others) else 0.0
    extra = np.array([best, lead, over], np.float32) / _SCORE_UNIT
    return np.concatenate([standard[order[0]], extra]).astype(np.float32)


@dataclass(frozen=True)
class InRegister:
    """A logistic model of `evidence_for_best`: `mean`, `scale`, `weights` (f + 3,) and `bias`."""

    mean: Floats
    scale: Floats
    weights: Floats
    bias: float

    def probability(self, evidence: Floats) -> float:
        """The calibrated chance that the article is in the searched part of the register."""
        value = float((evidence - self.mean) / self.scale @ self.weights) + self.bias
        return float(1.0 / (1.0 + np.exp(-np.clip(value, -30.0, 30.0))))
