"""Counts become transmission, channel by channel; what cannot be trusted is listed."""

from __future__ import annotations

import csv
from pathlib import Path

import cv2
import numpy as np
import pytest

from pandok.core.errors import InputError
from pandok.readers.xray.physics.calibration import BadChannel, calibrated, measure_channels

CHANNELS, COLUMNS = 40, 400


@pytest.fixture
def machine() -> tuple[np.ndarray, np.ndarray, np.random.Generator]:
    """Dark level and gain of each channel."""
    random = np.random.default_rng(3)
    return random.normal(300, 3, CHANNELS), random.normal(50_000, 1500, CHANNELS), random


def counts(transmission: np.ndarray, dark: np.ndarray, gain: np.ndarray, random: np.random.Generator) -> np.ndarray:
    clean = dark[:, None] + gain[:, None] * transmission
    return np.clip(clean + random.normal(0, 100, clean.shape), 0, 65535).astype(np.uint16)


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("energy", "expected"), [("low", [BadChannel(120, "dead")]), ("high", [BadChannel(246, "stuck")])]
)
def test_the_phantom_comes_out_as_computed(shared: Path, energy: str, expected: list[BadChannel]) -> None:
    folder = shared / "data" / "xray_phantom"
    scan, air, dark = (cv2.imread(str(folder / f"{name}_{energy}.png"), -1) for name in ("phantom", "air", "dark"))
    done = calibrated(scan, measure_channels(dark, air))
    errors = []
    for row in csv.DictReader((folder / "regions.csv").open()):
        if row[f"T_{energy}"] and not row["name"].startswith("disc"):
            x, y, w, h = (int(row[key]) for key in "xywh")
            # Ten deviations of the blur from the rim: behind 20 mm of steel four are seen.
            inner = done.transmission[y + 6 : y + h - 6, x + 6 : x + w - 6]
            errors.append(abs(inner.mean(dtype=np.float64) / float(row[f"T_{energy}"]) - 1))
    assert len(errors) == 74
    assert np.median(errors) <= 5e-4
    assert max(errors) <= 7e-3
    assert list(done.bad) == expected


def test_drift_along_the_belt_is_taken_out(machine: tuple[np.ndarray, np.ndarray, np.random.Generator]) -> None:
    dark, gain, random = machine
    response = measure_channels(
        counts(np.zeros((CHANNELS, 64)), dark, gain, random), counts(np.ones((CHANNELS, 64)), dark, gain, random)
    )
    true = np.ones((CHANNELS, COLUMNS))
    true[10:30, 100:300] = 0.3
    done = calibrated(counts(true * np.linspace(1, 0.9, COLUMNS), dark, gain, random), response)
    assert abs(done.transmission[12:28, 110:290].mean() / 0.3 - 1) < 1e-3
    assert done.drift.at_start is not None
    assert done.drift.at_end is not None
    assert done.drift.at_end < done.drift.at_start
    # Goods that reach the end of the scan are not taken for air.
    true[:, 300:] = 0.5
    done = calibrated(counts(true, dark, gain, random), response)
    assert done.drift.air_columns[0] > 0
    done = calibrated(counts(true[:, 110:], dark, gain, random), response)
    assert done.drift.at_start is None


def test_bad_channels_are_listed_and_filled(machine: tuple[np.ndarray, np.ndarray, np.random.Generator]) -> None:
    dark, gain, random = machine
    gain[5], gain[17] = 300, 90_000 * 0.3
    air = counts(np.ones((CHANNELS, 64)), dark, gain, random)
    none = counts(np.zeros((CHANNELS, 64)), dark, gain, random)
    air[0] = none[0] = 65535
    air[30] = np.clip(air[30] + random.normal(0, 3000, 64), 0, 65535)
    response = measure_channels(none, air)
    assert response.bad == (
        BadChannel(0, "stuck"),
        BadChannel(5, "dead"),
        BadChannel(17, "gain"),
        BadChannel(30, "noisy"),
    )
    true = np.full((CHANNELS, COLUMNS), 1.0)
    true[:, 100:300] = 0.5
    done = calibrated(counts(true, dark, gain, random), response)
    assert np.abs(done.transmission[[0, 5, 17, 30], 110:290].mean(axis=1) / 0.5 - 1).max() < 2e-3


def test_full_scale_is_marked_and_wrong_shapes_refused(
    machine: tuple[np.ndarray, np.ndarray, np.random.Generator],
) -> None:
    dark, gain, random = machine
    response = measure_channels(
        counts(np.zeros((CHANNELS, 64)), dark, gain, random), counts(np.ones((CHANNELS, 64)), dark, gain, random)
    )
    scan = counts(np.ones((CHANNELS, COLUMNS)), dark, gain, random)
    scan[3, 200] = 65535
    assert np.argwhere(calibrated(scan, response).saturated).tolist() == [[3, 200]]
    with pytest.raises(InputError, match="as many channels"):
        calibrated(scan.T, response)
    with pytest.raises(InputError):
        measure_channels(np.zeros((3, 4), np.uint16), np.zeros((4, 4), np.uint16))
    with pytest.raises(InputError, match="alive"):
        measure_channels(np.zeros((3, 4), np.uint16), np.zeros((3, 4), np.uint16))
