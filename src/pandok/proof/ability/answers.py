"""Items, and what somebody said to them.

Threat item j:    logit P("threat") = a_j · (θ − b_j) + κ
Harmless item k:  logit P("threat") = κ − d_k

θ: ability to tell threats; κ: criterion, how readily somebody says "threat" whatever they see. A signal-detection model
with item parameters: hits alone cannot tell θ from κ, harmless items can.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

_LOGISTIC_NORMAL = (16 * math.sqrt(3) / (15 * math.pi)) ** 2
"""A logistic curve averaged over a normal error of its place is nearly one with a smaller slope."""


@dataclass(frozen=True)
class ThreatItem:
    """`slope`: a, more than 0. `difficulty`: b. `difficulty_sd`: how far off b may be, 0 where it was calibrated; large
    where it is known from the picture alone."""

    slope: float = 1.0
    difficulty: float = 0.0
    difficulty_sd: float = 0.0

    def __post_init__(self) -> None:
        if not (self.slope > 0 and self.difficulty_sd >= 0 and math.isfinite(self.slope + self.difficulty)):
            raise ValueError("a slope is more than 0, and a difficulty a number")

    @property
    def flattened(self) -> tuple[float, float]:
        """Slope and shrinkage of κ with the error of the difficulty averaged out."""
        share = 1 / math.sqrt(1 + _LOGISTIC_NORMAL * (self.slope * self.difficulty_sd) ** 2)
        return self.slope * share, share


@dataclass(frozen=True)
class HarmlessItem:
    """`innocence`: d, the larger the less it looks like a threat."""

    innocence: float = 2.0


@dataclass(frozen=True)
class Answer:
    """`stopped`: the person said "threat"."""

    item: ThreatItem | HarmlessItem
    stopped: bool


def chance_to_stop(item: ThreatItem | HarmlessItem, theta: float, kappa: float) -> float:
    """By the model, with the error of the item's difficulty averaged out."""
    if isinstance(item, HarmlessItem):
        logit = kappa - item.innocence
    else:
        slope, share = item.flattened
        logit = slope * (theta - item.difficulty) + share * kappa
    return 1 / (1 + math.exp(-logit)) if logit > -700 else 0.0
