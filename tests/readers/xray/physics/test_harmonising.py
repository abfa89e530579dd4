"""Machines that were never seen before come to one scale by a step wedge, one pitch and one blur."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from pandok.core.errors import InputError
from pandok.readers.xray.physics.attenuation import mass_attenuation
from pandok.readers.xray.physics.basis import DualResponse
from pandok.readers.xray.physics.harmonising import Sampling, common_sampling, resampled
from pandok.readers.xray.physics.solver import solve
from pandok.readers.xray.physics.spectra import shipped
from pandok.readers.xray.physics.step_wedge import Step, fitted_response
from pandok.readers.xray.physics.tubes import Sheet, kramers, sandwich

WEDGE = [
    *(("C2H4", 0.94 * cm) for cm in (1, 2, 4, 6, 8, 10)),
    *(("Al", 0.27 * mm) for mm in (2, 4, 8, 12, 20, 30)),
    *(("Fe", 0.787 * mm) for mm in (0.5, 1, 2, 4, 8)),
]
GOODS = [("H2O", 5.0), ("C12H22O11", 5.0), ("C17H21NO4·HCl", 4.0), ("C10H15N·HCl", 4.0), ("C2H3Cl", 3.0), ("NaCl", 3.0)]


def machine(kv: float, filters: list[Sheet], front: Sheet, copper_mm: float, back: Sheet) -> DualResponse:
    kev = np.arange(15.0, 215.0)
    between = [Sheet("Cu", copper_mm / 10 * 8.96)]
    return sandwich(kramers(kv, kev, filters), kev, front, between, back, name="", origin="")


def index(low: np.ndarray | float, high: np.ndarray | float, response: DualResponse) -> float:
    found = solve(np.atleast_1d(low), np.atleast_1d(high), response)
    return float(found.second[0] / (found.first[0] + found.second[0]))


def wedge_of(true: DualResponse, random: np.random.Generator) -> list[Step]:
    steps = []
    for of, amount in WEDGE:
        low, high = (float(part) for part in true.behind(mass_attenuation(of, true.energies_kev), amount))
        low_sd, high_sd = 0.005 * np.sqrt(low) / 20, 0.006 * np.sqrt(high) / 20
        steps.append(
            Step(of, amount, low + random.normal(0, low_sd), high + random.normal(0, high_sd), low_sd, high_sd)
        )
    return steps


@pytest.mark.parametrize(
    "true",
    [
        machine(180, [Sheet("Al", 1.35), Sheet("Cu", 0.0896)], Sheet("NaI", 0.13), 0.5, Sheet("CsI", 0.8)),
        machine(120, [Sheet("Al", 1.08)], Sheet("Gd2O2S", 0.06), 0.3, Sheet("Gd2O2S", 0.3)),
        shipped("cabinet-140kv"),
    ],
    ids=["180 kV, sodium iodide", "120 kV, thin front", "140 kV, tungsten lines"],
)
def test_a_machine_that_was_never_seen_is_known_after_a_step_wedge(true: DualResponse) -> None:
    fitted = fitted_response(wedge_of(true, np.random.default_rng(1)))
    assert np.median(np.abs(fitted.misfit)) < 1e-3
    other = shipped("cabinet-160kv")
    gained = []
    for of, amount in GOODS:
        low, high = true.behind(mass_attenuation(of, true.energies_kev), amount)
        right = index(low, high, true)
        assert index(low, high, fitted.response) == pytest.approx(right, abs=0.01)
        gained.append(abs(index(low, high, other) - right))
    assert np.median(gained) > 0.02, "read with another machine's weights it is off"


def test_materials_have_one_index_on_all_machines() -> None:
    machines = [shipped("cabinet-160kv"), shipped("cabinet-140kv")]
    for of, amount in GOODS:
        values = [index(*m.behind(mass_attenuation(of, m.energies_kev), amount), m) for m in machines]
        assert values[0] == pytest.approx(values[1], abs=0.01)


def test_a_wedge_that_is_none_is_refused() -> None:
    steps = wedge_of(shipped("cabinet-160kv"), np.random.default_rng(1))
    for few in (steps[:5], steps[:6] * 2):
        with pytest.raises(InputError) as refused:
            fitted_response(few)
        assert refused.value.error_code == "xray.wedge_steps"
    swapped = [Step(a.of, a.g_per_cm2, b.low, b.high) for a, b in zip(steps, reversed(steps), strict=True)]
    with pytest.raises(InputError) as refused:
        fitted_response(swapped)
    assert refused.value.error_code == "xray.wedge_misfit"


@pytest.mark.shared_data
def test_the_wedge_in_the_phantom_gives_the_machines_weights(
    phantom: tuple[np.ndarray, np.ndarray], shared: Path
) -> None:
    formulas, steps = {"PE": "C2H4", "Al": "Al", "Fe": "Fe"}, []
    for row in csv.DictReader((shared / "data" / "xray_phantom" / "regions.csv").open()):
        if row["name"].startswith("wedge"):
            x, y, w, h = (int(row[key]) for key in "xywh")
            parts = [part[y + 6 : y + h - 6, x + 6 : x + w - 6].astype(np.float64) for part in phantom]
            means = [float(part.mean()) for part in parts]
            deviations = [float(part.std() / np.sqrt(part.size)) for part in parts]
            steps.append(Step(formulas[row["material"]], float(row["areal_g_cm2"]), *means, *deviations))
    fitted, true = fitted_response(steps).response, shipped("cabinet-160kv")
    for of, amount in GOODS:
        low, high = true.behind(mass_attenuation(of, true.energies_kev), amount)
        assert index(low, high, fitted) == pytest.approx(index(low, high, true), abs=0.01)


@pytest.mark.shared_data
def test_the_same_bags_on_two_machines_agree(
    pair: Callable[[int, str], tuple[np.ndarray, np.ndarray]], shared: Path
) -> None:
    """Same item on both, 9 × 9 pixels at the middle of its box, machine A brought to machine B's pitch and blur."""
    own = {"A": Sampling((1.5, 1.25), (0.6, 0.6)), "B": Sampling((1.6, 1.0), (0.9, 0.9))}
    responses = {"A": shipped("cabinet-160kv"), "B": shipped("cabinet-140kv")}
    scans = {}
    for bag in range(101, 106):
        for name in "AB":
            scans[bag, name] = [resampled(part, own[name], own["B"]) for part in pair(bag, name)]
    found: dict[tuple[str, str], dict[str, tuple[float, float]]] = {}
    for row in csv.DictReader((shared / "data" / "xray_pairs" / "items.csv").open()):
        name, pitch = row["machine"], own[row["machine"]].pitch_mm
        y = int((int(row["y0"]) + int(row["y1"])) / 2 * pitch[0] / 1.6)
        x = int((int(row["x0"]) + int(row["x1"])) / 2 * pitch[1] / 1.0)
        parts = [part[y - 4 : y + 5, x - 4 : x + 5] for part in scans[int(row["bag"]), name]]
        low, high = (float(np.median(part)) for part in parts)
        ours = index(low, high, responses[name])
        naive = index(low, high, responses["A"])
        found.setdefault((row["bag"], row["item"]), {})[name] = (ours, naive)
    both = np.array([[one["A"], one["B"]] for one in found.values() if len(one) == 2])
    assert len(both) == 82
    difference = np.abs(both[:, 0, 0] - both[:, 1, 0])
    assert np.nanmedian(difference) <= 0.04
    assert np.nanmedian(np.abs(both[:, 0, 1] - both[:, 1, 1])) > 2 * np.nanmedian(difference)


def test_pitch_and_blur_come_to_what_was_asked() -> None:
    fine, coarse = Sampling((0.8, 0.8), (0.7, 0.7)), Sampling((1.6, 1.2), (1.0, 1.0))
    sharp = np.ones((400, 400), np.float32)
    sharp[:, 200:] = 0.2
    x = (np.arange(400) + 0.5) * 0.8
    from scipy.special import erf

    sharp[:] = 0.6 - 0.4 * erf((x - 160) / (np.sqrt(2) * 0.7 * 0.8))
    done = resampled(sharp, fine, coarse)
    assert done.shape == (200, 267)
    slope = -np.diff(done[100].astype(np.float64))
    at = (np.arange(len(slope)) + 1) * 1.2
    middle = float((slope * at).sum() / slope.sum())
    spread = float(np.sqrt((slope * (at - middle) ** 2).sum() / slope.sum()))
    assert middle == pytest.approx(160, abs=0.1)
    # The slope of a sampled edge is that of a pixel wider: take its own width off.
    assert np.sqrt(spread**2 - 1.2**2 / 12) == pytest.approx(1.2, rel=0.06)
    assert done.sum() * 1.6 * 1.2 == pytest.approx(sharp.sum() * 0.64, rel=5e-3)


def test_the_common_sampling_is_the_coarsest_and_softest() -> None:
    both = common_sampling([Sampling((1.5, 1.25), (0.6, 0.6)), Sampling((1.6, 1.0), (0.9, 0.9))])
    assert both.pitch_mm == (1.6, 1.25)
    assert both.blur_px[0] == pytest.approx(0.9)
    assert both.blur_px[1] * 1.25 >= 0.9
    same = np.random.default_rng(0).random((30, 40)).astype(np.float32)
    assert np.array_equal(resampled(same, both, both), same)
    with pytest.raises(ValueError, match="pitch"):
        Sampling((0.0, 1.0))
