"""Values of quality are right on things whose values are known, and are said in words."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from scipy.special import erf

from pandok.demo.scans.coarse import coarse, seen
from pandok.demo.scans.machines import MACHINES
from pandok.demo.scans.scenes import Recipe, scene_of
from pandok.readers.xray.quality.measures import air_snr, contrast_to_noise, edge_of, odd_rows, uniformity
from pandok.readers.xray.quality.object_parts import Place, seen_apart, thickest_steel_mm, thinnest_wire_mm
from pandok.readers.xray.quality.report import Grade, quality_of

Pair = tuple[np.ndarray, np.ndarray]


def scan(snr: float = 250.0, rows: int = 120, columns: int = 160, seed: int = 1) -> np.ndarray:
    random = np.random.default_rng(seed)
    clean = np.ones((rows, columns))
    clean[30:90, 60:120] = 0.3
    return (clean + random.normal(0, 1 / snr, clean.shape) * np.sqrt(clean)).astype(np.float32)


@pytest.mark.parametrize(("blur_px", "angle"), [(0.5, 3.0), (0.8, 5.0), (1.4, -4.0), (0.8, 2.0)])
@pytest.mark.parametrize("falling", [True, False])
def test_the_blur_of_a_slanted_edge_is_found(blur_px: float, angle: float, falling: bool) -> None:
    random = np.random.default_rng(3)
    fine = np.arange(80 * 8) / 8 + 1 / 16 - 0.5
    position = 40 + np.tan(np.radians(angle)) * (np.arange(96) - 48)
    across = (fine[None, :] - position[:, None]) * np.cos(np.radians(angle))
    step = erf(across / (np.sqrt(2) * blur_px)).reshape(96, 80, 8).mean(axis=2)
    image = 0.65 + (-0.3 if falling else 0.3) * step + random.normal(0, 0.004, (96, 80))
    found = edge_of(image, pitch_mm=0.8)
    assert found is not None
    assert found.angle_deg == pytest.approx(angle, abs=0.15)
    # The pixel's own width blurs besides.
    whole = np.hypot(blur_px, 0.2887)
    assert found.blur_px == pytest.approx(whole, rel=0.06)
    assert found.mtf20_lp_per_mm == pytest.approx(np.sqrt(np.log(5) / 2) / np.pi / whole / 0.8, rel=0.08)


def test_what_is_no_edge_has_no_resolution() -> None:
    random = np.random.default_rng(0)
    assert edge_of(random.normal(1, 0.01, (64, 64)), 1.0) is None
    assert edge_of(np.ones((64, 64)), 1.0) is None
    upright = np.ones((64, 64))
    upright[:, 32:] = 0.3
    assert edge_of(upright, 1.0) is None
    assert edge_of(upright[:10], 1.0) is None


def test_two_edges_within_reach_have_no_resolution_either() -> None:
    """In a bag hardly an edge stands alone; what is found has a blur that is a number."""
    machine = coarse(MACHINES["cabinet-1"])
    _, high = seen(scene_of(Recipe("parcel", 8022)), machine, np.random.default_rng(8022))
    places = [(row, column) for row in range(0, 120, 4) for column in range(0, high.shape[1] - 20, 4)]
    found = [edge_of(high[row : row + 20, column : column + 20], 1.0) for row, column in places]
    edges = [one for one in found if one is not None]
    assert edges
    assert all(one.blur_px > 0 and one.mtf20_lp_per_mm > 0 for one in edges)


@pytest.mark.shared_data
def test_the_phantom_shows_what_it_should(phantom: Pair, shared: Path) -> None:
    low, high = phantom
    places = {}
    for row in csv.DictReader((shared / "data" / "xray_phantom" / "regions.csv").open()):
        x, y, w, h = (int(row[key]) for key in "xywh")
        size = next((part for part in row["name"].split("_") if part.endswith("mm") and part[0].isdigit()), "0mm")
        places[row["name"]] = Place((x, y, x + w, y + h), float(size.removesuffix("mm")))
    assert air_snr(low[:, 2:62]) == pytest.approx(196, rel=0.05)
    assert air_snr(high[:, 2:62]) == pytest.approx(157, rel=0.05)
    edge = edge_of(places["slanted_edge_Fe_3mm_3deg"].of(high, 4), 0.8)
    assert edge is not None
    assert edge.angle_deg == pytest.approx(3.0, abs=0.1)
    assert edge.blur_px == pytest.approx(0.6, abs=0.08)
    steel = [place for name, place in places.items() if name.startswith("wedge_Fe")]
    assert thickest_steel_mm(high, steel) == 20
    wires = [place for name, place in places.items() if name.startswith("wire_Cu") and "behind" not in name]
    behind = [place for name, place in places.items() if name.startswith("wire_Cu") and name.endswith("5mm_Fe")]
    thin, thick = thinnest_wire_mm(high, wires), thinnest_wire_mm(high, behind)
    assert thin is not None
    assert thick is not None
    assert thin <= 0.2 < thick <= 0.64
    assert uniformity(places["uniformity_PE_20mm"].of(high, 8)) < 0.002
    assert seen_apart(high, places["wedge_Fe_2mm"], places["wedge_Fe_3mm"])
    assert not seen_apart(high, places["wedge_PE_10mm"], places["wedge_PE_10mm"])


def test_thick_steel_ends_where_noise_begins() -> None:
    random = np.random.default_rng(2)
    steps, image = [], np.ones((40, 240))
    for number, thickness in enumerate((2.0, 5.0, 10.0, 20.0, 40.0)):
        image[:, number * 48 : (number + 1) * 48] = np.exp(-0.25 * thickness)
        steps.append(Place((number * 48, 0, (number + 1) * 48, 40), thickness))
    noisy = image + random.normal(0, 0.01, image.shape)
    # The step of a fifth at 10 mm is .082 − .050 = .032, three deviations; at 20 mm .004.
    assert thickest_steel_mm(noisy, steps) == 10
    assert thickest_steel_mm(image + random.normal(0, 1, image.shape), steps) is None
    assert thickest_steel_mm(image, steps[:1]) is None


def test_contrast_to_noise_and_uniformity_are_what_they_say() -> None:
    random = np.random.default_rng(4)
    one, other = random.normal(0.5, 0.02, (200, 200)), random.normal(0.42, 0.02, (200, 200))
    assert contrast_to_noise(one, other) == pytest.approx(4, rel=0.03)
    assert contrast_to_noise(np.ones((4, 4)), np.ones((4, 4))) == 0
    assert uniformity(np.tile(np.linspace(0.9, 1.1, 160), (80, 1))) == pytest.approx(0.0875, abs=0.01)


def test_dead_rows_are_named_and_goods_are_not() -> None:
    good = scan()
    assert odd_rows(good) == ()
    broken = good.copy()
    broken[17], broken[71] = 1e-5, 1.05
    assert odd_rows(broken) == (17, 71)
    covered = np.random.default_rng(1).normal(0.3, 0.01, (120, 160)).astype(np.float32)
    assert odd_rows(covered) == ()
    covered[40] = 1e-5
    assert odd_rows(covered) == (40,)


def test_a_report_says_what_matters_first_and_in_both_languages() -> None:
    found = quality_of(scan(), scan(seed=2) ** 1.3)
    assert {one.grade for one in found} == {Grade.GOOD}
    noisy = scan(snr=30)
    noisy[17] = 1e-5
    noisy[60:80, 70:90] = 1e-5
    noisy[:20, :40] = 1.05
    report = quality_of(noisy, marked=noisy < 0.5)
    codes = {one.code: one for one in report}
    assert report[0].grade is Grade.POOR
    assert codes["air_snr_high"].grade is Grade.POOR
    assert codes["opaque_share"].grade is not Grade.GOOD
    assert codes["saturated_share"].grade is Grade.POOR
    assert codes["odd_rows_high"].value == 1
    assert codes["unexplained_share"].grade is Grade.POOR
    order = [one.grade for one in report]
    assert order == sorted(order, key=[Grade.POOR, Grade.ATTENTION, Grade.GOOD].index)
    for one in report:
        assert one.text.ko != one.text.en
        assert "nan" not in one.text.en
    closed = quality_of(np.full((64, 64), 0.2, np.float32))
    assert next(one for one in closed if one.code == "air_snr_high").value is None


@pytest.mark.shared_data
def test_the_phantom_gets_a_good_report(phantom: Pair) -> None:
    low, high = phantom
    assert all(one.grade is Grade.GOOD for one in quality_of(high, low))
