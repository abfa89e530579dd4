"""Checks on what comes into an index, the same for every implementation."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pandok.engines.index.errors import wrong_dimension, wrong_rows
from pandok.engines.index.port import Attributes, Found

# Half floats and network rounding stay far below this; a vector that nobody normalised does not.
_UNIT_TOLERANCE = 0.02


def checked_keys(keys: ArrayLike) -> NDArray[np.int64]:
    """(n,) int64, none negative (-1 pads results). Raises StoreError."""
    array = np.asarray(keys)
    if array.size == 0:
        return np.empty(0, np.int64)
    if array.ndim != 1 or array.dtype.kind not in "iu" or int(array.min()) < 0 or int(array.max()) >= 2**63:
        raise wrong_rows("키는 0 이상의 정수여야 합니다", "keys must be whole numbers from 0")
    return np.ascontiguousarray(array, np.int64)


def checked_queries(queries: ArrayLike, dimension: int) -> NDArray[np.float32]:
    """(q, dimension) float32, finite. Raises StoreError."""
    array = np.ascontiguousarray(queries, np.float32)
    if array.ndim != 2 or array.shape[1] != dimension:
        raise wrong_dimension(dimension, array.shape[-1] if array.ndim else 0)
    if not np.isfinite(array).all():
        raise wrong_rows("유한하지 않은 수가 있습니다", "a number is not finite")
    return array


def checked_attributes(attributes: Attributes, n: int) -> Attributes:
    """Each array (n,), class codes not negative. Raises StoreError."""
    code = np.ascontiguousarray(attributes.class_code, np.int32)
    force = np.ascontiguousarray(attributes.in_force, np.bool_)
    recorded = np.ascontiguousarray(attributes.recorded, np.bool_)
    if not code.shape == force.shape == recorded.shape == (n,):
        raise wrong_rows("속성 수가 키 수와 다릅니다", "as many attributes as keys are needed")
    if n and int(code.min()) < 0:
        raise wrong_rows("분류 코드가 음수입니다", "a class code is negative")
    return Attributes(code, force, recorded)


def checked_rows(
    keys: ArrayLike, vectors: ArrayLike, attributes: Attributes, dimension: int
) -> tuple[NDArray[np.int64], NDArray[np.float32], Attributes]:
    """Rows to add, the last of equal keys only. Raises StoreError and leaves everything as it was."""
    key = checked_keys(keys)
    vector = checked_queries(np.reshape(vectors, (0, dimension)) if key.size == 0 else vectors, dimension)
    attribute = checked_attributes(attributes, len(key))
    if len(vector) != len(key):
        raise wrong_rows("벡터 수가 키 수와 다릅니다", "as many vectors as keys are needed")
    lengths = np.linalg.norm(vector, axis=1)
    if len(vector) and float(np.abs(lengths - 1).max()) > _UNIT_TOLERANCE:
        raise wrong_rows("길이가 1이 아닌 벡터가 있습니다", "a vector is not of unit length")
    last = last_of_equal(key)
    return (key, vector, attribute) if last is None else (key[last], vector[last], attribute.take(last))


def last_of_equal(keys: NDArray[np.int64]) -> NDArray[np.int64] | None:
    """Positions of the last of each key, in order; None where all keys differ."""
    _, first_from_behind = np.unique(keys[::-1], return_index=True)
    if len(first_from_behind) == len(keys):
        return None
    return np.sort(len(keys) - 1 - first_from_behind).astype(np.int64)


def best_first(keys: NDArray[np.int64], scores: NDArray[np.float32], k: int) -> Found:
    """The best k of each line of (q, m), equal scores in order of key, padded to k columns."""
    q, m = keys.shape
    order = np.lexsort((keys, -scores), axis=-1)[:, :k]
    best_keys = np.full((q, k), -1, np.int64)
    best_scores = np.full((q, k), -np.inf, np.float32)
    width = min(k, m)
    best_keys[:, :width] = np.take_along_axis(keys, order, axis=1)
    best_scores[:, :width] = np.take_along_axis(scores, order, axis=1)
    best_keys[best_scores == -np.inf] = -1
    return Found(best_keys, best_scores)
