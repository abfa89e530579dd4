"""The benchmark of the index: its register crowds as it says, its truth is exact, a failed engine is a result."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from benchmarks.clustered_views import RARE_CLASSES, VIEWS_A_DESIGN, ClusteredViews
from benchmarks.index_national import cases, exact, in_fresh_process, recall
from pandok.engines.index.port import Attributes, IndexFilter


def test_views_of_one_design_are_near_and_the_register_is_repeatable() -> None:
    views = ClusteredViews(7_000, 128, seed=3)
    (block,) = list(views.blocks())
    same = np.einsum("nd,nd->n", block.vectors[::VIEWS_A_DESIGN], block.vectors[1::VIEWS_A_DESIGN])
    assert 0.8 < same.mean() < 0.9
    np.testing.assert_allclose(np.linalg.norm(block.vectors, axis=1), 1, atol=1e-5)
    again = next(ClusteredViews(7_000, 128, seed=3).blocks())
    np.testing.assert_array_equal(block.vectors, again.vectors)
    for code, rows in RARE_CLASSES.items():
        assert (block.class_code == code).sum() == rows


def test_truth_is_the_nearest_that_pass_each_filter() -> None:
    rng = np.random.default_rng(1)
    vectors = rng.standard_normal((300, 8)).astype(np.float32)
    attributes = Attributes(rng.choice([1, 2], 300).astype(np.int32), rng.random(300) < 0.5, rng.random(300) < 0.5)
    queries = vectors[:4]
    case = [IndexFilter(), IndexFilter(frozenset({1})), IndexFilter(frozenset({2}), True), IndexFilter(frozenset({3}))]
    found = exact(vectors, attributes, queries, case)
    scores = queries @ vectors.T
    masks = [np.full(300, True), attributes.class_code == 1, (attributes.class_code == 2) & attributes.in_force]
    for line, mask in enumerate(masks):
        expected = np.argsort(-np.where(mask, scores[line], -np.inf))[:10]
        assert set(found[line].tolist()) == set(expected.tolist())
    assert (found[3] == -1).all()
    assert {len(filters) for filters in cases(attributes, np.array([1, 2], np.int32)).values()} == {2}


def test_recall_counts_expected_rows_only() -> None:
    assert recall(np.array([[1, 2, -1]]), np.array([[2, 3, -1]])) == 0.5


def test_an_engine_that_fails_is_reported(tmp_path: Path) -> None:
    arguments = argparse.Namespace(threads=1, seed=1, limit_s=60)
    failed = in_fresh_process("build", arguments, engine="faiss-sq8", data=tmp_path, folder=tmp_path / "index")
    assert "No such file" in failed["failed"]
