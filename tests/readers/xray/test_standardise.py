"""A scan of any maker on the one scale: what is told of it, and what its quality report says."""

from __future__ import annotations

import json

import numpy as np
import pytest

from pandok.demo.scans.rendering import AIR_COUNTS, rendered
from pandok.demo.scans.scenes import Recipe
from pandok.readers.xray.physics.spectra import shipped
from pandok.readers.xray.scan import Energy, Layer, Scan, ScanFacts, ScanImage, ScanKind
from pandok.readers.xray.standardise import MachineProfile, standardise


def scan_of(planes: dict[Energy, np.ndarray]) -> Scan:
    images = tuple(
        ScanImage(Layer(view="1", energy=energy, air_counts=AIR_COUNTS, pitch_mm=(0.85, 0.8)), pixels)
        for energy, pixels in planes.items()
    )
    return Scan(facts=ScanFacts(format="test", kind=ScanKind.COUNTS), images=images)


@pytest.fixture(scope="module")
def bag() -> tuple[np.ndarray, np.ndarray]:
    made = rendered(Recipe("bag", seed=3, threats=1), "cabinet-2")
    return made.low, made.high


def test_two_energies_come_with_material_and_findings(bag: tuple[np.ndarray, np.ndarray]) -> None:
    low, high = bag
    done = standardise(scan_of({Energy.LOW: low, Energy.HIGH: high}), MachineProfile(shipped("cabinet-140kv")))
    (view,), (said,) = done.views, done.quality["views"]
    assert view.material is not None
    assert said["told_share"] > 0.7
    grades = {one["code"]: one["grade"] for one in said["findings"]}
    assert grades["air_snr_high"] == grades["air_snr_low"] == grades["odd_rows_high"] == "good"
    assert all(one["ko"] and one["en"] for one in said["findings"])
    assert "NaN" not in json.dumps(dict(done.quality))


def test_a_dead_channel_is_found_without_a_calibration_image(bag: tuple[np.ndarray, np.ndarray]) -> None:
    high = bag[1].copy()
    high[200] = 0
    done = standardise(scan_of({Energy.HIGH: high}), MachineProfile(shipped("cabinet-140kv")))
    worst = {one["code"]: one for one in done.quality["views"][0]["findings"]}["odd_rows_high"]
    assert worst["grade"] == "attention"
    assert "200" in worst["ko"]


def test_swapped_energies_are_noticed(bag: tuple[np.ndarray, np.ndarray]) -> None:
    low, high = bag
    swapped = standardise(scan_of({Energy.LOW: high, Energy.HIGH: low}), MachineProfile(shipped("cabinet-140kv")))
    grades = {one["code"]: one["grade"] for one in swapped.quality["views"][0]["findings"]}
    assert grades["energy_order"] == "poor"
    right = standardise(scan_of({Energy.LOW: low, Energy.HIGH: high}), MachineProfile(shipped("cabinet-140kv")))
    assert {one["code"]: one["grade"] for one in right.quality["views"][0]["findings"]}["energy_order"] == "good"
