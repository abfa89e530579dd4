"""Keep the search index in step with the register: encode new views, drop withdrawn ones, follow class and status.

Works along the register's outbox, so that a run that was stopped goes on where its last batch ended. While one batch is
written, the views of the next are described.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pandok.engines.describing.values import Described, DescribedViews, Describing, Views
from pandok.engines.files.blobs import FolderBlobs
from pandok.engines.index.feature_store import FeatureStore, StoredFeatures
from pandok.engines.index.port import Attributes, VectorIndex
from pandok.fields.designs.stored_gallery import class_code
from pandok.fields.register.lists.queries import IndexRow, ViewChange, changed_since, index_row, last_change_id

BATCH = 256
AT_A_TIME = 8
"""Views that are described together."""
POSITION, READER = "position", "reader"


def waiting(features: FeatureStore, reader: str) -> int:
    """Steps of the register that the index has not followed yet."""
    position = int(features.mark(POSITION) or 0) if features.mark(READER) == reader else 0
    return last_change_id() - position


def follow(
    reader: str,
    weights: NDArray[np.float32],
    describing: Describing,
    index: VectorIndex,
    features: FeatureStore,
    blobs: FolderBlobs,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Bring the index up to date with the register; returns how many views were encoded. `reader` is the name of the
    reader that describes, `weights` (d,) are its index weights.

    Another reader than the one the index was made with starts it afresh: vectors of two encoders do not mix.
    """
    if features.mark(READER) != reader:
        features.set_mark(POSITION, "0")
        features.set_mark(READER, reader)
    following = _Following(weights, index, features, blobs, progress, last_change_id())
    done = following.go_on(describing)
    if index.state().rebuild_due:
        index.rebuild()
    return done


def follow_view(
    view_key: int,
    reader: str,
    weights: NDArray[np.float32],
    describing: Describing,
    index: VectorIndex,
    features: FeatureStore,
    blobs: FolderBlobs,
) -> None:
    """Bring one view up to date before its turn in the outbox. Nothing where the index was made with another reader:
    whoever makes it again takes the view as it is then."""
    if features.mark(READER) != reader:
        return
    row = index_row(view_key)
    change = ViewChange(0, "withdrawn" if row is None else "added", view_key, row)
    following = _Following(weights, index, features, blobs, None, 0)
    batch = _Batch([change], {0: [row]} if row else {})
    for found in describing.described([following.files(0, [row])] if row else []):
        batch.found[found.number] = found
    following.apply(batch)


@dataclass
class _Batch:
    """Some steps of the outbox, and the views among them that must be described, group by group."""

    changes: list[ViewChange]
    groups: dict[int, list[IndexRow]] = field(default_factory=dict)
    found: dict[int, DescribedViews] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        return len(self.found) == len(self.groups)

    def described(self) -> Iterator[tuple[IndexRow, Described]]:
        """In the order of the register; views that could not be decoded are left out."""
        for number, rows in self.groups.items():
            for row, one in zip(rows, self.found[number].views, strict=True):
                if one is not None:
                    yield row, one


@dataclass
class _Following:
    weights: NDArray[np.float32]
    index: VectorIndex
    features: FeatureStore
    blobs: FolderBlobs
    progress: Callable[[int, int], None] | None
    total: int
    batches: deque[_Batch] = field(default_factory=deque)
    encoded: int = 0

    def go_on(self, describing: Describing) -> int:
        for result in describing.described(self._groups()):
            batch = next(one for one in self.batches if result.number in one.groups)
            batch.found[result.number] = result
            self._write_whole()
        self._write_whole()
        return self.encoded

    def _groups(self) -> Iterator[Views]:
        """The files of the views to describe, as the outbox names them."""
        position, number = int(self.features.mark(POSITION) or 0), 0
        while changes := changed_since(position, BATCH):
            position = changes[-1].change_id
            rows = self._to_describe(changes)
            batch = _Batch(changes)
            for start in range(0, len(rows), AT_A_TIME):
                batch.groups[number] = rows[start : start + AT_A_TIME]
                number += 1
            self.batches.append(batch)
            # A batch with nothing to describe would wait for a result that never comes.
            self._write_whole()
            for own, group in batch.groups.items():
                yield self.files(own, group)

    def files(self, number: int, rows: Sequence[IndexRow]) -> Views:
        """A confirmed photograph may be erased at any moment, as its term ends: it is left out then, like a picture
        that cannot be decoded. A registered view that is lost is said to be."""
        return Views(
            number,
            tuple(
                b"" if row.confirmed and row.sha256 not in self.blobs else self.blobs.get(row.sha256) for row in rows
            ),
        )

    def _to_describe(self, changes: Sequence[ViewChange]) -> list[IndexRow]:
        latest = _latest(changes)
        added = [one.row for one in latest if one.row is not None and one.kind == "added"]
        filters = [one.row for one in latest if one.row is not None and one.kind == "filter"]
        # A view that was added and changed within one batch is not described yet.
        known = self.features.facts([row.view_key for row in filters]) if filters else {}
        return added + [row for row in filters if row.view_key not in known]

    def _write_whole(self) -> None:
        """The batches that are described, in their order."""
        while self.batches and self.batches[0].whole:
            self._write(self.batches.popleft())

    def _write(self, batch: _Batch) -> None:
        self.apply(batch)
        position = batch.changes[-1].change_id
        self.features.set_mark(POSITION, str(position))
        if self.progress:
            self.progress(position, max(position, self.total))

    def apply(self, batch: _Batch) -> None:
        latest = _latest(batch.changes)
        gone = [one.view_key for one in latest if one.row is None]
        if gone:
            self.index.remove(np.array(gone, np.int64))
            self.features.remove(gone)
        self._add(list(batch.described()))
        filters = [one.row for one in latest if one.row is not None and one.kind == "filter"]
        if filters:
            self.index.set_attributes(np.array([row.view_key for row in filters], np.int64), _attributes(filters))
        self.index.flush()

    def _add(self, found: Sequence[tuple[IndexRow, Described]]) -> None:
        if not found:
            return
        self.features.put(
            [
                StoredFeatures(row.view_key, one.description.plain, one.size_px, one.description.local)
                for row, one in found
            ]
        )
        vectors = np.stack([one.description.vector for _, one in found]) * self.weights
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        rows = [row for row, _ in found]
        self.index.add(np.array([row.view_key for row in rows], np.int64), vectors, _attributes(rows))
        self.encoded += len(rows)


def _latest(changes: Sequence[ViewChange]) -> list[ViewChange]:
    return list({one.view_key: one for one in changes}.values())


def _attributes(rows: Sequence[IndexRow]) -> Attributes:
    return Attributes(
        np.array([class_code(row.locarno_class) for row in rows], np.int32),
        np.array([row.in_force for row in rows], np.bool_),
        np.array([row.recorded for row in rows], np.bool_),
    )
