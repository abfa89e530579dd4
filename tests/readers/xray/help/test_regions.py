"""Places grow from what stands out, of whatever class, and are told apart where they do not hang together."""

from __future__ import annotations

import numpy as np
import pytest

from pandok.readers.xray.help.regions import PlaceRule, padded, regions_in

RULE = PlaceRule(grow=0.25, seed=0.4)


def maps(rows: int = 60, columns: int = 70) -> np.ndarray:
    found = np.zeros((4, rows, columns), np.float32)
    found[3] = 1.0
    return found


def test_a_place_takes_the_class_of_most_of_its_share() -> None:
    shares = np.zeros((3, 60, 70), np.float32)
    shares[1, 10:20, 5:45] = 0.9
    shares[2, 10:20, 40:50] = 0.3  # below where a place begins, but hanging together with one
    shares[0, 40:50, 60:68] = 0.5
    first, second = regions_in(shares, maps(), RULE)
    assert (first.box, first.class_index) == ((5, 10, 50, 20), 1)
    assert (second.box, second.class_index) == ((60, 40, 68, 50), 0)
    assert first.peak > second.peak
    assert first.class_share < 1.0
    assert second.class_share == 1.0
    assert first.sides_mm == pytest.approx((90.0, 20.0), abs=2.5)
    assert second.area_mm2 == 10 * 8 * 4


@pytest.mark.parametrize(("share", "side"), [(0.39, 20), (0.9, 4)])
def test_what_is_weak_or_small_is_no_place(share: float, side: int) -> None:
    shares = np.zeros((1, 60, 70), np.float32)
    shares[0, 10 : 10 + side, 10 : 10 + side] = share
    assert regions_in(shares, maps(), RULE) == []


def test_what_is_not_told_is_counted() -> None:
    shares = np.zeros((1, 60, 70), np.float32)
    shares[0, 10:30, 10:30] = 0.8
    given = maps()
    given[3, 10:20, 10:30] = 0.0
    assert regions_in(shares, given, RULE)[0].told_share == 0.5


def test_shares_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="shares"):
        regions_in(np.zeros((1, 60, 71), np.float32), maps(), RULE)


def test_models_are_given_sides_of_sixteen_with_air_beside() -> None:
    given = maps(33, 48)
    given[:3] = 2.0
    wide = padded(given)
    assert wide.shape == (4, 48, 48)
    assert (wide[:, :33] == given).all()
    assert (wide[:3, 33:] == 0).all()
    assert (wide[3, 33:] == 1).all()


@pytest.mark.parametrize(("grow", "seed"), [(0.0, 0.5), (0.6, 0.5), (0.5, 1.1)])
def test_a_rule_that_makes_no_places_is_refused(grow: float, seed: float) -> None:
    with pytest.raises(ValueError, match="grow"):
        PlaceRule(grow, seed)
