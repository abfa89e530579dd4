"""Containers in scans: found, laid on their kind, compared; places in words. And what is no container."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest

from pandok.demo.scans.container_structures import PLACES, structure_scan
from pandok.readers.xray.containers.comparing import FewContainers, StructureBank, bank_of, compared, zone_map
from pandok.readers.xray.containers.finding import NoContainer, corners_of
from pandok.readers.xray.containers.kinds import ZONE_WORDS, Zone, kind_of
from pandok.readers.xray.containers.registering import laid_on, on_raster


@lru_cache(maxsize=2)
def bank(code: str) -> StructureBank:
    return bank_of([structure_scan(code, seed).high for seed in range(12)], kind_of(code))


def test_corners_are_found_within_two_pixels_whatever_stands_in_it() -> None:
    picture = np.ones((200, 400), np.float32)
    picture[40:160, 50:350] = 0.8
    picture[80:120, 100:200] = 0.001
    assert np.abs(corners_of(picture) - [[50, 40], [349, 40], [349, 159], [50, 159]]).max() < 2


@pytest.mark.parametrize(
    "picture",
    [
        np.ones((200, 400), np.float32),
        np.zeros((0, 0), np.float32),
        np.ones((3, 3), np.float32),
        np.full((200, 400), np.nan, np.float32),
        np.full((200, 400), np.inf, np.float32),
        np.ones((2, 200, 400), np.float32),
        np.random.default_rng(1).uniform(0, 1, (200, 400)).astype(np.float32) ** 0.01,
        np.where(np.add.outer((np.arange(200) - 100.0) ** 2, (np.arange(400) - 200.0) ** 2) < 80**2, 0.2, 1.0),
    ],
)
def test_what_is_no_container_is_said_to_be_none(picture: np.ndarray) -> None:
    with pytest.raises(NoContainer):
        corners_of(picture)


@pytest.mark.parametrize("code", ["", "22", "22G", "22G11", "99G1", "ZZZZ", "2 G1", "22ㄱ1"])
def test_only_codes_of_iso_6346_whose_measures_are_known(code: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        kind_of(code)


def test_every_zone_has_words_and_a_place_in_some_kind() -> None:
    there = {zone for code in ("22G1", "45R1") for zone, _ in kind_of(code).zones}
    assert there == set(Zone) == set(ZONE_WORDS)
    assert all(words.ko and words.en for words in ZONE_WORDS.values())
    assert set(np.unique(zone_map(kind_of("22R1")))) == {
        list(Zone).index(zone) for zone in Zone if zone not in (Zone.WALL, Zone.FRONT)
    }


def test_a_container_turned_end_for_end_is_turned_back() -> None:
    there = bank("22R1")
    image = on_raster(structure_scan("22R1", 77).high, there.kind)
    one, other = laid_on(image, there.median), laid_on(np.ascontiguousarray(image[:, ::-1]), there.median)
    assert np.abs(one - other).max() < 1e-5
    with pytest.raises(ValueError, match="one raster"):
        laid_on(image[:-1], there.median)


@pytest.mark.parametrize(
    ("code", "place", "zone"), [("22G1", "wall", Zone.WALL), ("22R1", "insulation", Zone.INSULATION)]
)
def test_a_mass_in_a_wall_is_named_with_its_place(code: str, place: str, zone: Zone) -> None:
    found = compared(structure_scan(code, 900, visit=1, place=place, thick_mm=120.0).high, bank(code))
    of_bank = [one for one in found.differences if one.against == "bank"]
    assert of_bank[0].zone is zone
    assert of_bank[0].ln_t < 0
    assert found.score > compared(structure_scan(code, 900).high, bank(code)).score


def test_the_same_container_empty_takes_its_own_repairs_off() -> None:
    there = bank("22G1")
    with_repairs = max(range(20, 60), key=lambda seed: compared(structure_scan("22G1", seed).high, there).score)
    seen = structure_scan("22G1", with_repairs, visit=1).high
    empty = structure_scan("22G1", with_repairs).high
    found = compared(seen, there, empty=empty)
    assert -found.z["same"].min() < found.score


def test_nothing_is_told_below_the_penetration_limit() -> None:
    seen = structure_scan("22G1", 901, visit=1, place="wall", thick_mm=120.0).high
    assert compared(seen, bank("22G1"), penetration_limit=1.0).differences == ()


def test_too_few_containers_tell_nothing_usual() -> None:
    with pytest.raises(FewContainers):
        bank_of([structure_scan("22G1", 1).high] * 7, kind_of("22G1"))


def test_the_same_seed_makes_the_same_scan_and_an_unknown_place_none() -> None:
    assert np.array_equal(structure_scan("22G1", 5).high, structure_scan("22G1", 5).high)
    assert not np.array_equal(structure_scan("22G1", 5).high, structure_scan("22G1", 6).high)
    for code, places in PLACES.items():
        with pytest.raises(KeyError):
            structure_scan(code, 5, place="nowhere")
        assert places
