"""The two functions that runs use: a case to tensors, outputs to an answer. Pure; the same on every machine."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from pandok.core.lab.case import ModelAnswer
from pandok.core.lab.problem import InputKind, Problem, Task
from pandok.core.lab.submission import Affine, Pick, Postprocess, Sigmoid, Softmax, SubmissionSheet, UnitLength
from pandok.engines.feeding.codes import FeedingCode, FeedingRefused
from pandok.engines.feeding.pictures import picture_tensor
from pandok.engines.feeding.scaling import as_type
from pandok.engines.feeding.tables import series_tensor, table_tensor
from pandok.engines.feeding.texts import text_tensor

MOST_OUTPUTS = 100_000


def tensors(data: bytes, sheet: SubmissionSheet, problem: Problem) -> dict[str, NDArray[np.generic]]:
    """One case as {model_input: tensor}, the batch axis 1. `data`: the case's input bytes (`Pack.input_bytes`).

    Raises FeedingRefused with a code of the closed list.
    """
    ready: NDArray[np.generic]
    match problem.input.kind:
        case InputKind.IMAGE:
            ready = picture_tensor(data, sheet.preprocess)
        case InputKind.TABLE:
            ready = table_tensor(data, problem.input, sheet.preprocess)
        case InputKind.SERIES:
            ready = series_tensor(data, problem.input, sheet.preprocess)
        case InputKind.TEXT:
            ready = text_tensor(data, sheet.preprocess)
    return {sheet.model_input: as_type(ready, sheet.input_type)}


def answer(outputs: Mapping[str, NDArray[np.generic]], sheet: SubmissionSheet, problem: Problem) -> ModelAnswer:
    """What the outputs of one case say. Raises FeedingRefused where they do not fit the task."""
    found = outputs.get(sheet.model_output)
    if found is None:
        raise FeedingRefused(FeedingCode.OUTPUT_MISSING)
    array = np.asarray(found)
    if array.dtype.kind not in "fiub":
        raise FeedingRefused(FeedingCode.OUTPUT_TYPE)
    if (array.ndim and array.shape[0] != 1) or not 0 < array.size <= MOST_OUTPUTS:
        raise FeedingRefused(FeedingCode.OUTPUT_SHAPE)
    values = array.reshape(-1).astype(np.float64)
    _finite(values)
    for step in sheet.postprocess:
        values = _finite(_after(values, step))
    return ModelAnswer(problem.output.task, _fitting(values, problem))


def _after(values: NDArray[np.float64], step: Postprocess) -> NDArray[np.float64]:
    with np.errstate(all="ignore"):
        match step:
            case Softmax():
                powers = np.exp(values - values.max())
                return np.asarray(powers / powers.sum())
            case Sigmoid():
                shrunk = np.exp(-np.abs(values))
                return np.where(values >= 0, 1 / (1 + shrunk), shrunk / (1 + shrunk))
            case Pick():
                if step.index >= values.size:
                    raise FeedingRefused(FeedingCode.OUTPUT_SHAPE)
                return values[step.index : step.index + 1]
            case UnitLength():
                return np.asarray(values / np.linalg.norm(values))
            case Affine():
                return np.asarray(values * step.factor + step.offset)


def _finite(values: NDArray[np.float64]) -> NDArray[np.float64]:
    if not bool(np.all(np.isfinite(values))):
        raise FeedingRefused(FeedingCode.OUTPUT_NOT_FINITE)
    return values


def _fitting(values: NDArray[np.float64], problem: Problem) -> tuple[float, ...]:
    wanted = {Task.SCORE: 1, Task.NUMBER: 1, Task.CLASSES: len(problem.output.classes)}.get(problem.output.task)
    if values.size != wanted if wanted else values.size < 2:
        raise FeedingRefused(FeedingCode.OUTPUT_SHAPE)
    return tuple(values.tolist())
