"""Parametric solids are closed and look outwards."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from pandok.readers.xray.solids.mesh import Mesh, rotation
from pandok.readers.xray.solids.shapes import (
    bottle,
    box,
    capsule,
    cone,
    cylinder,
    filled_to,
    prism,
    sphere,
    torus,
    tube,
    turned_profile,
)

L_SHAPE = [(0.0, 0.0), (40.0, 0.0), (40.0, 10.0), (10.0, 10.0), (10.0, 40.0), (0.0, 40.0)]
SOLIDS: list[tuple[Mesh, float, float]] = [
    (box(30, 40, 50), 60_000, 1e-9),
    (prism(L_SHAPE, 30), 21_000, 1e-9),
    (cylinder(20, 60), np.pi * 400 * 60, 0.007),
    (cone(20, 8, 50), np.pi * 50 / 3 * (400 + 160 + 64), 0.007),
    (sphere(25), 4 / 3 * np.pi * 25**3, 0.02),
    (capsule(10, 60), np.pi * 100 * 40 + 4 / 3 * np.pi * 1000, 0.02),
    (tube(25, 20, 60), np.pi * 225 * 60, 0.007),
    (torus(30, 4), 2 * np.pi**2 * 30 * 16, 0.06),
]


@pytest.mark.parametrize(("solid", "volume", "tolerance"), SOLIDS)
def test_solids_are_closed_and_have_their_volume(solid: Mesh, volume: float, tolerance: float) -> None:
    assert solid.closed
    assert solid.volume_mm3 == pytest.approx(volume, rel=tolerance)
    turned = solid.turned(rotation(31, 47, 11)).moved((5, 6, 7))
    assert turned.closed
    assert turned.volume_mm3 == pytest.approx(solid.volume_mm3)


def test_a_bottle_holds_what_is_in_it() -> None:
    outer, inner = bottle(30, 160, 10), bottle(30, 160, 10, wall=1.0)
    liquid = filled_to(30, 160, 1.0, 0.7)
    assert outer.closed
    assert inner.closed
    assert liquid.closed
    assert liquid.volume_mm3 < inner.volume_mm3 < outer.volume_mm3
    low, high = liquid.box_mm
    assert (low > inner.box_mm[0] - 1e-9).all()
    assert (high < inner.box_mm[1] + 1e-9).all()


def test_an_open_mesh_is_seen() -> None:
    whole = box(1, 1, 1)
    assert not Mesh(whole.vertices, whole.faces[1:]).closed
    assert Mesh(whole.vertices, whole.faces[:, ::-1]).volume_mm3 == pytest.approx(-1)


@pytest.mark.parametrize(
    "make",
    [
        lambda: box(0, 1, 1),
        lambda: box(float("nan"), 1, 1),
        lambda: tube(5, 5, 1),
        lambda: capsule(5, 10),
        lambda: prism([(0, 0), (1, 1)], 1),
        lambda: prism([(0, 0), (0, 1), (1, 0)], 1),
        lambda: turned_profile([(1, 0), (1, 1), (0, 1)]),
        lambda: turned_profile([(0, 0), (1, 1), (1, 0)], ring=True),
        lambda: Mesh(np.zeros((3, 3)), np.array([[0, 1, 3]])),
        lambda: Mesh(np.full((3, 3), np.inf), np.array([[0, 1, 2]])),
    ],
)
def test_solids_that_cannot_be_are_refused(make: Callable[[], Mesh]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        make()
