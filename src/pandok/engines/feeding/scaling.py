"""(value * factor - mean) / deviation, and the step into the model's number type."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pandok.core.lab.submission import Scale
from pandok.engines.feeding.codes import FeedingCode, FeedingRefused


def scaled(values: NDArray[np.generic], step: Scale) -> NDArray[np.float64]:
    """Along the last axis: channels or columns. In float64.

    >>> scaled(np.array([0, 51, 255], np.uint8), Scale(step="scale", factor=1 / 255)).round(1).tolist()
    [0.0, 0.2, 1.0]
    """
    mean, deviation = np.asarray(step.mean, np.float64), np.asarray(step.deviation, np.float64)
    if not {len(mean), len(deviation)} <= {1, values.shape[-1]}:
        raise FeedingRefused(FeedingCode.SHEET)
    with np.errstate(all="ignore"):
        return np.asarray((values.astype(np.float64) * step.factor - mean) / deviation, dtype=np.float64)


def as_type(values: NDArray[np.generic], name: str) -> NDArray[np.generic]:
    """In the sheet's input_type, C order. Whole numbers are rounded, halves to even; what does not fit is refused."""
    kind = np.dtype(name)
    if values.dtype == kind:
        return np.ascontiguousarray(values)
    if kind.kind in "iu":
        limits = np.iinfo(kind)
        rounded = np.rint(values.astype(np.float64))
        # 2**63 - 1 rounds up as a float64: the upper limit is compared as less than 2**63.
        if not bool(np.all((rounded >= limits.min) & (rounded < float(limits.max) + 1))):
            raise FeedingRefused(FeedingCode.INPUT_RANGE)
        return np.ascontiguousarray(rounded.astype(kind))
    with np.errstate(all="ignore"):
        cast = values.astype(kind)
    if not bool(np.all(np.isfinite(cast))):
        raise FeedingRefused(FeedingCode.INPUT_RANGE)
    return np.ascontiguousarray(cast)
