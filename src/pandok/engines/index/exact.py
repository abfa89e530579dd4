"""Exact search in numpy: short, slow at scale, and the truth that the other indexes are measured against."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pandok.engines.index.errors import absent_keys, closed, corrupt, wrong_dimension
from pandok.engines.index.input import best_first, checked_attributes, checked_keys, checked_queries, checked_rows
from pandok.engines.index.port import EVERYTHING, Attributes, Found, IndexFilter, IndexState


class ExactIndex:
    """All rows in memory, in order of key; `flush` writes one file beside the old one and renames it.

    For one process at a time. Without a folder nothing is kept.
    """

    def __init__(self, folder: Path | None, dimension: int):
        self.dimension = dimension
        self._path = folder / "exact.npz" if folder else None
        self._keys = np.empty(0, np.int64)
        self._vectors = np.empty((0, dimension), np.float32)
        self._attributes = Attributes(np.empty(0, np.int32), np.empty(0, np.bool_), np.empty(0, np.bool_))
        self._open = True
        if self._path and self._path.exists():
            self._load(self._path)

    def __len__(self) -> int:
        return len(self._keys)

    def add(self, keys: NDArray[np.int64], vectors: NDArray[np.float32], attributes: Attributes) -> None:
        self._check_open()
        key, vector, attribute = checked_rows(keys, vectors, attributes, self.dimension)
        stay = np.flatnonzero(~np.isin(self._keys, key))
        all_keys = np.concatenate([self._keys[stay], key])
        order = np.argsort(all_keys)
        old = self._attributes.take(stay)
        self._keys = all_keys[order]
        self._vectors = np.concatenate([self._vectors[stay], vector])[order]
        self._attributes = Attributes(
            np.concatenate([old.class_code, attribute.class_code]),
            np.concatenate([old.in_force, attribute.in_force]),
            np.concatenate([old.recorded, attribute.recorded]),
        ).take(order)

    def remove(self, keys: NDArray[np.int64]) -> int:
        self._check_open()
        stay = np.flatnonzero(~np.isin(self._keys, checked_keys(keys)))
        gone = len(self) - len(stay)
        self._keys, self._vectors = self._keys[stay], self._vectors[stay]
        self._attributes = self._attributes.take(stay)
        return gone

    def set_attributes(self, keys: NDArray[np.int64], attributes: Attributes) -> None:
        self._check_open()
        key = checked_keys(keys)
        attribute = checked_attributes(attributes, len(key))
        rows = self._rows(key)
        here = np.flatnonzero(rows >= 0)
        for ours, theirs in (
            (self._attributes.class_code, attribute.class_code),
            (self._attributes.in_force, attribute.in_force),
            (self._attributes.recorded, attribute.recorded),
        ):
            ours[rows[here]] = theirs[here]

    def search(self, queries: NDArray[np.float32], k: int, filter: IndexFilter = EVERYTHING) -> Found:
        self._check_open()
        query = checked_queries(queries, self.dimension)
        scores = query @ self._vectors.T
        scores[:, ~passing(self._attributes, filter)] = -np.inf
        return best_first(np.broadcast_to(self._keys, scores.shape), scores, k)

    def reconstruct(self, keys: NDArray[np.int64]) -> NDArray[np.float32]:
        self._check_open()
        key = checked_keys(keys)
        rows = self._rows(key)
        if (rows < 0).any():
            raise absent_keys(key[rows < 0].tolist())
        return self._vectors[rows]

    def rebuild(self) -> None:
        self.flush()

    def state(self) -> IndexState:
        return IndexState("exact", len(self), self.dimension)

    def flush(self) -> None:
        self._check_open()
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        beside = self._path.with_suffix(".part")
        with beside.open("wb") as file:
            np.savez(file, keys=self._keys, vectors=self._vectors, **vars(self._attributes))
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, self._path)

    def close(self) -> None:
        if self._open:
            self.flush()
            self._open = False

    def _rows(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """Row of each key, -1 where absent."""
        if not len(self):
            return np.full(len(keys), -1, np.int64)
        rows = np.minimum(np.searchsorted(self._keys, keys), len(self) - 1)
        return np.where(self._keys[rows] == keys, rows, -1).astype(np.int64)

    def _load(self, path: Path) -> None:
        try:
            with np.load(path) as saved:
                self._keys, self._vectors = saved["keys"], saved["vectors"]
                self._attributes = Attributes(saved["class_code"], saved["in_force"], saved["recorded"])
        except (ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            raise corrupt(path, str(error)) from error
        if self._vectors.shape[1] != self.dimension:
            raise wrong_dimension(self._vectors.shape[1], self.dimension)

    def _check_open(self) -> None:
        if not self._open:
            raise closed()


def passing(attributes: Attributes, filter: IndexFilter) -> NDArray[np.bool_]:
    """(n,) true where a row passes the filter."""
    mask = np.ones(len(attributes), np.bool_)
    if filter.classes is not None:
        codes = list(filter.classes)
        # One comparison is ten times faster than isin, and one class is the usual case.
        mask &= attributes.class_code == codes[0] if len(codes) == 1 else np.isin(attributes.class_code, codes)
    if filter.in_force:
        mask &= attributes.in_force
    if filter.recorded:
        mask &= attributes.recorded
    return mask
