"""EfficientNet-Lite0 as ImageNet left it, GeM pooling, 224 px, white-padded squares; cosine.

The model file comes from `training/export_plain.py`; without it the peer is left out and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from benchmarks.peers.peer import PeerUnavailable, Pixels, RegisterPicture, Views, white_square

MODEL = Path(__file__).resolve().parents[2] / "training" / "cache" / "plain_efficientnet_lite0.onnx"
SIDE_PX = 224


class PlainBackbone:
    name = "EfficientNet-Lite0 GeM"

    def __init__(self, model: Path = MODEL, threads: int = 1):
        if not model.exists():
            raise PeerUnavailable("no model file: run training/export_plain.py where torch is installed")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])

    def enroll(self, pictures: Sequence[RegisterPicture]) -> None:
        self._views = Views(pictures)
        self.design_ids = self._views.design_ids
        self._rows = np.stack([self._describe(picture.pixels) for picture in pictures])

    def scores(self, pixels: Pixels) -> NDArray[np.float64]:
        return self._views.best(self._rows @ self._describe(pixels))

    def _describe(self, pixels: Pixels) -> NDArray[np.float32]:
        square = (white_square(pixels, SIDE_PX).astype(np.float32) - 127) / 128
        (descriptor,) = self._session.run(None, {"pixels": np.ascontiguousarray(square.transpose(2, 0, 1)[None])})
        return np.asarray(descriptor[0], dtype=np.float32)
