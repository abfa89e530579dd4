"""A curve gives back what it was made of; a course that changed nothing shows no gain."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pandok.proof.detection_measures import corrected_share, measures_of
from pandok.proof.learning_curve import Point, d_a_error, fitted_curve, gain_of


def _points(sd: float, random: np.random.Generator) -> list[Point]:
    return [Point(n, 2.0 - 1.2 * math.exp(-n / 250) + sd * float(random.normal()), sd) for n in range(40, 1000, 80)]


def test_a_curve_gives_its_parameters_back() -> None:
    found = fitted_curve(_points(0.02, np.random.default_rng(1)))
    assert found.start == pytest.approx(0.8, abs=0.1)
    assert found.end == pytest.approx(2.0, abs=0.05)
    assert found.images == pytest.approx(250, rel=0.15)
    assert found.start_interval[0] < 0.8 < found.start_interval[1]
    assert found.at(0) == pytest.approx(found.start)
    with pytest.raises(ValueError, match="5 sessions"):
        fitted_curve(_points(0.02, np.random.default_rng(1))[:4])


def test_the_error_of_d_a_is_that_of_repeated_tests() -> None:
    random = np.random.default_rng(3)
    hits, alarms = random.binomial(60, 0.75, 1500), random.binomial(60, 0.15, 1500)
    values = [
        measures_of(corrected_share(int(hit), 60), corrected_share(int(alarm), 60), 0.6).d_a
        for hit, alarm in zip(hits, alarms, strict=True)
    ]
    assert d_a_error((45, 15), (9, 51), 0.6) == pytest.approx(float(np.std(values)), rel=0.06)


def test_a_gain_is_shown_only_where_its_interval_lies_above_nothing() -> None:
    assert gain_of((1.0, 0.2), (1.8, 0.2)).shown
    assert not gain_of((1.0, 0.2), (1.3, 0.2)).shown
    random = np.random.default_rng(4)
    shown = [gain_of((random.normal(1, 0.2), 0.2), (random.normal(1, 0.2), 0.2)).shown for _ in range(1000)]
    assert np.mean(shown) < 0.05
