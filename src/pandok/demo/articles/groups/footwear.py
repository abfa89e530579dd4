"""Shoes, boots and sandals: an upper and a sole along the length of a foot."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pandok.demo.articles.shapes import curves, solids
from pandok.demo.articles.shapes.article import Group, Knobs, Pieces
from pandok.demo.articles.shapes.curves import section
from pandok.demo.articles.shapes.mesh import Part

NDArrayF = NDArray[np.float64]


def _foot_loops(k: Knobs, top: NDArrayF, spread: float = 1.0) -> NDArrayF:
    """Loops along the length of a foot from heel to toe; `top` (20,) height of the upper."""
    s = np.linspace(0, 1, 20)
    width = np.interp(s, [0, 0.06, 0.3, 0.5, 0.72, 0.9, 1.0], [0.04, 0.2, 0.21, 0.2, 0.27 * spread, 0.2, 0.04])
    toe = {"round": 1.0, "pointed": 0.55, "square": 1.35}[k.choice("toe")]
    width = np.where(s > 0.75, width * (1 + (toe - 1) * (s - 0.75) / 0.25), width)
    ring = curves.section("square", 16, 0.5)
    loops = []
    for si, wi, ti in zip(s, width, top, strict=True):
        loops.append(np.column_stack([np.full(16, si * 1.6 - 0.8), ring[:, 0] * wi, (ring[:, 1] + 1) / 2 * ti]))
    return np.array(loops)


def _shoe(k: Knobs) -> Pieces:
    kind = k.choice("upper")
    ankle = {"low": 0.45, "high": 0.8, "boot": 1.2, "slip": 0.33, "sandal": 0.1}[kind] * k.real("ankle", 0.9, 1.15)
    toe_h = k.real("toe_height", 0.2, 0.3)
    s = np.linspace(0, 1, 20)
    throat = k.real("throat", 0.36, 0.46)
    top = np.interp(
        s,
        [0, 0.05, throat - 0.08, throat, 0.75, 0.93, 1],
        [ankle * 0.7, ankle, ankle, ankle * 0.85, toe_h * 1.15, toe_h, 0.07],
    )
    if kind == "sandal":
        top = np.full(20, 0.07)
    upper = solids.stack(_foot_loops(k, top))
    heel_kind, heel = k.choice("sole"), k.real("heel", 0.12, 0.3)
    lift = {"flat": 0.0, "wedge": heel * 1.6, "block": heel * 1.3, "stiletto": heel * 2.2, "chunky": 0.0}[heel_kind]
    sole_h = k.real("sole", 0.05, 0.1) * (2.6 if heel_kind == "chunky" else 1.0)

    def raised(v: NDArrayF) -> NDArrayF:
        x = (v[:, 0] + 0.8) / 1.6
        v[:, 2] += lift * np.clip(1 - x / 0.68, 0, 1) ** 0.8
        return v

    sole_loops = _foot_loops(k, np.full(20, sole_h))
    sole_loops[..., 1] *= 1.1
    sole_loops[..., 0] *= 1.03
    pieces: Pieces = [
        (upper.move(z=sole_h * 0.98).warp(raised), Part("upper", "body", "leather")),
        (solids.stack(sole_loops).warp(raised), Part("sole", "accent", "rubber")),
    ]
    if heel_kind == "block":
        pieces.append((solids.box(0.32, 0.34, lift + 0.03, 0.02).move(x=-0.62), Part("heel", "accent", "rubber")))
    elif heel_kind == "stiletto":
        pieces.append(
            (
                solids.revolve([(0.03, 0), (0.035, lift * 0.5), (0.14, lift + 0.03)], section("round", 14)).move(
                    x=-0.68
                ),
                Part("heel", "accent", "rubber"),
            )
        )
    elif heel_kind == "wedge":
        x = np.linspace(-0.82, 0.25, 10)
        line = lift * np.clip(1 - (x + 0.8) / 1.6 / 0.68, 0, 1) ** 0.8 + 0.02
        pieces.append(
            (
                solids.slab(np.stack([x, line], 1), np.stack([x, np.zeros(10)], 1), 0.4, 0.03),
                Part("heel", "accent", "rubber"),
            )
        )
    elif heel_kind == "chunky":
        n = k.whole("lugs", 5, 9)
        for i in range(n):
            pieces.append(
                (
                    solids.box(0.09, 0.42, 0.06).move(x=-0.7 + 1.4 * i / (n - 1), z=-0.04),
                    Part("lug", "accent", "rubber"),
                )
            )
    if kind == "sandal":
        for i in range(k.whole("straps", 2, 4)):
            along, r = 0.45 - 0.32 * i * k.real("spacing", 0.8, 1.2), 0.26
            base = sole_h + lift * max(0.0, 1 - (along + 0.8) / 1.6 / 0.68) ** 0.8
            band = curves.arc(r, -10, 190, 12, "yz") * np.array([1, 1, k.real("strap_rise", 0.8, 1.2)])
            pieces.append(
                (
                    solids.tube(band, 0.05, section("oblong", 8, 0.1), up=(1, 0, 0)).move(x=along, z=base),
                    Part("strap", "body", "leather"),
                )
            )
    closing = k.choice("closing")
    if closing == "laces" and kind != "sandal":
        for i in range(k.whole("laces", 3, 6)):
            f = throat + 0.04 + i * 0.055
            z = float(np.interp(f, s, top)) + sole_h + lift * max(0.0, 1 - f / 0.68) ** 0.8
            lace = curves.arc(0.13, 0, 180, 8, "yz") * np.array([1, 1, 0.25])
            pieces.append(
                (
                    solids.tube(lace, 0.02, section("round", 6)).move(x=f * 1.6 - 0.8, z=z - 0.01),
                    Part("lace", "trim", "fabric"),
                )
            )
    elif closing == "strap" and kind != "sandal":
        f = throat + 0.06
        z = float(np.interp(f, s, top)) + sole_h + lift * max(0.0, 1 - f / 0.68) ** 0.8
        band = curves.arc(0.24, -30, 210, 14, "yz") * np.array([1, 1, 0.5])
        pieces.append(
            (
                solids.tube(band, 0.06, section("oblong", 8, 0.2), up=(1, 0, 0)).move(x=f * 1.6 - 0.8, z=z - 0.1),
                Part("strap", "trim", "leather"),
            )
        )
    if k.choice("side") == "stripes":
        for i in range(k.whole("stripes", 1, 4)):
            stripe = solids.box(0.05, 0.5, ankle * 0.5).warp(
                lambda v: v + np.stack([v[:, 2] * 0.6, 0 * v[:, 0], 0 * v[:, 0]], 1)
            )
            pieces.append(
                (
                    stripe.move(x=-0.25 + 0.12 * i, z=sole_h + lift * 0.5).scale(y=0.84),
                    Part("stripe", "trim", "plastic"),
                )
            )
    return pieces


GROUPS = (
    Group("shoe", "신발", "Shoe", "02-04", {
        "upper": ("low", "high", "boot", "slip", "sandal"), "toe": ("round", "pointed", "square"),
        "sole": ("flat", "wedge", "block", "stiletto", "chunky"), "closing": ("none", "laces", "strap"),
        "side": ("plain", "stripes")}, _shoe),
)  # fmt: skip
