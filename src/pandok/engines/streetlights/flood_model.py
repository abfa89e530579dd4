"""The flood forecast's model file: arrays in one .npz, opened only when its sha256 agrees with the card."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pandok.core.errors import ModelError
from pandok.core.text import Text
from pandok.engines.encoders.model_store import StoredModel
from pandok.readers.streetlights.flood.boosted_trees import BoostedTrees
from pandok.readers.streetlights.flood_forecast import FloodForecast

FILE = "trees.npz"
ARRAYS = ("feature", "threshold", "left", "right", "value", "roots")


@dataclass(frozen=True)
class FloodModel:
    """`alarm_at`: the probability at which the reader alarms (`flood_forecast.levels`)."""

    trees: BoostedTrees
    version: str
    alarm_at: float

    def reader(self, tidal: bool = False) -> FloodForecast:
        return FloodForecast(self.trees, self.version, tidal)


def save_trees(folder: Path, trees: BoostedTrees, alarm_at: float) -> Path:
    path = folder / FILE
    arrays = {name: getattr(trees, name) for name in ARRAYS}
    np.savez_compressed(path, **arrays, depth=trees.depth, bias=trees.bias, alarm_at=alarm_at)
    return path


def open_flood_model(stored: StoredModel) -> FloodModel:
    """Raises ModelError where the file differs from its card, or holds something else."""
    path = stored.verified()
    try:
        with np.load(path, allow_pickle=False) as saved:
            feature, threshold, left, right, value, roots = (saved[name] for name in ARRAYS)
            depth, bias = int(saved["depth"]), float(saved["bias"])
            trees = BoostedTrees(feature, threshold, left, right, value, roots, depth, bias)
            return FloodModel(trees, stored.card.version, float(saved["alarm_at"]))
    except (KeyError, ValueError, OSError) as wrong:
        raise ModelError(
            Text(
                ko=f"침수 예측 모델 파일을 읽을 수 없습니다({wrong}).", en=f"The flood model cannot be read ({wrong})."
            ),
            Text(ko="모델을 다시 설치하십시오.", en="Install the model again."),
            code="model.flood",
            file=str(path),
        ) from wrong
