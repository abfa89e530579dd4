"""What the lines of a card mean, on cards whose lines are known; and on what is no card."""

from __future__ import annotations

import numpy as np
import pytest

from pandok.readers.strips.judging import Assay, Result, StripRule, read_strips, read_window
from pandok.readers.strips.lines import line_at
from pandok.readers.strips.windows import flattened, windows_of
from tests.readers.strips.drawn import card

COMPETITIVE = StripRule(Assay.COMPETITIVE)
SANDWICH = StripRule(Assay.SANDWICH)
LINES = [(0.5, 0.4), (0.5, 0.0), (0.0, 0.4), (0.5, 0.05)]


@pytest.mark.parametrize("tilt", [0.0, 4.0, -7.0])
@pytest.mark.parametrize("colour", [(1.0, 1.0, 1.0), (1.0, 0.8, 0.6)])
def test_a_card_is_read_window_by_window(tilt: float, colour: tuple[float, float, float]) -> None:
    found = read_strips(card(LINES, tilt_degrees=tilt, colour=colour), COMPETITIVE)
    assert [one.result for one in found[:3]] == [Result.NEGATIVE, Result.PRESUMPTIVE_POSITIVE, Result.INVALID]
    # A faint line is a line: under the competitive rule negative, the usual misreading.
    assert found[3].result is Result.NEGATIVE
    assert len(found) == 4


def test_the_rule_of_the_assay_turns_the_answer() -> None:
    found = read_strips(card(LINES), SANDWICH)
    assert [one.result for one in found[:3]] == [Result.PRESUMPTIVE_POSITIVE, Result.NEGATIVE, Result.INVALID]


def test_a_line_below_the_limit_of_the_lot_is_read_again_by_people() -> None:
    [reading] = read_strips(card([(0.5, 0.05)]), StripRule(Assay.COMPETITIVE, least_ratio=0.5))
    assert reading.result is Result.UNCLEAR
    [reading] = read_strips(card([(0.5, 0.05)]), StripRule(Assay.SANDWICH, least_area=0.1))
    assert reading.result is Result.NEGATIVE


@pytest.mark.parametrize("waited_s", [10.0, 4000.0])
def test_too_early_and_too_late_are_both_wrong(waited_s: float) -> None:
    rule = StripRule(Assay.COMPETITIVE, too_early_s=300, too_late_s=600)
    [reading] = read_strips(card([(0.5, 0.0)]), rule, waited_s)
    assert (reading.result, reading.why) == (Result.INVALID, "outside_reading_time")
    assert read_strips(card([(0.5, 0.0)]), rule, 400)[0].result is Result.PRESUMPTIVE_POSITIVE


def test_area_grows_with_darkness() -> None:
    areas = [read_strips(card([(0.5, dark)]), SANDWICH)[0].test.area for dark in (0.03, 0.1, 0.2, 0.4)]
    assert areas == sorted(areas)
    assert areas[-1] > 4 * areas[0]


@pytest.mark.parametrize(
    "picture",
    [
        np.zeros((1, 1), np.uint8),
        np.zeros((300, 400, 3), np.uint8),
        np.full((300, 400), 255, np.uint8),
        np.random.default_rng(1).integers(0, 255, (200, 300, 3)).astype(np.uint8),
        np.tile(np.array([[0, 255], [255, 0]], np.uint8), (150, 200)),
        np.full((3, 4000), 128, np.uint8),
    ],
)
def test_what_is_no_card_has_no_window_and_breaks_nothing(picture: np.ndarray) -> None:
    assert read_strips(picture, COMPETITIVE) == []


@pytest.mark.parametrize("shape", [(4,), (4, 4, 4), (2, 4, 4, 3)])
def test_only_pictures_are_taken(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"."):
        flattened(np.zeros(shape, np.uint8))


def test_a_short_window_and_a_wrong_rule_are_refused() -> None:
    with pytest.raises(ValueError, match=r"."):
        line_at(np.zeros(4), 0.1, 0.2)
    with pytest.raises(ValueError, match=r"."):
        StripRule(Assay.SANDWICH, test=(0.9, 0.2))
    with pytest.raises(ValueError, match=r"."):
        read_window(np.ones((3, 30)), COMPETITIVE)


def test_uneven_light_leaves_no_line() -> None:
    [window] = windows_of(card([(0.5, 0.0)], light=0.5))
    assert read_window(window.pixels, COMPETITIVE).result is Result.PRESUMPTIVE_POSITIVE
