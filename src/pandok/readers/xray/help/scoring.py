"""How likely a place holds a thing of its kind: a logistic curve over what the model says of it, fitted on bags that
the model was not trained on (training/xray_help.py)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pandok.readers.xray.help.regions import Region

FEATURES = ("peak", "mean", "area", "class_share", "told_share", "elongation")


@dataclass(frozen=True)
class ScoreCurve:
    """One number for each of `FEATURES`: (value − mean) / scale · weight, summed, and the bias."""

    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float

    def __post_init__(self) -> None:
        if {len(self.mean), len(self.scale), len(self.weights)} != {len(FEATURES)} or min(self.scale) <= 0:
            raise ValueError(f"one mean, scale and weight for each of {', '.join(FEATURES)}")

    def score(self, region: Region) -> float:
        """0 to 1."""
        values = zip(features_of(region), self.mean, self.scale, self.weights, strict=True)
        logit = self.bias + sum((value - mean) / scale * weight for value, mean, scale, weight in values)
        return 1 / (1 + math.exp(-max(-40.0, min(40.0, logit))))


def features_of(region: Region) -> Sequence[float]:
    """In the order of `FEATURES`: shares as logits, area and sides as logarithms."""
    long, short = region.sides_mm
    return (
        _logit(region.peak),
        _logit(region.mean),
        math.log(region.area_mm2),
        region.class_share,
        region.told_share,
        math.log(long / short),
    )


def _logit(share: float) -> float:
    held = min(max(share, 1e-3), 1 - 1e-3)
    return math.log(held / (1 - held))
