"""Levels rise and fall at their own thresholds and after their own holds; one condition, one id."""

from __future__ import annotations

import pytest

from pandok.core.text import Text
from pandok.readers.streetlights.alerts.levels import Level, Levels, LevelState
from pandok.readers.streetlights.flood_level import LEVELS

NAME = Text(ko="가", en="a")
WATER = Levels((Level(NAME, 15.0, 10.0, fall_hold_s=180),), cool_down_s=600)


def changes(levels: Levels, scores: list[tuple[int, float]]) -> list[tuple[int, str, int, int]]:
    state = LevelState(levels)
    return [
        (at, step.change, step.level, step.onset_ms // 1000)
        for at, score in scores
        if (step := state.take(at * 1000, score))
    ]


def test_water_rises_at_15_and_falls_at_10_held_three_minutes() -> None:
    scores = [(0, 14.0), (60, 15.0), (120, 12.0), (180, 9.0), (240, 11.0), (300, 9.0), (400, 9.0), (480, 9.0)]
    assert changes(WATER, scores) == [(60, "raised", 1, 60), (480, "cleared", 0, 60)]


def test_a_condition_that_is_true_from_the_first_observation_alerts() -> None:
    assert changes(WATER, [(0, 40.0)]) == [(0, "raised", 1, 0)]


def test_what_returns_within_the_cool_down_is_the_same_alert() -> None:
    scores = [(0, 20.0), (60, 0.0), (240, 0.0), (300, 20.0), (360, 0.0), (540, 0.0), (1200, 20.0)]
    assert changes(WATER, scores) == [
        (0, "raised", 1, 0), (240, "cleared", 0, 0), (300, "again", 1, 0), (540, "cleared", 0, 0),
        (1200, "raised", 1, 1200),
    ]  # fmt: skip


def test_a_rise_through_several_levels_keeps_one_onset() -> None:
    scores = [(0, 6.0), (60, 6.0), (120, 12.0), (180, 12.0), (200, 16.0), (260, 31.0)]
    assert changes(LEVELS, scores) == [
        (60, "raised", 1, 0), (180, "higher", 2, 0), (200, "higher", 3, 0), (260, "higher", 4, 0),
    ]  # fmt: skip


def test_a_gap_breaks_a_hold_and_clears_nothing() -> None:
    held = Levels((Level(NAME, 15.0, 10.0, rise_hold_s=60, fall_hold_s=60),), longest_gap_s=100)
    assert changes(held, [(0, 20.0), (200, 20.0)]) == []
    assert changes(held, [(0, 20.0), (60, 20.0), (70, 0.0), (500, 0.0)]) == [(60, "raised", 1, 0)]


def test_levels_that_would_swing_are_refused() -> None:
    with pytest.raises(ValueError, match="low to high"):
        Levels((Level(NAME, 2.0, 1.0), Level(NAME, 1.0, 0.5)))
    with pytest.raises(ValueError, match="ends at or below"):
        Levels((Level(NAME, 1.0, 2.0),))
