"""Whether the article is in the register at all: a question of its own, asked of the figures of the best design.

A sum over all candidates would grow with every near rival, and says "in the register" most surely where many designs
are a little alike. Instead the figures of the best design are added up, each by a curve of its own that never falls:
straight weights and, for cosines and agreeing points, weights that begin at a bend. So sixty agreeing points can decide
although twenty say nothing (a sibling on the same print has twenty), and agreement never counts against a design; the
number of designs that were compared may. The curves were fitted so that the few highest articles that are in no
register stay below those that are; they are learned by training/fit_in_register.py on trials with and without the true
design.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class InRegister:
    """Log odds of the figures `(f,)` of the best design: `straight` (f,) times the figures, and for each bend the
    weight `bent` (b,) times what the figure `bent_of` (b,) has above the value `bends` (b,); and `bias`."""

    straight: Floats
    bent_of: NDArray[np.intp]
    bends: Floats
    bent: Floats
    bias: float

    def probability(self, figures_of_best: Floats) -> float:
        """The calibrated chance that the article is in the searched part of the register."""
        above = np.maximum(figures_of_best[self.bent_of] - self.bends, 0.0)
        value = float(figures_of_best @ self.straight) + float(above @ self.bent) + self.bias
        return float(1.0 / (1.0 + np.exp(-np.clip(value, -30.0, 30.0))))
