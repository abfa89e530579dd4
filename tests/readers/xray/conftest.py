"""The test objects of the shared folder, read once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from pandok.readers.xray.physics.calibration import calibrated, measure_channels

Pair = tuple[np.ndarray, np.ndarray]


@pytest.fixture(scope="session")
def phantom(shared: Path) -> Pair:
    """(T_low, T_high) of the phantom, calibrated."""
    folder = shared / "data" / "xray_phantom"
    found = []
    for energy in ("low", "high"):
        scan, air, dark = (cv2.imread(str(folder / f"{name}_{energy}.png"), -1) for name in ("phantom", "air", "dark"))
        found.append(calibrated(scan, measure_channels(dark, air)).transmission)
    return found[0], found[1]


@pytest.fixture(scope="session")
def pair(shared: Path) -> Callable[[int, str], Pair]:
    """(T_low, T_high) of a bag on a machine."""

    def read(bag: int, machine: str) -> Pair:
        folder = shared / "data" / "xray_pairs"
        low, high = (
            cv2.imread(str(folder / f"bag{bag}_{machine}_{energy}.png"), -1).astype(np.float32) / 60000
            for energy in ("low", "high")
        )
        return low, high

    return read
