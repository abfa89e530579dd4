"""Ranking: probabilities that sum to one with "none of them", in an order that does not hang on the register's."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandok.readers.designs.in_register import InRegister
from pandok.readers.designs.ranking import Comparisons, RankingModel, figures, normalised

PARTS = ("tuned", "words")
SHARP = (20.0, 10.0)


def seen(seed: int, count: int) -> Comparisons:
    rng = np.random.default_rng(seed)
    local = rng.uniform(0, 20, (count, 3)).astype(np.float32)
    local[rng.random(count) < 0.4] = np.nan
    return Comparisons(
        parts={name: rng.uniform(-0.2, 1, count).astype(np.float32) for name in PARTS},
        cohort={name: rng.normal(0, 3, count).astype(np.float32) for name in PARTS},
        local=local,
        searched=count,
    )


def model(seed: int = 0) -> RankingModel:
    rng = np.random.default_rng(seed)
    width = figures(seen(0, 3), PARTS, SHARP).shape[1]
    known = InRegister(
        straight=np.append(rng.uniform(0, 0.3, width - 1), 0).astype(np.float32),
        bent_of=np.array([0, 0, 11]),
        bends=np.array([0.5, 0.8, 2.0], np.float32),
        bent=rng.uniform(0, 2, 3).astype(np.float32),
        bias=-2.0,
    )
    weights = rng.uniform(0, 0.4, (2, width)).astype(np.float32)
    zeros, ones = np.zeros(width, np.float32), np.ones(width, np.float32)
    return RankingModel(PARTS, SHARP, zeros, ones, weights, 0.7, known, known, 0.5, {})


def shuffled(one: Comparisons, order: np.ndarray) -> Comparisons:
    return Comparisons(
        {name: values[order] for name, values in one.parts.items()},
        {name: values[order] for name, values in one.cohort.items()},
        one.local[order],
        one.searched,
    )


@given(st.integers(0, 10_000), st.integers(1, 40))
def test_probabilities_and_none_of_them_sum_to_one(seed: int, count: int):
    ranked = model(seed).rank(seen(seed, count))
    assert ranked.probabilities.min() >= 0
    assert 0 < ranked.in_register < 1
    assert np.isclose(ranked.probabilities.sum(), ranked.in_register, atol=1e-5)
    assert ranked.probabilities.argmax() == ranked.scores.argmax()


@given(st.integers(0, 10_000), st.integers(2, 30))
def test_the_order_of_the_register_changes_nothing(seed: int, count: int):
    one = seen(seed, count)
    order = np.random.default_rng(seed + 1).permutation(count)
    first, second = model().rank(one), model().rank(shuffled(one, order))
    assert np.allclose(first.scores[order], second.scores, atol=1e-4)
    assert np.isclose(first.in_register, second.in_register, atol=1e-4)


def test_an_empty_register_leaves_nothing_but_none():
    ranked = model().rank(seen(0, 0))
    assert len(ranked.probabilities) == 0
    assert ranked.in_register == 0.0


def test_huge_scores_do_not_overflow():
    shares = model().shares(np.array([1e4, -1e4], np.float32))
    assert shares.tolist() == [1.0, 0.0]
    known = model().in_register
    assert known.probability(np.full_like(known.straight, 1e6)) == pytest.approx(1.0)
    assert known.probability(np.full_like(known.straight, -1e6)) == pytest.approx(0.0)


def test_many_near_rivals_do_not_make_it_surer_that_it_is_registered():
    def among(rivals: int, cosine: float) -> Comparisons:
        rows = np.full(10 + rivals, 0.1, np.float32)
        rows[0], rows[10:] = 0.9, cosine
        local = np.full((len(rows), 3), np.nan, np.float32)
        return Comparisons(dict.fromkeys(PARTS, rows), dict.fromkeys(PARTS, 4 * rows), local, 40)

    assert model().rank(among(30, 0.85)).in_register < model().rank(among(30, 0.1)).in_register


@given(st.integers(0, 10_000), st.integers(0, 17), st.floats(0, 3))
def test_more_agreement_of_the_best_never_makes_it_less_sure(seed: int, which: int, more: float):
    known = model(seed).in_register
    less = np.random.default_rng(seed).uniform(-1, 3, len(known.straight)).astype(np.float32)
    raised = less.copy()
    raised[which] += np.float32(more)
    assert known.probability(raised) >= known.probability(less)


def test_what_says_nothing_below_a_bend_decides_above_it():
    width = len(model().in_register.straight)
    known = InRegister(np.zeros(width, np.float32), np.array([11]), np.float32([3.0]), np.float32([4.0]), -2.0)
    said = []
    for value in (0.0, 2.9, 4.0):
        row = np.zeros(width, np.float32)
        row[11] = value
        said.append(known.probability(row))
    assert said[0] == said[1] < 0.2 < 0.8 < said[2]


def test_grounds_have_weights_of_their_own():
    one, shipped = seen(4, 12), model()
    on_plain = Comparisons(one.parts, one.cohort, one.local, one.searched, plain=True)
    assert np.allclose(shipped.scores(on_plain), figures(one, PARTS, SHARP) @ shipped.weights[0], atol=1e-4)
    assert np.allclose(shipped.scores(one), figures(one, PARTS, SHARP) @ shipped.weights[1], atol=1e-4)


def test_a_picture_that_is_near_to_all_strangers_counts_less():
    cosines = np.array([0.8, 0.8], np.float32)
    query = np.linspace(0.0, 0.4, 100).astype(np.float32)
    views = np.stack([np.linspace(0, 0.3, 100), np.linspace(0.4, 0.79, 100)]).astype(np.float32)
    first, second = normalised(cosines, query, views)
    assert first > second


def test_a_design_that_was_not_checked_gets_finite_figures():
    one = seen(3, 6)
    one.local[:] = np.nan
    assert np.isfinite(figures(one, PARTS, SHARP)).all()


def test_a_design_that_agrees_better_everywhere_is_ahead():
    one = seen(9, 5)
    for values in (*one.parts.values(), *one.cohort.values()):
        values[2] = values.max() + 0.5
    one.local[2] = 25
    assert model().rank(one).scores.argmax() == 2
