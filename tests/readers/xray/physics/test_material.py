"""The material index, its interval, and when it says nothing."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from pandok.readers.xray.physics.attenuation import mass_attenuation
from pandok.readers.xray.physics.material import index_of, is_told, region_of, rim_of
from pandok.readers.xray.physics.noise import Noise, noise_of_air, noise_of_scan
from pandok.readers.xray.physics.solver import solve
from pandok.readers.xray.physics.spectra import shipped

SEEN_F = {"PE": 0.0, "sucrose": 0.085, "water": 0.124, "cocaine_HCl": 0.30, "meth_HCl": 0.47, "Al": 1.0, "Fe": 4.24}


@pytest.mark.shared_data
def test_the_phantoms_materials_have_their_index_at_every_thickness(
    phantom: tuple[np.ndarray, np.ndarray], shared: Path
) -> None:
    low, high = phantom
    noise = noise_of_air(low[:, 2:62]), noise_of_air(high[:, 2:62])
    basis = solve(low, high, shipped("cabinet-160kv"))
    index = index_of(basis, low, high, *noise)
    covered = []
    for row in csv.DictReader((shared / "data" / "xray_phantom" / "regions.csv").open()):
        if row["name"].startswith("patch_") and row["material"] in SEEN_F:
            x, y, w, h = (int(row[key]) for key in "xywh")
            inside = np.zeros(low.shape, dtype=bool)
            inside[y + 6 : y + h - 6, x + 6 : x + w - 6] = True
            region = region_of(basis, inside)
            assert region is not None
            true = SEEN_F[row["material"]]
            assert region.f == pytest.approx(true, rel=0.04, abs=0.01)
            assert region.told
            assert np.abs(np.nanmedian(index.f[inside]) - true) < 0.03 + 0.03 * true
            covered.append((np.abs(index.f[inside] - region.f) <= index.half_width[inside]).mean())
    assert len(covered) == 21
    # Intervals of 95 %, neither empty promises nor padding.
    assert 0.92 < np.mean(covered) < 0.99


@pytest.mark.shared_data
def test_surroundings_are_taken_off(phantom: tuple[np.ndarray, np.ndarray], shared: Path) -> None:
    """Sugar and a hydrochloride behind 5 mm of aluminium: as if nothing stood before them."""
    basis = solve(*phantom, shipped("cabinet-160kv"))
    for row in csv.DictReader((shared / "data" / "xray_phantom" / "regions.csv").open()):
        material = row["material"].split("+")[0]
        if row["name"].endswith("behind_Al") and row["name"].startswith("patch") and material in SEEN_F:
            x, y, w, h = (int(row[key]) for key in "xywh")
            plain = basis_mean = None
            inside = np.zeros(basis.marked.shape, dtype=bool)
            inside[y + 6 : y + h - 6, x + 6 : x + w - 6] = True
            plain = region_of(basis, inside)
            response = shipped("cabinet-160kv")
            t_low, t_high = response.behind(mass_attenuation("Al", response.energies_kev), 1.35)
            plate = solve(np.array([t_low]), np.array([t_high]), response)
            assert plain is not None
            basis_mean = plain.f * plain.g_per_cm2 - float(plate.second[0])
            f = basis_mean / (plain.g_per_cm2 - float(plate.first[0] + plate.second[0]))
            assert f == pytest.approx(SEEN_F[material], abs=0.03)


def test_a_region_less_its_rim_is_the_region_alone() -> None:
    response, random = shipped("cabinet-160kv"), np.random.default_rng(1)
    first, second = np.full((60, 60), 2.0), np.full((60, 60), 1.35)
    first[20:40, 20:40] += 3.0
    second[20:40, 20:40] += 0.33
    inside = np.zeros((60, 60), dtype=bool)
    inside[22:38, 22:38] = True
    low, high = (part * random.normal(1, 0.004, part.shape) for part in response.transmission(first, second))
    basis = solve(low, high, response)
    region = region_of(basis, inside, rim_of(inside, gap_px=4))
    assert region is not None
    assert region.f_low <= 0.33 / 3.33 <= region.f_high
    assert region.told
    assert region_of(basis, inside, inside) is None or not region_of(basis, inside, inside).told  # type: ignore[union-attr]
    assert region_of(basis, np.zeros((60, 60), dtype=bool)) is None


def test_an_interval_is_told_up_to_a_tenth_and_metal_however_wide() -> None:
    low = np.array([0.1, 0.1, 2.5, 1.3, np.nan, -0.9])
    high = np.array([0.19, 0.22, 5.0, 4.0, 0.3, -0.85])
    assert is_told(low, high).tolist() == [True, False, True, False, False, False]


def test_noise_is_measured_with_what_blur_makes_alike() -> None:
    import cv2

    random = np.random.default_rng(2)
    air = 1 + random.normal(0, 0.005, (96, 96)) + np.linspace(0, 0.02, 96)
    alone = noise_of_air(air)
    assert alone.air_share == pytest.approx(0.005, rel=0.05)
    assert alone.alike_px == pytest.approx(1.0, abs=0.35)
    blurred = cv2.GaussianBlur(air, (0, 0), 1.0)
    measured = noise_of_air(blurred)
    assert measured.alike_px > 6
    blocks = blurred.reshape(12, 8, 12, 8).mean(axis=(1, 3))
    assert measured.of(1.0, 64) == pytest.approx((blocks - blocks.mean(axis=0)).std(), rel=0.3)
    scan = np.full((96, 96), 0.3)
    scan[:, :48] = air[:, :48]
    found = noise_of_scan(scan)
    assert found is not None
    assert found.air_share == pytest.approx(0.005, rel=0.15)
    assert noise_of_scan(np.full((96, 96), 0.3)) is None


def test_penetration_ends_where_noise_is_a_third_of_the_signal() -> None:
    for noise in (Noise(0.005), Noise(0.005, floor=0.001)):
        limit = noise.penetration_limit()
        assert limit / float(noise.of(limit)) == pytest.approx(3.0)
