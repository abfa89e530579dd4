"""The rows as they are now: a generation, and on top of it the changes of the log.

New rows are kept as half floats in memory and searched exactly; replaced and removed rows of the generation are only
marked. A rebuild folds both into the next generation.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import faiss
import numpy as np
from numpy.typing import NDArray

from pandok.engines.index.exact import passing
from pandok.engines.index.generation import Generation, RowFilter
from pandok.engines.index.log import Change, attributes_of, flags_of
from pandok.engines.index.port import IndexFilter

T = TypeVar("T", bound=np.generic)

_CHUNK_ROWS = 32_768
_FILTERS_KEPT = 64


class LiveRows:
    """Rows numbered 0…n-1: first those of the generation, then those of the log. Not safe for threads by itself."""

    def __init__(self, generation: Generation, log: Path):
        self.generation, self.log = generation, log
        self.count = len(generation)
        self._keys = np.array(generation.keys)
        self._class_code = np.array(generation.class_code)
        self._flags = np.array(generation.flags)
        self._alive = np.ones(self.count, np.bool_)
        self._vectors_at = np.empty(0, np.int64)
        self._new_row: dict[int, int] = {}
        self._chunks: list[faiss.IndexScalarQuantizer] = []
        self._filters: dict[IndexFilter, RowFilter] = {}

    def __len__(self) -> int:
        return int(np.count_nonzero(self._alive[: self.count]))

    @property
    def new_rows(self) -> int:
        """Rows of the log, replaced ones included."""
        return self.count - len(self.generation)

    @property
    def changed_rows(self) -> int:
        """How much a rebuild would tidy up: rows of the log and dead rows of the generation."""
        old = len(self.generation)
        return self.new_rows + old - int(np.count_nonzero(self._alive[:old]))

    def apply(self, change: Change) -> int:
        """Apply one change. Returns the number of rows that it touched."""
        rows = self.rows_of(change.keys)
        here = rows[rows >= 0]
        if (here < len(self.generation)).any():
            self._filters.clear()
        if change.kind == "set":
            assert change.attributes is not None
            self._class_code[here] = change.attributes.class_code[rows >= 0]
            self._flags[here] = flags_of(change.attributes)[rows >= 0]
            return len(here)
        here = np.unique(here)
        self._alive[here] = False
        if change.kind == "remove":
            for key in change.keys.tolist():
                self._new_row.pop(key, None)
            return len(here)
        self._append(change)
        return len(change.keys)

    def rows_of(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """Living row of each key, -1 where absent."""
        rows = self.generation.rows_of(keys)
        there = np.flatnonzero(rows >= 0)
        rows[there[~self._alive[rows[there]]]] = -1
        if self._new_row:
            new = np.fromiter((self._new_row.get(key, -1) for key in keys.tolist()), np.int64, len(keys))
            rows = np.where(new >= 0, new, rows)
        return rows

    def vectors(self, rows: NDArray[np.int64]) -> NDArray[np.float16]:
        """(n, dimension) half floats of `rows`."""
        return read_vectors(self.generation, self.log, self._vectors_at, rows)

    def old_passing(self, filter: IndexFilter) -> RowFilter:
        """Which rows of the generation pass; kept until one of them changes."""
        kept = self._filters.get(filter)
        if kept is None:
            kept = RowFilter.of(self._passing(filter, 0, len(self.generation)), self.generation.starts)
            if len(self._filters) >= _FILTERS_KEPT:
                self._filters.pop(next(iter(self._filters)))
            self._filters[filter] = kept
        return kept

    def search_new(
        self, queries: NDArray[np.float32], k: int, filter: IndexFilter
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Exact search of the rows of the log: (q, m) keys padded with -1, and their inner products."""
        keys = [np.empty((len(queries), 0), np.int64)]
        scores = [np.empty((len(queries), 0), np.float32)]
        for number, chunk in enumerate(self._chunks):
            first = len(self.generation) + number * _CHUNK_ROWS
            mask = self._passing(filter, first, first + chunk.ntotal)
            width = min(k, int(np.count_nonzero(mask)))
            if width == 0:
                continue
            bitmap = np.packbits(mask, bitorder="little")
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bitmap))
            score, row = chunk.search(queries, width, params=parameters)
            keys.append(np.where(row >= 0, self._keys[first + row], -1))
            scores.append(np.where(row >= 0, score, -np.inf).astype(np.float32))
        return np.concatenate(keys, axis=1), np.concatenate(scores, axis=1)

    def freeze(self) -> FrozenRows:
        """The living rows of this moment, for a rebuild that goes on beside later changes."""
        rows = np.flatnonzero(self._alive[: self.count])
        return FrozenRows(
            self.generation,
            self.log,
            rows,
            self._keys[rows],
            self._class_code[rows],
            self._flags[rows],
            self._vectors_at[: self.new_rows].copy(),
        )

    def _passing(self, filter: IndexFilter, first: int, last: int) -> NDArray[np.bool_]:
        alive = self._alive[first:last]
        if filter.classes is None and not filter.in_force and not filter.recorded:
            return alive
        return alive & passing(attributes_of(self._class_code[first:last], self._flags[first:last]), filter)

    def _append(self, change: Change) -> None:
        assert change.attributes is not None
        assert change.vectors is not None
        n, width = len(change.keys), 2 * change.vectors.shape[1]
        last = self.count + n
        self._keys = _room(self._keys, last)
        self._class_code, self._flags = _room(self._class_code, last), _room(self._flags, last)
        self._alive = _room(self._alive, last)
        self._vectors_at = _room(self._vectors_at, last - len(self.generation))
        self._keys[self.count : last] = change.keys
        self._class_code[self.count : last] = change.attributes.class_code
        self._flags[self.count : last] = flags_of(change.attributes)
        self._alive[self.count : last] = True
        self._vectors_at[self.new_rows : self.new_rows + n] = change.vectors_at + width * np.arange(n)
        self._new_row.update(zip(change.keys.tolist(), range(self.count, last), strict=True))
        self.count = last
        done = 0
        while done < n:
            if not self._chunks or self._chunks[-1].ntotal == _CHUNK_ROWS:
                self._chunks.append(_empty_chunk(change.vectors.shape[1]))
            take = min(n - done, _CHUNK_ROWS - self._chunks[-1].ntotal)
            self._chunks[-1].add(change.vectors[done : done + take].astype(np.float32))
            done += take


@dataclass(frozen=True)
class FrozenRows:
    """Living rows and where their vectors lie. `rows` are numbers as in LiveRows, ascending."""

    generation: Generation
    log: Path
    rows: NDArray[np.int64]
    keys: NDArray[np.int64]
    class_code: NDArray[np.int32]
    flags: NDArray[np.uint8]
    vectors_at: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.rows)

    def vectors(self, positions: NDArray[np.int64]) -> NDArray[np.float16]:
        """(n, dimension) half floats of the rows at `positions` (0…len-1)."""
        return read_vectors(self.generation, self.log, self.vectors_at, self.rows[positions])


def read_vectors(
    generation: Generation, log: Path, vectors_at: NDArray[np.int64], rows: NDArray[np.int64]
) -> NDArray[np.float16]:
    """(n, dimension) half floats of `rows`, from the generation or from the log."""
    old = rows < len(generation)
    vectors = np.empty((len(rows), generation.dimension), np.float16)
    vectors[old] = generation.vectors(rows[old])
    if not old.all():
        width = 2 * generation.dimension
        windows = np.lib.stride_tricks.sliding_window_view(np.memmap(log, np.uint8, "r"), width)
        at = vectors_at[rows[~old] - len(generation)]
        vectors[~old] = windows[at].view(np.float16).reshape(-1, generation.dimension)
    return vectors


def _empty_chunk(dimension: int) -> faiss.IndexScalarQuantizer:
    return faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)


def _room(array: NDArray[T], length: int) -> NDArray[T]:
    """The array with room for `length` items; grows by half, so that single adds stay cheap."""
    if len(array) >= length:
        return array
    grown = np.zeros(max(length, len(array) * 3 // 2, 1024), array.dtype)
    grown[: len(array)] = array
    return grown
