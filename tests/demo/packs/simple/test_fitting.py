"""At what the fits come to, the slope of the penalised loss is nothing."""

from __future__ import annotations

import numpy as np

from pandok.demo.packs.simple.fitting import ridge, ridge_logistic


def test_ridge_is_the_same_over_cases_and_over_features() -> None:
    rng = np.random.default_rng(3)
    rows, answers = rng.standard_normal((12, 5)), rng.standard_normal((12, 2))
    weights, start = ridge(rows, answers, 2.0)
    off = rows @ weights + start - answers
    assert np.abs(rows.T @ off + 2.0 * weights).max() < 1e-9
    assert np.abs(off.sum(axis=0)).max() < 1e-9
    wide = np.hstack([rows, np.zeros((12, 20))])
    over_cases, its_start = ridge(wide, answers, 2.0)
    assert np.allclose(over_cases[:5], weights)
    assert np.allclose(its_start, start)


def test_logistic_has_no_slope_left() -> None:
    rng = np.random.default_rng(4)
    rows = rng.standard_normal((200, 4))
    yes = rows[:, 0] + rng.standard_normal(200) > 0.3
    weights, start = ridge_logistic(rows, yes, 1.5)
    chance = 1 / (1 + np.exp(-(rows @ weights + start)))
    assert np.abs(rows.T @ (chance - yes) + 1.5 * weights).max() < 1e-6
    assert abs((chance - yes).sum()) < 1e-6
