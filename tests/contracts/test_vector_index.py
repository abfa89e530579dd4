"""The promise of `pandok.engines.index.port`, asked of every implementation; exact search is the truth."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from pandok.core.errors import StoreError
from pandok.engines.index import build as index_build
from pandok.engines.index.exact import ExactIndex
from pandok.engines.index.faiss import FaissIndex
from pandok.engines.index.open_index import open_index
from pandok.engines.index.port import Attributes, IndexFilter, VectorIndex

DIMENSION = 32
ROWS = 1500
RARE = 2601  # five rows only
EVERY_FILTER = [
    IndexFilter(),
    IndexFilter(classes=frozenset({901})),
    IndexFilter(classes=frozenset({901, 902}), in_force=True),
    IndexFilter(in_force=True, recorded=True),
    IndexFilter(classes=frozenset({RARE})),
    IndexFilter(classes=frozenset({RARE}), in_force=True),
]
Opener = Callable[[], VectorIndex]


def unit_vectors(n: int, seed: int) -> NDArray[np.float32]:
    vectors = np.random.default_rng(seed).standard_normal((n, DIMENSION)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def same_attributes(n: int, class_code: int = 901, in_force: bool = True, recorded: bool = False) -> Attributes:
    return Attributes(np.full(n, class_code, np.int32), np.full(n, in_force), np.full(n, recorded))


def register(seed: int = 1) -> tuple[NDArray[np.int64], NDArray[np.float32], Attributes]:
    """1,500 rows of three classes, one of them with five rows."""
    rng = np.random.default_rng(seed)
    keys = rng.permutation(ROWS).astype(np.int64) * 3 + 7
    codes = rng.choice([901, 902], ROWS).astype(np.int32)
    codes[rng.choice(ROWS, 5, replace=False)] = RARE
    return keys, unit_vectors(ROWS, seed), Attributes(codes, rng.random(ROWS) < 0.7, rng.random(ROWS) < 0.3)


class RebuiltIndex(FaissIndex):
    """A FAISS index that rebuilds at every flush, so that clusters and generations are asked as much as the log."""

    _rebuilding = False

    def flush(self) -> None:
        super().flush()
        if not self._rebuilding and self._open:
            self.rebuild()

    def rebuild(self) -> None:
        self._rebuilding = True
        super().rebuild()
        self._rebuilding = False


@pytest.fixture(params=["exact", "faiss", "faiss rebuilt", "milvus"])
def open_again(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opener]:
    """Opens the same index, again and again. "faiss rebuilt" has clusters and rebuilds at every flush."""
    kind = request.param
    if kind == "milvus" and not (importlib.util.find_spec("pymilvus") and importlib.util.find_spec("milvus_lite")):
        pytest.skip("pymilvus and milvus-lite are not installed: pip install 'pandok[milvus]'")
    opened: list[VectorIndex] = []

    def open_one() -> VectorIndex:
        if kind == "faiss rebuilt":
            opened.append(RebuiltIndex(tmp_path / "faiss", DIMENSION, threads=1))
            return opened[-1]
        index = open_index("views.db" if kind == "milvus" else kind, tmp_path, DIMENSION, threads=1)
        opened.append(index)
        return index

    # Small enough that the tests' rows get clusters.
    monkeypatch.setattr(index_build, "ONE_CLUSTER_ROWS", 300)
    yield open_one
    for index in opened:
        index.close()


@pytest.fixture
def truth() -> ExactIndex:
    return ExactIndex(None, DIMENSION)


def assert_agrees(index: VectorIndex, truth: ExactIndex, k: int = 10) -> None:
    """Same number of rows, same scores to the rounding of half floats, at least 98 % the same keys."""
    queries = unit_vectors(20, seed=99)
    for filter in EVERY_FILTER:
        ours, theirs = index.search(queries, k, filter), truth.search(queries, k, filter)
        assert ours.keys.shape == ours.scores.shape == (20, k)
        np.testing.assert_array_equal(ours.keys >= 0, theirs.keys >= 0, err_msg=str(filter))
        found = theirs.keys >= 0
        same_key = found & (ours.keys == theirs.keys)
        np.testing.assert_allclose(ours.scores[same_key], theirs.scores[same_key], atol=2e-3)
        assert (np.diff(np.where(found, ours.scores, -9), axis=1) <= 0).all()
        same = [len(set(a) & set(b)) for a, b in zip(ours.keys.tolist(), theirs.keys.tolist(), strict=True)]
        whole = [len(set(b)) for b in theirs.keys.tolist()]
        assert sum(same) >= 0.98 * sum(whole), filter


def test_agrees_with_exact_search_under_every_filter(open_again: Opener, truth: ExactIndex) -> None:
    index = open_again()
    for one in (index, truth):
        one.add(*register())
    assert_agrees(index, truth)  # before the flush too
    index.flush()
    assert len(index) == ROWS
    assert_agrees(index, truth)


def test_a_rare_class_returns_all_its_rows(open_again: Opener) -> None:
    index = open_again()
    keys, vectors, attributes = register()
    index.add(keys, vectors, attributes)
    index.flush()
    found = index.search(unit_vectors(3, seed=5), 10, IndexFilter(classes=frozenset({RARE})))
    for line in found.keys:
        assert set(line[:5]) == set(keys[attributes.class_code == RARE])
        assert (line[5:] == -1).all()
    assert (found.scores[:, 5:] == -np.inf).all()


@pytest.mark.parametrize("classes", [frozenset[int](), frozenset({9999})])
def test_an_empty_class_returns_padding(open_again: Opener, classes: frozenset[int]) -> None:
    index = open_again()
    index.add(*register())
    index.flush()
    found = index.search(unit_vectors(2, seed=5), 4, IndexFilter(classes=classes))
    assert found.keys.tolist() == [[-1] * 4] * 2
    assert (found.scores == -np.inf).all()


def test_an_empty_index_returns_padding(open_again: Opener) -> None:
    index = open_again()
    assert len(index) == 0
    assert index.search(unit_vectors(2, seed=5), 3).keys.tolist() == [[-1, -1, -1]] * 2
    index.flush()
    assert index.search(unit_vectors(0, seed=5), 3).keys.shape == (0, 3)
    assert index.remove(np.array([1, 2])) == 0


def test_k_larger_than_the_index(open_again: Opener) -> None:
    index = open_again()
    index.add(np.array([5, 3, 4]), unit_vectors(3, seed=2), same_attributes(3))
    found = index.search(unit_vectors(1, seed=5), 8)
    assert set(found.keys[0, :3]) == {3, 4, 5}
    assert (found.keys[0, 3:] == -1).all()


def test_adding_a_key_again_replaces_its_row(open_again: Opener, truth: ExactIndex) -> None:
    index = open_again()
    keys, vectors, attributes = register()
    other = unit_vectors(200, seed=3)
    for one in (index, truth):
        one.add(keys, vectors, attributes)
        one.flush()
        one.add(keys[:200], other, same_attributes(200, RARE))
        one.add(keys[:200], other, same_attributes(200, RARE))
    assert len(index) == ROWS
    assert_agrees(index, truth)
    index.flush()
    assert_agrees(index, truth)
    np.testing.assert_allclose(index.reconstruct(keys[:200]), other, atol=1e-3)


def test_the_last_of_equal_keys_in_one_call_counts(open_again: Opener) -> None:
    index = open_again()
    vectors = unit_vectors(2, seed=2)
    index.add(np.array([4, 4]), vectors, same_attributes(2))
    assert len(index) == 1
    assert index.search(vectors[1:], 1).scores[0, 0] == pytest.approx(1, abs=2e-3)


def test_removed_rows_are_gone_and_may_come_back(open_again: Opener, truth: ExactIndex) -> None:
    index = open_again()
    keys, vectors, attributes = register()
    gone = np.concatenate([keys[:400], [999_999]])
    for one in (index, truth):
        one.add(keys, vectors, attributes)
        one.flush()
        assert one.remove(gone) == 400
        assert one.remove(gone) == 0
    assert len(index) == ROWS - 400
    assert_agrees(index, truth)
    index.flush()
    assert_agrees(index, truth)
    for one in (index, truth):
        one.add(keys[:50], vectors[:50], attributes.take(np.arange(50)))
    assert_agrees(index, truth)


def test_attributes_change_without_the_vectors(open_again: Opener, truth: ExactIndex) -> None:
    index = open_again()
    keys, vectors, attributes = register()
    for one in (index, truth):
        one.add(keys, vectors, attributes)
        one.flush()
        one.search(unit_vectors(1, seed=5), 3, IndexFilter(in_force=True))  # a prepared filter must not go stale
        one.set_attributes(np.append(keys[:300], 999_999), same_attributes(301, 902, False, True))
    assert len(index) == ROWS
    assert_agrees(index, truth)
    index.flush()
    assert_agrees(index, truth)


def test_rows_are_there_after_closing(open_again: Opener, truth: ExactIndex) -> None:
    keys, vectors, attributes = register()
    truth.add(keys, vectors, attributes)
    truth.remove(keys[:10])
    index = open_again()
    index.add(keys, vectors, attributes)
    index.flush()
    index.remove(keys[:10])
    index.close()
    index.close()
    again = open_again()
    assert len(again) == ROWS - 10
    assert_agrees(again, truth)


def test_equal_scores_come_in_order_of_key(open_again: Opener) -> None:
    index = open_again()
    vector = unit_vectors(1, seed=4)
    keys = np.array([40, 10, 30, 20, 50])
    index.add(np.arange(1000, 2000), unit_vectors(1000, seed=6), same_attributes(1000))
    index.add(keys, np.repeat(vector, 5, axis=0), same_attributes(5))
    assert index.search(vector, 3).keys.tolist() == [[10, 20, 30]]
    index.flush()
    assert index.search(vector, 3).keys.tolist() == [[10, 20, 30]]
    assert index.search(vector, 5).keys.tolist() == [[10, 20, 30, 40, 50]]


def test_rebuilding_changes_no_answer(open_again: Opener, truth: ExactIndex) -> None:
    index = open_again()
    for one in (index, truth):
        one.add(*register())
        one.remove(register()[0][::7])
    index.rebuild()
    assert not index.state().rebuild_due
    assert index.state().rows == len(index) == len(truth)
    assert_agrees(index, truth)


def test_another_dimension_is_refused(open_again: Opener, tmp_path: Path) -> None:
    index = open_again()
    index.add(*register())
    with pytest.raises(StoreError) as refused:
        index.search(np.zeros((1, DIMENSION + 1), np.float32), 3)
    assert refused.value.error_code == "store.index_dimension"
    with pytest.raises(StoreError):
        index.add(np.array([1]), np.ones((1, DIMENSION - 1), np.float32), same_attributes(1))
    assert len(index) == ROWS
    index.close()
    address = {"ExactIndex": "exact", "FaissIndex": "faiss", "RebuiltIndex": "faiss", "MilvusIndex": "views.db"}[
        type(index).__name__
    ]
    with pytest.raises(StoreError) as refused:
        open_index(address, tmp_path, DIMENSION * 2)
    assert refused.value.error_code == "store.index_dimension"


@pytest.mark.parametrize("wrong", ["nan", "length", "key", "attributes"])
def test_wrong_rows_are_refused_and_change_nothing(open_again: Opener, wrong: str) -> None:
    index = open_again()
    keys, vectors, attributes = np.array([1, 2]), unit_vectors(2, seed=1), same_attributes(2)
    index.add(keys, vectors, attributes)
    bad = vectors.copy()
    if wrong == "nan":
        bad[0, 0] = np.nan
    if wrong == "length":
        bad *= 3
    with pytest.raises(StoreError):
        index.add(
            np.array([-1, 2]) if wrong == "key" else keys,
            bad,
            same_attributes(1) if wrong == "attributes" else attributes,
        )
    np.testing.assert_allclose(index.reconstruct(keys), vectors, atol=1e-3)


def test_an_absent_key_cannot_be_reconstructed(open_again: Opener) -> None:
    index = open_again()
    index.add(np.array([1]), unit_vectors(1, seed=1), same_attributes(1))
    with pytest.raises(StoreError) as refused:
        index.reconstruct(np.array([1, 2]))
    assert refused.value.fields["missing"] == [2]


def test_a_closed_index_says_so(open_again: Opener) -> None:
    index = open_again()
    index.close()
    with pytest.raises(StoreError):
        index.search(unit_vectors(1, seed=1), 1)
