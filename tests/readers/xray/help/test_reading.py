"""What is said of a place is what lies there: material, mass, what is behind; or that it cannot be told."""

from __future__ import annotations

import numpy as np
import pytest

from pandok.readers.xray.help.maps import GoodsMaps, goods_maps, readable
from pandok.readers.xray.help.reading import Pointed, places_in
from pandok.readers.xray.help.regions import PlaceRule
from pandok.readers.xray.help.scoring import FEATURES, ScoreCurve
from pandok.readers.xray.help.words import MOST_MAGNIFICATION, mass_words
from pandok.readers.xray.physics.spectra import shipped

ROWS, COLUMNS, PITCH = 160, 200, (1.0, 0.8)
RULE = PlaceRule(grow=0.25, seed=0.4)
PLACE = (slice(60, 110), slice(50, 125))
"""50 mm × 60 mm."""
CURVE = ScoreCurve((0.0,) * len(FEATURES), (1.0,) * len(FEATURES), (0.0,) * len(FEATURES), 2.0)


def scan(around: tuple[float, float], place: tuple[float, float], noise: float = 0.002) -> GoodsMaps:
    """g/cm² of PE and Al over the whole scan but for a frame of air, and more of both at the place."""
    response = shipped("cabinet-160kv")
    first, second = np.zeros((ROWS, COLUMNS)), np.zeros((ROWS, COLUMNS))
    first[20:-20, 20:-20], second[20:-20, 20:-20] = around
    first[PLACE] += place[0]
    second[PLACE] += place[1]
    random = np.random.default_rng(3)
    low, high = (
        part * (1 + noise * random.standard_normal(part.shape)) for part in response.transmission(first, second)
    )
    return goods_maps(low.astype(np.float32), high.astype(np.float32), PITCH, response, 1e-3)


def pointed(maps: GoodsMaps) -> Pointed:
    """A model that points at the place."""

    def shares(given: np.ndarray) -> np.ndarray:
        assert given.shape == (4, *maps.shape)
        found = np.zeros((1, *maps.shape), np.float32)
        found[0, 30:55, 20:50] = 0.9
        return found

    (found,) = places_in(maps, shares, ("knife",), CURVE, RULE, (ROWS, COLUMNS))
    return found


def test_box_class_and_score_are_those_of_the_view() -> None:
    found = pointed(scan((1.0, 0.2), (2.0, 1.0)))
    assert found.box == (50, 60, 125, 110)
    assert (found.class_name, found.score) == ("knife", pytest.approx(1 / (1 + np.exp(-2.0)), abs=1e-4))
    assert found.reason.en.startswith("May be a knife. 60 × 50 mm in the image.")
    assert found.reason.ko.startswith("칼로 의심. 영상에서 60×50 mm.")


def test_material_and_mass_are_those_without_the_surroundings() -> None:
    words = pointed(scan((1.0, 0.2), (2.0, 1.0))).reason.en
    assert "Material index f 0.33" in words
    assert "1.2 g/cm² lie before or behind it (organic)" in words
    # 3 g/cm² over 30 cm².
    low, high = (float(one) for one in words.split("About ")[1].split(" g")[0].split("–"))
    assert low <= 90 / MOST_MAGNIFICATION * 1.05
    assert 85 <= high <= 95


def test_what_noise_leaves_open_is_not_told() -> None:
    words = pointed(scan((6.0, 6.0), (0.15, 0.05), noise=0.02)).reason
    assert "Its material cannot be told (f " in words.en
    assert "물질을 가릴 수 없음" in words.ko


def test_below_the_penetration_limit_nothing_is_told() -> None:
    words = pointed(scan((10.0, 10.0), (20.0, 40.0))).reason
    assert "Darker than the penetration limit" in words.en
    assert "material index" not in words.en.lower()


def test_in_air_nothing_lies_behind() -> None:
    assert "Nearly nothing before or behind" in pointed(scan((0.0, 0.0), (2.0, 1.0))).reason.en


def test_a_model_of_other_classes_is_refused() -> None:
    maps = scan((1.0, 0.2), (2.0, 1.0))
    with pytest.raises(ValueError, match="classes"):
        places_in(maps, lambda _: np.zeros((2, *maps.shape), np.float32), ("knife",), CURVE, RULE, (ROWS, COLUMNS))


@pytest.mark.parametrize(
    ("planes", "pitch", "can"),
    [
        (("low", "high", "material"), (1.5, 1.25), True),
        (("high", "material"), (1.5, 1.25), False),
        (("low", "high"), None, False),
        (("low", "high"), (5.2, 5.0), False),
    ],
)
def test_which_views_can_be_read(planes: tuple[str, ...], pitch: tuple[float, float] | None, can: bool) -> None:
    assert readable(planes, pitch) is can


def test_a_mass_is_said_with_the_magnification_that_nobody_knows() -> None:
    assert mass_words(1300) == "1,000–1,300 g"
    assert mass_words(0.2) == "1–1 g"
