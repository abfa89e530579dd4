"""d′, c, d_a and A_z are those of the textbooks, of counts and of ratings."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from pandok.proof.detection_measures import bootstrapped, corrected_share, fitted_to_ratings, measures_of


def test_the_worked_example_of_stanislaw_and_todorov() -> None:
    """1999, yes/no task: 20 of 25 hits, 10 of 25 false alarms."""
    found = measures_of(20 / 25, 10 / 25)
    assert found.d_prime == pytest.approx(1.095, abs=0.005)
    assert found.criterion == pytest.approx(-0.294, abs=0.005)
    assert found.a_z == pytest.approx(float(norm.cdf(1.095 / np.sqrt(2))), abs=0.005)


@pytest.mark.parametrize(
    ("hits", "false_alarms", "d_prime", "criterion"),
    [(0.75, 0.21, 1.4809, 0.0660), (0.70, 0.10, 1.806, 0.379)],
    ids=["README of roc-face", "z(.70) + z(.90), tables of the normal distribution"],
)
def test_worked_examples(hits: float, false_alarms: float, d_prime: float, criterion: float) -> None:
    found = measures_of(hits, false_alarms)
    assert found.d_prime == pytest.approx(d_prime, abs=0.005)
    assert found.criterion == pytest.approx(criterion, abs=0.005)


def test_the_ratings_of_roc_face() -> None:
    """Its README (2,000 old and new words about, six ratings): mean 1.1925 and scale 1.3448 of the old ones, by another
    minimiser; A_z = Φ(mean / √(1 + scale²))."""
    found = fitted_to_ratings([93, 144, 172, 226, 248, 505], [397, 551, 523, 304, 185, 115])
    assert found.a_z == pytest.approx(float(norm.cdf(1.1925 / np.sqrt(1 + 1.3448**2))), abs=0.005)
    assert found.slope == pytest.approx(1 / 1.3448, abs=0.005)


def test_with_a_slope_below_one_a_strict_reader_loses_nothing() -> None:
    """Two points of one zROC of slope .6: d_a is the same, d′ is not."""
    strict, free = (measures_of(float(norm.cdf(1.0 + 0.6 * z)), float(norm.cdf(z)), slope=0.6) for z in (-2.0, -0.5))
    assert strict.d_a == pytest.approx(free.d_a, abs=1e-9)
    assert strict.d_a == pytest.approx(np.sqrt(2 / 1.36) * 1.0, abs=1e-9)
    assert strict.d_prime - free.d_prime == pytest.approx(0.6, abs=1e-9)


def test_ratings_give_slope_and_area_back() -> None:
    """Expected shares of a binormal ROC with mean 1.5 and slope .6, six ratings."""
    cuts = np.array([-1.0, -0.2, 0.4, 1.0, 1.8])
    noise = np.diff(np.concatenate([[0], norm.cdf(cuts), [1]]))
    signal = np.diff(np.concatenate([[0], norm.cdf(0.6 * (cuts - 1.5)), [1]]))
    found = fitted_to_ratings([round(4000 * one) for one in signal], [round(4000 * one) for one in noise])
    assert found.slope == pytest.approx(0.6, abs=0.01)
    assert found.d_a == pytest.approx(np.sqrt(2 / 1.36) * 0.9, abs=0.01)
    assert found.a_z == pytest.approx(float(norm.cdf(found.d_a / np.sqrt(2))), abs=1e-9)
    with pytest.raises(ValueError, match="three ratings"):
        fitted_to_ratings([3, 4], [4, 3])


def test_none_and_all_have_a_place_and_intervals_hold_the_value() -> None:
    assert corrected_share(0, 20) == pytest.approx(0.5 / 21)
    assert corrected_share(20, 20) == pytest.approx(20.5 / 21)
    found = bootstrapped(
        [True] * 30 + [False] * 10, [True] * 6 + [False] * 34, 0.6, rounds=2000, rng=np.random.default_rng(1)
    )
    known = measures_of(corrected_share(30, 40), corrected_share(6, 40), 0.6)
    for name, (low, high) in found.items():
        assert low < getattr(known, name) < high
    assert 0.9 < found["d_prime"][1] - found["d_prime"][0] < 1.6
    with pytest.raises(ValueError, match="both kinds"):
        bootstrapped([], [True], 1.0, rounds=10, rng=np.random.default_rng(1))
