"""Slopes and difficulties come back from the answers of many, and no slope turns negative."""

from __future__ import annotations

import numpy as np
import pytest

from pandok.proof.ability.calibrating import calibrated


def test_difficulties_come_back_from_300_people_and_60_items() -> None:
    random = np.random.default_rng(7)
    slopes, difficulties = random.lognormal(0, 0.3, 60), random.normal(0, 1, 60)
    chances = 1 / (1 + np.exp(-slopes * (random.normal(size=(300, 1)) - difficulties)))
    answers = np.where(random.random((300, 60)) < chances, 1.0, 0.0)
    answers[random.random((300, 60)) < 0.2] = np.nan
    found = calibrated(answers)
    assert np.corrcoef(found.difficulty, difficulties)[0, 1] > 0.97
    off = (found.difficulty - difficulties) / found.difficulty_sd
    assert 0.85 < float(np.mean(np.abs(off) < 1.96)) <= 1.0


def test_an_item_that_all_or_the_wrong_people_got_right_keeps_a_place_and_a_positive_slope() -> None:
    random = np.random.default_rng(8)
    theta = random.normal(size=(200, 1))
    answers = (random.random((200, 12)) < 1 / (1 + np.exp(-theta))).astype(float)
    answers[:, 0] = 1
    answers[:, 1] = (random.random(200) < 1 / (1 + np.exp(2 * theta[:, 0]))).astype(float)
    found = calibrated(answers)
    assert (found.slope > 0).all()
    assert np.isfinite(found.difficulty).all()
    assert found.difficulty[0] < -2


def test_what_are_no_answers_is_refused() -> None:
    for wrong in (np.full((3, 3), 2.0), np.full((3, 2), np.nan), np.ones(4)):
        with pytest.raises(ValueError, match="answers are 1, 0 or missing"):
            calibrated(wrong)
