"""The strongest rule that needs no goods to learn from: a network with ImageNet weights, nearest neighbour by cosine.

The network is the part `plain` of the shipped reader: EfficientNet-Lite0 with its published weights, pooled, never
shown goods, drawings or marks. Of the rules that were tried on the demonstration (plain histograms of gradients in 24
forms, this network) it is the best, so that a model has to beat what anybody could take from a shelf.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pandok.engines.encoders.model_store import SHIPPED, ModelStore
from pandok.engines.encoders.onnx_encoder import OnnxEncoder
from pandok.engines.encoders.reader_files import READER
from pandok.readers.designs.canvas import square
from pandok.readers.designs.photograph import decode

PART = "plain"
SIDE_PX = 224


def nearest(queries: Sequence[bytes], register: Sequence[bytes], shows: Sequence[str]) -> list[str]:
    """For each query what the most similar register picture shows; of equal ones the first. Raises ModelError."""
    # Only what is shipped: a model of this site may not change what a pack holds.
    stored = ModelStore(SHIPPED).get(READER)
    encoder = OnnxEncoder(stored.card, stored.verified("encoder.onnx"), threads=1)
    names = [name for name, _ in encoder.parts]
    before = sum(length for _, length in encoder.parts[: names.index(PART)])
    where = slice(before, before + dict(encoder.parts)[PART])

    def described(pictures: Sequence[bytes]) -> NDArray[np.float32]:
        squares = [square(decode(data).pixels, None, SIDE_PX, "white", 0.0) for data in pictures]
        return encoder.encode(np.stack(squares))[:, where]

    similar = described(queries) @ described(register).T
    return [shows[int(row)] for row in np.argmax(similar, axis=1)]
