"""One's own model on one's own machine, without a sandbox: one thread, one case a call, like the lab's runs otherwise.

Only for models that passed the gate, and never for those of others: those run in `engines.sandbox`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import Self

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from pandok.core.errors import ModelError
from pandok.core.text import Text

_FAULTS = tuple(
    getattr(onnxruntime.capi.onnxruntime_pybind11_state, name)
    for name in ("Fail", "InvalidArgument", "InvalidGraph", "InvalidProtobuf", "NotImplemented", "RuntimeException")
)


class PlainSession:
    """Raises ModelError where the runtime does not take the model or its input."""

    level = 0

    def __init__(self, model: bytes):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 4
        try:
            self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        except _FAULTS as error:
            raise _failed(code="model.load") from error
        self._outputs = [output.name for output in self._session.get_outputs()]

    def run(self, tensors: Mapping[str, NDArray[np.generic]]) -> dict[str, NDArray[np.generic]]:
        try:
            return dict(zip(self._outputs, self._session.run(None, dict(tensors)), strict=True))
        except (*_FAULTS, ValueError) as error:
            raise _failed(code="model.run") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


def _failed(*, code: str) -> ModelError:
    return ModelError(
        Text(
            ko="실행 환경이 모델이나 그 입력을 받지 않습니다.", en="The runtime does not take the model or its input."
        ),
        Text(
            ko="model_input의 이름·모양·자료형을 확인하고, 필요하면 opset을 낮춰 다시 내보내십시오.",
            en="Compare name, shape and type of model_input, and export again with a lower opset where needed.",
        ),
        code=code,
    )
