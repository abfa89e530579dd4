"""Feature store: what is put comes back, batches are whole, readers in other threads see it."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from pandok.core.errors import StoreError
from pandok.engines.index.feature_store import FeatureStore, StoredFeatures
from pandok.readers.designs.local import LocalFeatures


def stored(key: int, count: int) -> StoredFeatures:
    rng = np.random.default_rng(key)
    points = rng.uniform(0, 500, (count, 2)).astype(np.float32)
    return StoredFeatures(
        key, key % 2 == 0, (640, 480), LocalFeatures(points, rng.integers(0, 255, (count, 128)).astype(np.uint8))
    )


def test_what_is_put_comes_back(tmp_path: Path):
    store = FeatureStore(tmp_path / "features.db")
    row = stored(7, 40)
    store.put([row, stored(8, 0)])
    again = FeatureStore(tmp_path / "features.db")
    found = again.local_features(7)
    assert np.array_equal(found.points, row.local.points)
    assert np.array_equal(found.descriptors, row.local.descriptors)
    assert again.facts([7, 8, 9]) == {7: (False, (640, 480)), 8: (True, (640, 480))}
    assert len(again.local_features(8)) == 0


def test_the_last_one_counts_and_a_removed_one_is_gone(tmp_path: Path):
    store = FeatureStore(tmp_path / "features.db")
    store.put([stored(1, 5)])
    store.put([StoredFeatures(1, True, (10, 20), stored(2, 9).local)])
    assert len(store.local_features(1)) == 9
    store.remove([1])
    assert store.facts([1]) == {}
    assert len(store.local_features(1)) == 0


def test_other_threads_read_what_was_written(tmp_path: Path):
    store = FeatureStore(tmp_path / "features.db")
    store.put([stored(3, 12)])
    seen: list[int] = []
    reader = threading.Thread(target=lambda: seen.append(len(store.local_features(3))))
    reader.start()
    reader.join()
    assert seen == [12]


def test_marks_are_remembered(tmp_path: Path):
    FeatureStore(tmp_path / "f.db").set_mark("position", "41")
    assert FeatureStore(tmp_path / "f.db").mark("position") == "41"
    assert FeatureStore(tmp_path / "f.db").mark("other") == ""


def test_a_file_that_is_no_store_says_what_to_do(tmp_path: Path):
    (tmp_path / "f.db").write_bytes(b"no database at all, but long enough to be read as one" * 40)
    with pytest.raises(StoreError) as refused:
        FeatureStore(tmp_path / "f.db")
    assert "pandok designs index" in refused.value.next_step.en
