"""A proof that may be looked at after every case: betting against "no better".

The wealth of a bettor who stakes a share of it on every pair grows without bound only if the model really is better.
The mean over several stakes is a test martingale: the chance that it ever reaches 1/alpha is at most alpha (Ville).
Source: Waudby-Smith and Ramdas 2024, arXiv 2010.09686.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

STAKES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8)


@dataclass(frozen=True)
class BettingMonitor:
    """The state of a monitor; `observe` gives the next one. Kept as values, so that it can be stored after each case.

    `margin` 0: superiority. Else non-inferiority: the bet is on difference + margin, and stakes above what a loss can
    bear are left out. `log_wealth` (stakes,) natural logarithms.
    """

    alpha: float = 0.05
    margin: float = 0.0
    seen: int = 0
    log_wealth: tuple[float, ...] = ()
    highest: float = 1.0

    def __post_init__(self) -> None:
        if not 0 < self.alpha < 1 or not 0 <= self.margin < 1:
            raise ValueError("alpha lies between 0 and 1, the margin in 0 to 1")

    @property
    def stakes(self) -> tuple[float, ...]:
        return tuple(stake for stake in STAKES if stake < 1 / (1 - self.margin))

    def observe(self, difference: float) -> BettingMonitor:
        """One pair, or the mean of one cluster: model right minus practice right, -1 to 1."""
        if not -1 <= difference <= 1:
            raise ValueError("a difference lies in -1 to 1")
        before = self.log_wealth or (0.0,) * len(self.stakes)
        # A stake that loses all is out for good.
        gains = (1 + stake * (difference + self.margin) for stake in self.stakes)
        after = tuple(
            wealth + (float(np.log(gain)) if gain > 0 else -np.inf) for wealth, gain in zip(before, gains, strict=True)
        )
        wealth = float(np.mean(np.exp(np.minimum(after, 700.0))))
        return BettingMonitor(self.alpha, self.margin, self.seen + 1, after, max(self.highest, wealth))

    @property
    def wealth(self) -> float:
        """The e-value now; its inverse is an upper bound of the evidence's p-value."""
        return float(np.mean(np.exp(np.minimum(self.log_wealth, 700.0)))) if self.log_wealth else 1.0

    @property
    def proven(self) -> bool:
        """Whether the wealth has ever reached 1/alpha; it stays proven."""
        return self.highest >= 1 / self.alpha


def wealth_path(differences: Iterable[float], *, alpha: float = 0.05, margin: float = 0.0) -> NDArray[np.float64]:
    """The e-value after each case.

    >>> wealth_path([1, 1, 0, -1, 1, 1, 1]).round(4).tolist()
    [1.298, 1.7513, 1.7513, 1.0474, 1.3417, 1.7779, 2.4371]
    """
    monitor, path = BettingMonitor(alpha, margin), []
    for difference in differences:
        monitor = monitor.observe(difference)
        path.append(monitor.wealth)
    return np.array(path)
