"""Whether the article is in the register at all: a question of its own, asked of the evidence for the best design.

A sum over all candidates would grow with every near rival, and says "in the register" most surely where many designs
are a little alike. Instead two models look at the figures of the best design, at its distance to the next ones, and at
the largest of every figure, and their log odds are averaged: a sum, in which agreement never counts against a design,
and a small network. The sum alone wastes the learned part on photographed goods, where it tells nearly all; the network
alone trusts the trials too much. Their constants are learned by training/fit_ranking.py on trials with and without the
true design.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
NEXT = 5
_SCORE_UNIT = 5.0


def evidence_for_best(standard: Floats, scores: Floats) -> Floats:
    """(2 f + 3,) float32: the standardised figures `(n, f)` of the best design, its score, its lead over the second and
    over the mean of the next five, and the largest of each figure over all designs. `n` is at least 1."""
    order = np.argsort(-scores, kind="stable")[: NEXT + 1]
    best = float(scores[order[0]])
    others = scores[order[1:]]
    lead = best - float(others[0]) if len(others) else 0.0
    over = best - float(others.mean()) if len(others) else 0.0
    extra = np.array([best, lead, over], np.float32) / _SCORE_UNIT
    return np.concatenate([standard[order[0]], extra, standard.max(axis=0)]).astype(np.float32)


@dataclass(frozen=True)
class InRegister:
    """`mean`, `scale` (e,) of `evidence_for_best`; `direct` (e,) are the sum's weights; one hidden layer with tanh,
    `hidden` (e, h) and `hidden_bias` (h,), and `weights` (h,); `bias` of the log odds."""

    mean: Floats
    scale: Floats
    direct: Floats
    hidden: Floats
    hidden_bias: Floats
    weights: Floats
    bias: float

    def probability(self, evidence: Floats) -> float:
        """The calibrated chance that the article is in the searched part of the register."""
        standard = (evidence - self.mean) / self.scale
        inner = np.tanh(standard @ self.hidden + self.hidden_bias)
        value = float(standard @ self.direct) + float(inner @ self.weights) + self.bias
        return float(1.0 / (1.0 + np.exp(-np.clip(value, -30.0, 30.0))))
