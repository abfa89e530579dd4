"""An encoder as ONNX: pictures in, unit vectors out. Runs on ONNX Runtime; needs no training library.

Promise: the session is made once and may be used from several threads; the file was checked against its card first.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from pandok.core.errors import ModelError
from pandok.core.model_card import ModelCard
from pandok.core.text import Text

BATCH = 16


class OnnxEncoder:
    """The outputs of the model, each brought to unit length, are the encoder's parts."""

    def __init__(self, card: ModelCard, path: Path, threads: int):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except (
            onnxruntime.capi.onnxruntime_pybind11_state.InvalidProtobuf,
            onnxruntime.capi.onnxruntime_pybind11_state.InvalidGraph,
            onnxruntime.capi.onnxruntime_pybind11_state.Fail,
        ) as error:
            raise ModelError(
                Text(ko=f"모델 {card.name}을(를) 열 수 없습니다.", en=f"The model {card.name} cannot be opened."),
                Text(ko="모델을 다시 설치하십시오.", en="Install the model again."),
                code="model.open",
                model=card.name,
            ) from error
        self.name = card.title
        self._card = card
        self._input = self._session.get_inputs()[0]
        outputs = self._session.get_outputs()
        self.parts = tuple((output.name, int(output.shape[-1])) for output in outputs)

    def encode(self, squares: NDArray[np.uint8]) -> NDArray[np.float32]:
        """(n, 224, 224, 3) uint8 RGB to (n, sum of parts) float32."""
        rows = []
        for start in range(0, len(squares), BATCH):
            outputs = self._session.run(None, {self._input.name: self._prepared(squares[start : start + BATCH])})
            rows.append(np.concatenate([_unit(np.asarray(output, np.float32)) for output in outputs], axis=1))
        return np.concatenate(rows)

    def _prepared(self, squares: NDArray[np.uint8]) -> NDArray[np.generic]:
        described = self._card.input
        if described is None:
            return squares
        squares = _of_side(squares, described.size_px)
        if described.dtype == "uint8":
            return squares
        low, high = described.value_range
        values = squares.astype(np.float32) * ((high - low) / 255) + low
        steps = self._card.preprocessing
        mean, deviation = np.array(steps.mean, np.float32), np.array(steps.standard_deviation, np.float32)
        values = np.divide(values - mean, deviation, dtype=np.float32)
        if described.layout == "NCHW":
            values = values.transpose(0, 3, 1, 2)
        return np.ascontiguousarray(values, np.float16 if described.dtype == "float16" else np.float32)


def _of_side(squares: NDArray[np.uint8], size_px: tuple[int, int]) -> NDArray[np.uint8]:
    """Squares `(n, s, s, 3)` as large as the model takes them, (height, width)."""
    height, width = size_px
    if squares.shape[1:3] == (height, width):
        return squares
    how = cv2.INTER_AREA if height < squares.shape[1] else cv2.INTER_CUBIC
    resized = [cv2.resize(square, (width, height), interpolation=how) for square in squares]
    return np.asarray(resized, dtype=np.uint8).reshape(-1, height, width, 3)


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    rows = rows.reshape(len(rows), -1)
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), dtype=np.float32)
