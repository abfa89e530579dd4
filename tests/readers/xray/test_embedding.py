"""What a scan looks like, whatever machine took it and however it lay on the belt."""

from __future__ import annotations

import numpy as np
import pytest

from pandok.readers.xray.embedding import DIMENSION, embedding
from pandok.readers.xray.physics.spectra import shipped
from pandok.readers.xray.standard import StandardView

ONE, TWO = shipped("cabinet-160kv"), shipped("cabinet-140kv")


def view(of: str, *, response=ONE, mm: float = 2.0, low: bool = True, noise: float = 0.0) -> StandardView:  # type: ignore[no-untyped-def]
    """A box 280 mm × 200 mm with bottles of water, or with bars of steel, as this machine sees it."""
    rows, columns = int(240 / mm), int(320 / mm)
    y, x = (np.mgrid[0:rows, 0:columns] + 0.5) * mm
    first, second = np.zeros((2, rows, columns))
    box = (y > 20) & (y < 220) & (x > 20) & (x < 300)
    first[box] = 0.3
    for middle_y, middle_x in ((70, 80), (70, 160), (160, 100), (150, 230)):
        if of == "water":
            inside = (y - middle_y) ** 2 + (x - middle_x) ** 2 < 30**2
            first[inside] += 4.4
            second[inside] += 0.6
        else:
            inside = (abs(y - middle_y) < 5) & (abs(x - middle_x) < 45)
            first[inside] -= 12.0
            second[inside] += 16.0
    through = response.transmission(first, second)
    random = np.random.default_rng(3)
    t_low, t_high = ((one + noise * random.standard_normal(one.shape)).astype(np.float32) for one in through)
    with np.errstate(invalid="ignore", divide="ignore"):
        f = np.where(box, second / (first + second), np.nan).astype(np.float32)
    return StandardView("1", t_high, t_low if low else None, f, (mm, mm))


def alike(one: StandardView, other: StandardView, response=ONE) -> float:  # type: ignore[no-untyped-def]
    a, b = embedding(one, ONE), embedding(other, response)
    assert a is not None
    assert b is not None
    return float(a @ b)


def test_it_is_one_unit_vector_the_same_at_every_call() -> None:
    first, again = embedding(view("water"), ONE), embedding(view("water"), ONE)
    assert first is not None
    assert (first.shape, first.dtype) == ((DIMENSION,), np.float32)
    assert np.linalg.norm(first) == pytest.approx(1, abs=1e-5)
    assert (first == again).all()


def test_the_same_goods_on_another_machine_are_nearer_than_other_goods_on_the_same() -> None:
    here = view("water")
    there = view("water", response=TWO, mm=1.0, noise=0.003)
    assert alike(here, there, TWO) > 0.8
    assert alike(here, there, TWO) > alike(here, view("steel")) + 0.3


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_quarter_turns_and_mirrors_change_little(turn: int) -> None:
    one = view("water")
    for mirrored in (False, True):
        planes = [np.rot90(one_of, turn) for one_of in (one.high, one.low, one.material) if one_of is not None]
        high, low, material = (np.ascontiguousarray(part[:, ::-1] if mirrored else part) for part in planes)
        assert alike(one, StandardView("1", high, low, material, one.pitch_mm)) > 0.95


def test_a_picture_of_colours_is_near_the_measurement_of_the_same_goods() -> None:
    """It has a material index and one transmission, no second energy."""
    assert alike(view("water"), view("water", low=False)) > 0.8


def test_air_looks_like_nothing() -> None:
    air = np.ones((60, 80), np.float32)
    assert embedding(StandardView("1", air, air), ONE) is None


def test_values_that_no_machine_should_give_are_borne() -> None:
    odd = np.full((40, 40), 0.5, np.float32)
    odd[5:10], odd[20:25], odd[30] = 0.0, np.nan, 9.0
    found = embedding(StandardView("1", odd, odd), ONE)
    assert found is not None
    assert np.isfinite(found).all()
