"""pHash and dHash of the imagehash package, on the picture as it is; score = share of equal bits."""

from __future__ import annotations

from collections.abc import Sequence

import imagehash
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks.peers.peer import Pixels, RegisterPicture, Views

HASHES = {
    "pHash 8": lambda picture: imagehash.phash(picture, hash_size=8),
    "pHash 16": lambda picture: imagehash.phash(picture, hash_size=16),
    "dHash 8": lambda picture: imagehash.dhash(picture, hash_size=8),
}


class ImageHash:
    def __init__(self, name: str):
        self.name = name
        self._hash = HASHES[name]

    def enroll(self, pictures: Sequence[RegisterPicture]) -> None:
        self._views = Views(pictures)
        self.design_ids = self._views.design_ids
        self._bits = np.stack([self._bits_of(picture.pixels) for picture in pictures])

    def scores(self, pixels: Pixels) -> NDArray[np.float64]:
        return self._views.best((self._bits == self._bits_of(pixels)).mean(axis=1))

    def _bits_of(self, pixels: Pixels) -> NDArray[np.bool_]:
        return np.asarray(self._hash(Image.fromarray(pixels)).hash, dtype=bool).ravel()
