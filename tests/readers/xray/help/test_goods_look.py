"""Mass, pieces and material of all goods together; and how unlike earlier ones they are."""

from __future__ import annotations

import numpy as np
import pytest

from pandok.readers.xray.help.goods_look import LEAST_EARLIER, GoodsLook, distance, look_of, together, unlike_earlier
from pandok.readers.xray.help.maps import GoodsMaps, goods_maps
from pandok.readers.xray.physics.spectra import shipped


def maps(pieces: list[tuple[slice, slice, float, float]]) -> GoodsMaps:
    """Pieces in air: rows and columns of 1 mm, g/cm² of PE and Al."""
    response = shipped("cabinet-160kv")
    first, second = np.zeros((200, 240)), np.zeros((200, 240))
    for rows, columns, pe, al in pieces:
        first[rows, columns] += pe
        second[rows, columns] += al
    random = np.random.default_rng(2)
    low, high = (
        (part * (1 + 0.002 * random.standard_normal(part.shape))).astype(np.float32)
        for part in response.transmission(first, second)
    )
    return goods_maps(low, high, (1.0, 1.0), response, 1e-3)


TWO = [(slice(20, 60), slice(20, 70), 3.0, 0.3), (slice(100, 150), slice(100, 140), 2.0, 0.2)]


def test_mass_pieces_and_material_are_those_of_the_goods() -> None:
    found = look_of(maps(TWO))
    assert found is not None
    assert found.mass_g == pytest.approx(20 * 3.3 + 20 * 2.2, rel=0.05)
    assert (found.pieces, found.opaque_share) == (2, 0.0)
    assert found.index == pytest.approx(0.09, abs=0.02)
    assert found.alike_share > 0.9
    assert sum(found.profile[:10]) == pytest.approx(1, abs=1e-3)
    assert sum(found.profile[10:]) == pytest.approx(1, abs=1e-3)


def test_what_lets_nothing_through_is_said() -> None:
    found = look_of(maps([*TWO, (slice(20, 60), slice(150, 190), 40.0, 60.0)]))
    assert found is not None
    # 16 of 56 cm², less what the mean over 3 × 3 pixels adds around the others.
    assert 0.15 < found.opaque_share < 0.3


def test_air_has_no_look() -> None:
    found = look_of(maps([]))
    assert found is None or found.mass_g < 2, "what noise leaves"


def test_of_two_views_the_heavier_stands_for_the_goods() -> None:
    one, other = (GoodsLook(mass, 0.0, 1, 0.1, 1.0, (1.0,)) for mass in (10.0, 12.0))
    assert together([one, other]) is other
    assert together([]) is None


def test_other_goods_look_farther_away_than_more_of_the_same() -> None:
    same = look_of(maps([(slice(20, 60), slice(30, 90), 3.1, 0.3), *TWO[1:]]))
    metal = look_of(maps([(slice(20, 60), slice(20, 70), 0.5, 4.0), *TWO[1:]]))
    own = look_of(maps(TWO))
    assert own is not None
    assert same is not None
    assert metal is not None
    assert distance(own.profile, same.profile) < 0.2 < distance(own.profile, metal.profile) <= 1


def test_too_few_earlier_scans_say_nothing() -> None:
    profile = (1.0, 0.0)
    assert unlike_earlier(profile, [profile] * (LEAST_EARLIER - 1)) is None
    assert unlike_earlier(profile, [profile] * LEAST_EARLIER) == 1.0


def test_honest_goods_look_odd_as_rarely_as_is_said() -> None:
    """Over many headings of goods that all come from one kind, a share of p or less comes up in p of the cases."""
    random = np.random.default_rng(9)
    shares = []
    for _ in range(400):
        looks = random.dirichlet([4, 2, 1, 1], 20)
        found = unlike_earlier(list(looks[0]), looks[1:].tolist())
        assert found is not None
        shares.append(found)
    assert 0.05 <= np.mean(np.array(shares) <= 0.1) <= 0.15


def test_what_is_far_off_is_as_odd_as_the_number_allows() -> None:
    looks = np.random.default_rng(9).dirichlet([40, 20, 1], 19)
    assert unlike_earlier([0.0, 0.0, 1.0], looks.tolist()) == pytest.approx(1 / 20)
