"""Two transmissions become two amounts; what does not fit is marked, never kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from pandok.readers.xray.physics.attenuation import mass_attenuation
from pandok.readers.xray.physics.basis import DualResponse
from pandok.readers.xray.physics.nodes import all_nodes
from pandok.readers.xray.physics.solver import MOST_RESIDUAL, BasisDensities, solve
from pandok.readers.xray.physics.spectra import response_from_table, shipped

Pair = tuple[np.ndarray, np.ndarray]


@pytest.fixture(scope="module")
def response() -> DualResponse:
    return shipped("cabinet-160kv")


def true_residual(found: BasisDensities, low: np.ndarray, high: np.ndarray, response: DualResponse) -> np.ndarray:
    """By the whole spectrum, not by what the solver used."""
    t_low, t_high = response.transmission(
        np.nan_to_num(found.first.astype(np.float64)), np.nan_to_num(found.second.astype(np.float64))
    )
    return np.maximum(np.abs(t_low / low - 1), np.abs(t_high / high - 1))


def check(low: np.ndarray, high: np.ndarray, response: DualResponse) -> None:
    found = solve(low, high, response)
    seen = high > 0.01
    kept = seen & ~found.marked
    assert true_residual(found, low, high, response)[kept].max() <= 1e-3
    assert found.residual[kept].max() <= MOST_RESIDUAL
    assert np.isnan(found.first[found.marked]).all()
    assert (seen & found.marked).sum() <= 0.01 * seen.sum()


@pytest.mark.shared_data
def test_every_pixel_of_the_phantom_fits_or_is_marked(phantom: Pair, shared: Path) -> None:
    table = (shared / "data" / "xray_phantom" / "spectrum.csv").read_text()
    check(*phantom, response_from_table(table))


@pytest.mark.shared_data
@pytest.mark.parametrize("machine", ["A", "B"])
def test_every_pixel_of_the_bags_fits_or_is_marked(
    pair: Callable[[int, str], Pair], shared: Path, machine: str
) -> None:
    table = (shared / "data" / "xray_pairs" / "spectrum.csv").read_text()
    response = response_from_table(table, f"w_low_{machine}", f"w_high_{machine}")
    for bag in range(101, 106):
        check(*pair(bag, machine), response)


def test_steel_as_thick_as_a_pistol_is_solved(response: DualResponse) -> None:
    """Up to 25 mm of steel, T_high .0006, behind 5 cm of polyethylene or none."""
    steel = mass_attenuation("Fe", response.energies_kev)
    cloth = mass_attenuation("C2H4", response.energies_kev)
    for behind in (0.0, 4.7):
        amounts = np.linspace(0.05, 16, 640)
        rays = np.exp(-np.multiply.outer(amounts, steel) - behind * cloth)
        low, high = rays @ response.low, rays @ response.high
        found = solve(low, high, response)
        assert not found.marked[high > 0.01].any()
        assert true_residual(found, low.astype(np.float32), high.astype(np.float32), response)[high > 0.01].max() < 1e-3
    index = found.second / (found.first + found.second)
    assert (np.diff(index[high > 0.01]) > 0).all()


def test_amounts_come_back_exactly(response: DualResponse) -> None:
    random = np.random.default_rng(5)
    first, second = random.uniform(0, 12, 4000), random.uniform(0, 8, 4000)
    found = solve(*response.transmission(first, second), response)
    seen = response.transmission(first, second)[1] > 0.01
    assert not found.marked[seen].any()
    assert np.abs(found.second - second)[seen].max() < 0.05
    assert np.median(np.abs(found.second - second)[seen]) < 2e-3


def test_what_no_goods_can_make_is_marked(response: DualResponse) -> None:
    low = np.array([0.0, -0.1, np.nan, 0.5, np.inf, 0.0031])
    high = np.array([0.5, 0.5, 0.5, np.nan, 0.5, 0.5])
    assert solve(low, high, response).marked.all()
    with pytest.raises(ValueError, match="one shape"):
        solve(low, high[:3], response)


def test_slopes_say_how_amounts_follow_the_transmissions(response: DualResponse) -> None:
    low, high = response.transmission(np.array([3.0]), np.array([1.0]))
    here, there = solve(low, high, response), solve(low * 1.01, high, response)
    moved = float(there.second[0] - here.second[0])
    assert moved == pytest.approx(float(here.slopes[1, 0, 0]) * np.log(1.01), rel=0.05)


def test_few_energies_stand_for_the_whole_spectrum(response: DualResponse) -> None:
    from pandok.readers.xray.physics.solver import prepared

    few = prepared(response).few
    assert len(few[0].weight) + len(few[1].weight) < 60
    assert len(all_nodes(response)[0].weight) > 100


def test_a_machine_of_other_energies_is_solved_too() -> None:
    response = shipped("cargo-4mv-6mv")
    first, second = np.array([0.0, 20.0, 60.0]), np.array([0.0, 5.0, 40.0])
    found = solve(*response.transmission(first, second), response)
    assert not found.marked.any()
    assert found.first + found.second == pytest.approx(first + second, abs=0.5)


def test_what_is_left_out_changes_nothing_of_the_rest() -> None:
    random = np.random.default_rng(8)
    response = shipped("cabinet-160kv")
    low, high = response.transmission(random.uniform(0, 8, (60, 80)), random.uniform(0, 3, (60, 80)))
    some = random.random((60, 80)) < 0.4
    whole, part = solve(low, high, response), solve(low, high, response, among=some)
    for name in ("first", "second", "residual", "marked"):
        assert np.array_equal(getattr(whole, name)[some], getattr(part, name)[some], equal_nan=True)
        assert not getattr(part, name)[~some].any()
    assert np.array_equal(whole.slopes[:, :, some], part.slopes[:, :, some], equal_nan=True)
