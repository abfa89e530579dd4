"""What rows are compared by, where labels are held against each other: their photographs, or else their columns."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np
import polars as pl
from numpy.typing import NDArray

from pandok.core.programme.data_plan import DataPlan, Holds

Features = NDArray[np.float32]
SIDE_PX = 224
OFTEN, FEW = 20, 0.2
MOST_FEATURES = 400
"""Of a table with very many columns the first ones count."""


def compared_columns(table: pl.DataFrame, plan: DataPlan, personal: Iterable[str] = ()) -> list[str]:
    """Planned columns that may speak for a label: none that names the row, its file, its part, a label or a person."""
    besides = {plan.label, plan.second_label, plan.split, *personal}
    return [
        one.name
        for one in plan.columns
        if one.name in table.columns and one.name not in besides and not one.unique and one.holds is not Holds.FILE
    ]


def as_numbers(table: pl.DataFrame, names: Iterable[str]) -> Features | None:
    """Numbers by rank, other values one of their most frequent twenty; None where there is nothing to compare."""
    parts: list[NDArray[np.float32]] = []
    width = 0
    for name in names:
        numbers = table[name].cast(pl.Float64, strict=False)
        if numbers.null_count() <= FEW * len(table) and numbers.n_unique() > OFTEN:
            part = (numbers.rank().fill_null(0).to_numpy() / len(table))[:, None]
        else:
            counted = table[name].drop_nulls().value_counts()
            frequent = counted.sort(["count", name], descending=[True, False])[name].head(OFTEN).to_list()
            if not frequent:
                continue
            part = np.stack([(table[name] == one).fill_null(False).to_numpy() for one in frequent], axis=1)
        width += part.shape[1]
        if width > MOST_FEATURES:
            break
        parts.append(part.astype(np.float32))
    return np.concatenate(parts, axis=1) if parts else None


def squared(content: bytes) -> NDArray[np.uint8] | None:
    """(224, 224, 3) RGB: the whole picture on white; None for what is no picture."""
    found = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_REDUCED_COLOR_2) if content else None
    if found is None:
        return None
    height, width = found.shape[:2]
    side = max(height, width)
    whole = np.full((side, side, 3), 255, np.uint8)
    top, left = (side - height) // 2, (side - width) // 2
    whole[top : top + height, left : left + width] = cv2.cvtColor(found, cv2.COLOR_BGR2RGB)
    return np.asarray(cv2.resize(whole, (SIDE_PX, SIDE_PX), interpolation=cv2.INTER_AREA), np.uint8)
