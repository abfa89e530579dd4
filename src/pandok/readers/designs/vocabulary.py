"""Visual words: all local features of a picture as one vector that needs no geometry.

VLAD (Jégou et al. 2010) over RootSIFT with a fixed codebook, power and intra normalisation, then whitened principal
components. Finds prints and line work again when the whole looks different.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pandok.readers.designs.local import LocalFeatures


@dataclass(frozen=True)
class Vocabulary:
    """`words` (k, 128) float32; `mean` (k * 128,), `projection` (dimension, k * 128) float32."""

    words: NDArray[np.float32]
    mean: NDArray[np.float32]
    projection: NDArray[np.float32]

    @property
    def dimension(self) -> int:
        return len(self.projection)

    def describe(self, features: LocalFeatures) -> NDArray[np.float32]:
        """(dimension,) float32 of unit length; zeros for a picture without points."""
        raw = aggregate(features, self.words)
        if not raw.any():
            return np.zeros(self.dimension, np.float32)
        projected = self.projection @ (raw - self.mean)
        return np.asarray(projected / max(float(np.linalg.norm(projected)), 1e-9), dtype=np.float32)


def aggregate(features: LocalFeatures, words: NDArray[np.float32]) -> NDArray[np.float32]:
    """Raw VLAD, (k * 128,) float32 of unit length; zeros without points."""
    out = np.zeros(words.shape, np.float32)
    if len(features) == 0:
        return out.ravel()
    rows = features.descriptors.astype(np.float32) / 512.0
    nearest = ((words**2).sum(axis=1)[None] - 2 * rows @ words.T).argmin(axis=1)
    np.add.at(out, nearest, rows - words[nearest])
    out /= np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)
    out = np.sign(out) * np.sqrt(np.abs(out))
    flat = out.ravel()
    return np.asarray(flat / max(float(np.linalg.norm(flat)), 1e-9), dtype=np.float32)
