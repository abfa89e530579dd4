"""The index of one machine: FAISS over memory-mapped files, with a log of changes on top.

    <folder>/CURRENT          names the generation that counts
    <folder>/g000007/         one generation: `index_generation.py`, and `log.bin`: `index_log.py`
    <folder>/write.lock       held from a first change to `flush`
    <folder>/rebuild.lock     held during a rebuild

Any number of processes may open the folder. One changes it at a time: the first change takes the write lock (waiting
up to `lock_wait_s`) and `flush` gives it back. The others see flushed changes and new generations at their next
search. A rebuild writes the next generation beside the old one and switches by renaming CURRENT; the generation before
stays on disk until the next rebuild, for readers that are just opening it.
"""

from __future__ import annotations

import shutil
import threading
from contextlib import ExitStack
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from pandok.core.errors import StoreError
from pandok.engines.index.build import ONE_CLUSTER_ROWS, write_generation
from pandok.engines.index.errors import absent_keys, closed, corrupt, disk
from pandok.engines.index.generation import empty_generation, open_generation
from pandok.engines.index.input import best_first, checked_attributes, checked_keys, checked_queries, checked_rows
from pandok.engines.index.live_rows import LiveRows
from pandok.engines.index.log import Change, LogWriter, read_committed
from pandok.engines.index.manifest import (
    CURRENT,
    FileLock,
    Stamp,
    generation_name,
    read_current,
    stamp,
    sync_folder,
    write_current,
)
from pandok.engines.index.port import EVERYTHING, Attributes, Found, IndexFilter, IndexState

LOG = "log.bin"
# Of 1.7 million rows: recall@10 above .998 with and without filters (benchmarks/index_national.py).
SCAN_ROWS = 150_000
# Rows fetched beyond k, so that equal scores at the edge are cut in order of key.
_SPARE = 32


class FaissIndex:
    """See `vector_index.VectorIndex` for the promise and the head of this file for the files."""

    def __init__(
        self,
        folder: Path,
        dimension: int,
        *,
        threads: int = 2,
        search_threads: int = 1,
        scan_rows: int = SCAN_ROWS,
        lock_wait_s: float = 10.0,
        seed: int = 0,
    ):
        """Open or begin the index in `folder`. Raises StoreError for damage or for another dimension.

        `threads` is for rebuilding. A search is so short that waiting for a second thread on a busy machine costs
        more than it saves; several searches at once use several cores anyway.
        """
        self.dimension = dimension
        self._folder, self._threads, self._scan_rows = folder, threads, scan_rows
        self._search_threads = search_threads
        self._lock_wait_s, self._seed = lock_wait_s, seed
        self._lock = threading.RLock()
        self._open = True
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise disk(error, folder) from error
        self._write_lock = FileLock(folder / "write.lock")
        self._writer: LogWriter | None = None
        self._generation = -1
        self._rows: LiveRows
        self._log_end = 0
        self._log_seen: Stamp = None
        self._current_seen: Stamp = None
        self._refresh()

    def __len__(self) -> int:
        with self._lock:
            self._refresh()
            return len(self._rows)

    def add(self, keys: NDArray[np.int64], vectors: NDArray[np.float32], attributes: Attributes) -> None:
        key, vector, attribute = checked_rows(keys, vectors, attributes, self.dimension)
        if len(key):
            self._change(Change("add", key, attribute, vector.astype(np.float16)))

    def remove(self, keys: NDArray[np.int64]) -> int:
        key = checked_keys(keys)
        return self._change(Change("remove", key)) if len(key) else 0

    def set_attributes(self, keys: NDArray[np.int64], attributes: Attributes) -> None:
        key = checked_keys(keys)
        attribute = checked_attributes(attributes, len(key))
        if len(key):
            self._change(Change("set", key, attribute))

    def search(self, queries: NDArray[np.float32], k: int, filter: IndexFilter = EVERYTHING) -> Found:
        query = checked_queries(queries, self.dimension)
        faiss.omp_set_num_threads(self._search_threads)  # counts for the calling thread only, hence at every call
        with self._lock:
            self._refresh()
            rows = self._rows
            old = rows.old_passing(filter)
            new_keys, new_scores = rows.search_new(query, k + _SPARE, filter)
        # The generation and the prepared filter never change, so other threads need not wait for this.
        found, scores = rows.generation.search(query, k + _SPARE, old, self._scan_rows)
        keys = np.where(found >= 0, rows.generation.keys[found], -1) if found.size else found
        return best_first(np.concatenate([keys, new_keys], axis=1), np.concatenate([scores, new_scores], axis=1), k)

    def reconstruct(self, keys: NDArray[np.int64]) -> NDArray[np.float32]:
        key = checked_keys(keys)
        with self._lock:
            self._refresh()
            rows = self._rows.rows_of(key)
            if (rows < 0).any():
                raise absent_keys(key[rows < 0].tolist())
            return self._rows.vectors(rows).astype(np.float32)

    def state(self) -> IndexState:
        with self._lock:
            self._refresh()
            changed = self._rows.changed_rows
            due = changed > max(ONE_CLUSTER_ROWS // 2, len(self._rows.generation) // 50)
            return IndexState("faiss", len(self._rows), self.dimension, self._generation, changed, due)

    def flush(self) -> None:
        with self._lock:
            self._check_open()
            if self._writer is None:
                return
            try:
                self._log_end = self._writer.commit()
                self._log_seen = stamp(self._log_path())
            except StoreError:
                self._generation = -1  # what could not be flushed is forgotten: read the files again
                raise
            finally:
                self._give_back()

    def close(self) -> None:
        with self._lock:
            if self._open:
                self.flush()
                self._open = False

    def verify(self) -> None:
        """Compare every byte of the generation with its checksum. Raises StoreError."""
        with self._lock:
            self._refresh()
            generation = self._rows.generation
        generation.verify()

    def rebuild(self) -> None:
        """Fold the log into a new generation. Searches and changes go on meanwhile, here and in other processes."""
        lock = FileLock(self._folder / "rebuild.lock")
        lock.acquire(wait_s=0)
        try:
            with self._lock:
                self.flush()
                self._refresh()
                generation, frozen, frozen_at = self._generation, self._rows.freeze(), self._log_end
            faiss.omp_set_num_threads(self._threads)
            folder = self._folder / generation_name(generation + 1)
            shutil.rmtree(folder, ignore_errors=True)  # what a rebuild that was cut short has left
            frozen.generation.verify()
            write_generation(frozen, folder, seed=self._seed)
            with self._lock:
                self.flush()
                self._begin()
                try:
                    self._switch(folder, generation + 1, frozen_at)
                finally:
                    self._give_back()
                self._refresh()
            for old in range(generation):
                shutil.rmtree(self._folder / generation_name(old), ignore_errors=True)
        except OSError as error:
            raise disk(error, self._folder) from error
        finally:
            lock.release()

    def _switch(self, folder: Path, number: int, frozen_at: int) -> None:
        """Carry over what was flushed during the build, then let the new generation count."""
        later, _ = read_committed(self._log_path(), self.dimension, frozen_at)
        log = LogWriter(folder / LOG, self.dimension, 0)
        for change in later:
            log.append(change)
        log.commit()
        log.close()
        sync_folder(folder)
        write_current(self._folder, number)

    def _change(self, change: Change) -> int:
        with self._lock:
            self._check_open()
            self._begin()
            assert self._writer is not None
            at = self._writer.append(change)
            return self._rows.apply(Change(change.kind, change.keys, change.attributes, change.vectors, at))

    def _begin(self) -> None:
        """Take the write lock and stand at the end of what is flushed, unless this object already does."""
        if self._writer is not None:
            return
        self._write_lock.acquire(self._lock_wait_s)
        with ExitStack() as undo:
            undo.callback(self._write_lock.release)
            self._refresh()
            if self._current_seen is None:  # first of all, so that a lost CURRENT can be told from a new index
                write_current(self._folder, 0)
                self._current_seen = stamp(self._folder / CURRENT)
            self._log_path().parent.mkdir(exist_ok=True)
            self._writer = LogWriter(self._log_path(), self.dimension, self._log_end)
            undo.pop_all()

    def _give_back(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        self._write_lock.release()

    def _refresh(self) -> None:
        """See what other processes have flushed; two `stat` calls where nothing has changed."""
        self._check_open()
        if self._writer is not None:
            return  # nobody else can have changed anything
        while True:
            current = stamp(self._folder / CURRENT)
            try:
                if self._generation < 0 or current != self._current_seen:
                    self._load(current)
                self._read_log()
                return
            except StoreError:
                # A slow reader may find the files of its generation gone, because there is a newer one.
                if stamp(self._folder / CURRENT) == current:
                    raise

    def _load(self, current: Stamp) -> None:
        number = read_current(self._folder)
        folder = self._folder / generation_name(number)
        generation = (open_generation if number else empty_generation)(folder, self.dimension)
        self._rows = LiveRows(generation, folder / LOG)
        self._generation, self._current_seen = number, current
        self._log_end, self._log_seen = 0, None

    def _read_log(self) -> None:
        path = self._log_path()
        seen = stamp(path)
        if seen is None and self._generation > 0:
            raise corrupt(path, "missing")
        if seen == self._log_seen:
            return
        changes, end = read_committed(path, self.dimension, self._log_end)
        for change in changes:
            self._rows.apply(change)
        self._log_end, self._log_seen = end, seen

    def _log_path(self) -> Path:
        return self._folder / generation_name(self._generation) / LOG

    def _check_open(self) -> None:
        if not self._open:
            raise closed()
