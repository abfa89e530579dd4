"""Gas sensors: features, drift, kinds and what is none of them, on recordings whose truth is known."""

from __future__ import annotations

import numpy as np
import pytest

from pandok.readers.gas.classes import conformal_limit, learnt, named
from pandok.readers.gas.drift import (
    environment_correction,
    expected_from_environment,
    in_time_order,
    z_scored_by_batch,
)
from pandok.readers.gas.features import log_ratio, window_features, windows


def test_log_ratio_is_nought_in_clean_air_and_refuses_what_is_no_count() -> None:
    assert log_ratio(np.full((5, 2), 7.0), np.full(2, 7.0)) == pytest.approx(0)
    for wrong in (np.full((5, 2), -1.0), np.full((5, 2), np.nan), np.full((5, 2), np.inf), np.zeros((5, 3))):
        with pytest.raises(ValueError, match=r"."):
            log_ratio(wrong, np.ones(2))


def test_features_tell_plateau_and_slope() -> None:
    rising = np.linspace(0, 1, 100)[:, None]
    plateau, slope, unrest = window_features(rising)
    assert (plateau, slope) == pytest.approx((0.5, 1.0), abs=0.01)
    assert unrest == pytest.approx(0, abs=1e-6)
    with pytest.raises(ValueError, match=r"."):
        window_features(rising[:2])
    assert [one.start for one in windows(250, 100, 50)] == [0, 50, 100, 150]
    assert list(windows(99, 100, 50)) == []


def test_a_shift_and_a_scale_of_a_batch_are_taken_off() -> None:
    random = np.random.default_rng(2)
    one = random.normal(0, 1, (50, 4))
    both = np.vstack([one, one * 3 + 9])
    found = z_scored_by_batch(both, ["a"] * 50 + ["b"] * 50)
    assert found[:50] == pytest.approx(found[50:])
    assert z_scored_by_batch(one[:1], ["a"]) == pytest.approx(0)
    with pytest.raises(ValueError, match=r"."):
        z_scored_by_batch(one, ["a"])


def test_a_quadratic_of_the_room_is_found_again() -> None:
    random = np.random.default_rng(3)
    warm, wet = random.uniform(15, 35, 400), random.uniform(20, 80, 400)
    signal = 5 + 2 * warm - 0.1 * wet * warm
    fitted = environment_correction(signal, warm, wet)
    assert expected_from_environment(fitted, warm, wet) == pytest.approx(signal)


def test_parts_follow_time_whatever_the_order_of_rows() -> None:
    times = np.random.default_rng(4).permutation(100).astype(float)
    first, second, third = in_time_order(times, (0.5, 0.3, 0.2))
    assert (len(first), len(second), len(third)) == (50, 30, 20)
    assert times[first].max() < times[second].min() < times[second].max() < times[third].min()
    for wrong in ((0.5, 0.6), (1.0, 0.0)):
        with pytest.raises(ValueError, match=r"."):
            in_time_order(times, wrong)


def test_kinds_are_told_apart_and_a_stranger_is_none_of_them() -> None:
    random = np.random.default_rng(5)
    centres = {"clove": (0.0, 0.0), "cumin": (6.0, 0.0), "anise": (0.0, 6.0)}
    labels = [name for name in centres for _ in range(60)]
    rows = np.array([centres[name] for name in labels]) + random.normal(0, 0.7, (180, 2))
    model = learnt(rows, labels)
    limit = conformal_limit(model.strangeness(np.array([[0.0, 0.0]]) + random.normal(0, 0.7, (100, 2))), 0.05)
    asked = np.array([[0.2, 0.1], [5.8, 0.1], [0.1, 6.2], [40.0, 40.0]])
    told = named(model.scores(asked), model.strangeness(asked), model.names, limit)
    assert told == ["clove", "cumin", "anise", None]
    with pytest.raises(ValueError, match=r"."):
        learnt(rows, ["one"] * 180)


def test_the_conformal_limit_promises_nothing_of_too_few() -> None:
    assert conformal_limit(np.arange(18.0), 0.05) == float("inf")
    assert conformal_limit(np.arange(19.0), 0.05) == 18.0
    with pytest.raises(ValueError, match=r"."):
        conformal_limit(np.arange(19.0), 0.0)


def test_known_smells_are_refused_as_seldom_as_promised() -> None:
    random = np.random.default_rng(6)
    refused = []
    for _ in range(200):
        limit = conformal_limit(random.normal(size=100), 0.05)
        refused.append((random.normal(size=100) > limit).mean())
    assert np.mean(refused) == pytest.approx(0.05, abs=0.01)
