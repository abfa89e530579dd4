"""Strangers: pictures that are in no register, to tell a resemblance from a habit. From what may be trained on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from batches import Renditions, held_out, shards_of
from edges import line_rendering
from layout_pictures import garments_of
from numpy.typing import NDArray
from samples import goods, read

Rgb = NDArray[np.uint8]
EACH = {"articles": 90, "models": 40, "marks": 70, "shapes": 70, "garments": 70, "goods": 60}


def strangers(cache: Path, shared: Path, seed: int = 41) -> list[Rgb]:
    """Four hundred pictures (H, W, 3), one of an article each; a third of the garments drawn in lines."""
    rng = np.random.default_rng(seed)
    found: list[Rgb] = []
    for what in ("articles", "models", "marks", "shapes"):
        paths = shards_of(cache, what, for_training=True)
        source = Renditions([paths[index] for index in rng.permutation(len(paths))[:4]])
        for article in rng.permutation(len(source))[: EACH[what]].tolist():
            found.append(source.picture(article, int(rng.integers(len(source.articles[article])))))
    for path in garments_of(shared, rng)[: EACH["garments"]]:
        picture = read(path)
        found.append(line_rendering(picture, rng) if rng.random() < 1 / 3 else picture)
    rows = [row for name in ("designs-packages", "designs-produce") for row in goods(shared, name)]
    rows = [row for row in rows if not held_out(row[0])]
    return [*found, *(read(rows[index][2]) for index in rng.permutation(len(rows))[: EACH["goods"]])]
