"""A row of a table, or a window of a series, as a tensor."""

from __future__ import annotations

import csv
import io
import json
import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pandok.core.lab.problem import InputSpec
from pandok.core.lab.submission import Codes, Fill, Layout, Preprocess, Scale
from pandok.engines.feeding.codes import FeedingCode, FeedingRefused
from pandok.engines.feeding.scaling import scaled

MOST_BYTES = 16 << 20
MOST_STEPS = 200_000


def table_tensor(data: bytes, spec: InputSpec, steps: tuple[Preprocess, ...]) -> NDArray[np.float64]:
    """(1, columns). `data`: the JSON object of a row; empty cells are missing. Raises FeedingRefused."""
    row = _row(data, spec.columns)
    codes = {step.column: step for step in steps if isinstance(step, Codes)}
    values = np.array(
        [_coded(cell, codes[column]) if column in codes else _number(cell) for column, cell in row.items()], np.float64
    )
    return _prepared(values[np.newaxis], steps)


def series_tensor(data: bytes, spec: InputSpec, steps: tuple[Preprocess, ...]) -> NDArray[np.float64]:
    """(1, T, C), (1, C, T) or, flat, (1, T * C). `data`: CSV with the channels as columns. Raises FeedingRefused."""
    if len(data) > MOST_BYTES:
        raise FeedingRefused(FeedingCode.INPUT_UNREADABLE)
    try:
        lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise FeedingRefused(FeedingCode.INPUT_UNREADABLE) from error
    body = [cells for cells in lines[1:] if cells]
    wrong_length = len(body) != spec.steps if spec.steps else not 0 < len(body) <= MOST_STEPS
    if not lines or wrong_length or any(len(cells) != len(lines[0]) for cells in body):
        raise FeedingRefused(FeedingCode.INPUT_SHAPE)
    if not set(spec.columns) <= set(lines[0]):
        raise FeedingRefused(FeedingCode.INPUT_SHAPE)
    places = [lines[0].index(column) for column in spec.columns]
    values = np.array([[_number(cells[place]) for place in places] for cells in body], np.float64)
    ready = _prepared(values, steps)[np.newaxis]
    order = next((step.order for step in steps if isinstance(step, Layout)), "NTC")
    if order == "NCT":
        return np.transpose(ready, (0, 2, 1))
    return ready.reshape(1, -1) if order == "NC" else ready


def _prepared(values: NDArray[np.float64], steps: tuple[Preprocess, ...]) -> NDArray[np.float64]:
    for step in steps:
        if isinstance(step, Fill):
            values = np.where(np.isnan(values), step.value, values)
        elif isinstance(step, Scale):
            values = scaled(values, step)
    if bool(np.any(np.isnan(values))):
        raise FeedingRefused(FeedingCode.INPUT_MISSING)
    return values


def _row(data: bytes, columns: tuple[str, ...]) -> dict[str, str]:
    if len(data) > MOST_BYTES:
        raise FeedingRefused(FeedingCode.INPUT_UNREADABLE)
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise FeedingRefused(FeedingCode.INPUT_UNREADABLE) from error
    if not isinstance(found, dict) or not all(isinstance(found.get(column), str) for column in columns):
        raise FeedingRefused(FeedingCode.INPUT_SHAPE)
    return {column: found[column] for column in columns}


def _coded(cell: str, step: Codes) -> float:
    return _places(step.words).get(cell, step.unknown)


@lru_cache(maxsize=64)
def _places(words: tuple[str, ...]) -> dict[str, float]:
    """Made once for a whole run; of a word that stands twice the first place counts."""
    return {word: float(place) for place, word in reversed(list(enumerate(words)))}


def _number(cell: str) -> float:
    """NaN where it is empty."""
    if not cell.strip():
        return math.nan
    try:
        value = float(cell) if "_" not in cell else math.nan
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise FeedingRefused(FeedingCode.INPUT_NOT_A_NUMBER)
    return value
