"""Keep the search index in step with the register: encode new views, drop withdrawn ones, follow class and status.

Works along the register's outbox, so that a run that was stopped goes on where its last batch ended.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from pandok.core.errors import PhotographError
from pandok.desk.stored_gallery import class_code
from pandok.engines.blobs import FolderBlobs
from pandok.engines.feature_store import FeatureStore, StoredFeatures
from pandok.engines.vector_index import Attributes, VectorIndex
from pandok.readers.designs.description import Description
from pandok.readers.designs.local import LocalFeatures
from pandok.readers.designs.photograph import Photograph, decode
from pandok.readers.designs.reader import DesignReader
from pandok.register.queries import IndexRow, changed_since, last_change_id

BATCH = 64
AT_A_TIME = 8
"""Views that one thread describes together."""
POSITION, READER = "position", "reader"


def follow(
    reader: DesignReader,
    index: VectorIndex,
    features: FeatureStore,
    blobs: FolderBlobs,
    progress: Callable[[int, int], None] | None = None,
    *,
    threads: int = 1,
) -> int:
    """Bring the index up to date with the register; returns how many views were encoded. `threads` groups of views are
    decoded and described side by side.

    Another reader than the one the index was made with starts it afresh: vectors of two encoders do not mix.
    """
    if features.mark(READER) != reader.name:
        features.set_mark(POSITION, "0")
        features.set_mark(READER, reader.name)
    with ThreadPoolExecutor(threads, thread_name_prefix="pandok-index") as pool:
        done = _Following(reader, index, features, blobs, pool).go_on(progress)
    if index.state().rebuild_due:
        index.rebuild()
    return done


@dataclass(frozen=True)
class _Following:
    reader: DesignReader
    index: VectorIndex
    features: FeatureStore
    blobs: FolderBlobs
    pool: ThreadPoolExecutor

    def go_on(self, progress: Callable[[int, int], None] | None) -> int:
        position = int(self.features.mark(POSITION) or 0)
        total = last_change_id()
        done = 0
        while changes := changed_since(position, BATCH):
            latest = {change.view_key: change for change in changes}
            gone = [key for key, change in latest.items() if change.row is None]
            if gone:
                self.index.remove(np.array(gone, np.int64))
                self.features.remove(gone)
            added = [c.row for c in latest.values() if c.row is not None and c.kind == "added"]
            filters = [c.row for c in latest.values() if c.row is not None and c.kind == "filter"]
            done += self._encode(added)
            if filters:
                known = self.features.facts([row.view_key for row in filters])
                # A view that was added and changed within one batch is not encoded yet.
                done += self._encode([row for row in filters if row.view_key not in known])
                self.index.set_attributes(np.array([row.view_key for row in filters], np.int64), _attributes(filters))
            self.index.flush()
            position = changes[-1].change_id
            self.features.set_mark(POSITION, str(position))
            if progress:
                progress(position, total)
        return done

    def _encode(self, rows: Sequence[IndexRow]) -> int:
        groups = [rows[start : start + AT_A_TIME] for start in range(0, len(rows), AT_A_TIME)]
        found = [one for group in self.pool.map(self._described, groups) for one in group]
        if not found:
            return 0
        self.features.put(
            [
                StoredFeatures(
                    row.view_key, one.plain, (picture.width_px, picture.height_px), _as_stored(one.local, picture)
                )
                for row, picture, one in found
            ]
        )
        vectors = np.stack([one.vector for _, _, one in found]) * self.reader.index_weights()
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        readable = [row for row, _, _ in found]
        self.index.add(np.array([row.view_key for row in readable], np.int64), vectors, _attributes(readable))
        return len(readable)

    def _described(self, rows: Sequence[IndexRow]) -> list[tuple[IndexRow, Photograph, Description]]:
        pictures, readable = [], []
        for row in rows:
            try:
                pictures.append(decode(self.blobs.get(row.sha256)))
            except PhotographError:
                # The import checked what can be checked cheaply; a picture that still cannot be decoded is left out.
                continue
            readable.append(row)
        if not readable:
            return []
        described = self.reader.describe_views([picture.pixels for picture in pictures])
        return list(zip(readable, pictures, described, strict=True))


def _as_stored(features: LocalFeatures, picture: Photograph) -> LocalFeatures:
    """Points in pixels of the stored picture: a large sheet is described reduced."""
    scale = np.float32(picture.width_px / picture.pixels.shape[1])
    return LocalFeatures(features.points * scale, features.descriptors)


def _attributes(rows: Sequence[IndexRow]) -> Attributes:
    return Attributes(
        np.array([class_code(row.locarno_class) for row in rows], np.int32),
        np.array([row.in_force for row in rows], np.bool_),
        np.array([row.recorded for row in rows], np.bool_),
    )
