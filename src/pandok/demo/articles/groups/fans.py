"""Electric fans: blades, cage and base."""

from __future__ import annotations

import numpy as np

from pandok.demo.articles.shapes import solids
from pandok.demo.articles.shapes.article import Group, Knobs, Pieces
from pandok.demo.articles.shapes.curves import section, spline
from pandok.demo.articles.shapes.mesh import Part


def _fan(k: Knobs) -> Pieces:
    r, h = k.real("radius", 0.32, 0.5), k.real("height", 0.5, 1.2)
    n = k.whole("blades", 3, 5) if k.choice("blades") == "few" else k.whole("many", 6, 9)
    pieces: Pieces = []
    t = np.linspace(0.12, 1, 8)
    sweep = k.real("sweep", 0.1, 0.5)
    upper = np.stack([t * r * 0.9, 0.25 * r * np.sin(t * 2.6) + sweep * r * t**2 * 0.5], 1)
    lower = np.stack([t * r * 0.9, -0.2 * r * np.sin(t * 2.6) + sweep * r * t**2 * 0.5], 1)
    blade = solids.slab(upper, lower, 0.02).rotate("x", 90)
    for b in solids.around(blade, n):
        pieces.append((b.rotate("x", 90).move(z=h), Part("blade", "body", "plastic")))
    pieces.append((solids.superellipsoid((0.09, 0.08, 0.09)).move(y=-0.02, z=h), Part("hub", "accent")))
    cage, wire = k.choice("cage"), Part("cage", "trim", "metal")
    if cage != "none":
        pieces.append((solids.torus(r, 0.025).rotate("x", 90).move(z=h), wire))
    if cage == "rings":
        for f in np.linspace(0.35, 0.85, k.whole("rings", 2, 5)):
            pieces.append(
                (
                    solids.torus(r * f, 0.008, section("round", 4), 24).rotate("x", 90).move(y=-0.1 * (1.2 - f), z=h),
                    wire,
                )
            )
    if cage in ("rings", "spokes"):
        m = k.whole("spokes", 8, 20)
        spoke = solids.tube(spline([(0.05, 0, 0.1), (r * 0.6, 0, 0.09), (r, 0, 0)], 5), 0.008, section("round", 4))
        pieces += [(s.rotate("x", 90).move(z=h), wire) for s in solids.around(spoke, m)]
    elif cage == "box":
        pieces.append((solids.box(r * 2.2, 0.16, 0.06, 0.02).move(z=h - r * 1.1), wire))
        pieces.append((solids.box(r * 2.2, 0.16, 0.06, 0.02).move(z=h + r * 1.05), wire))
        for x in (-r * 1.07, r * 1.07):
            pieces.append((solids.box(0.06, 0.16, r * 2.2, 0.02).move(x=x, z=h - r * 1.1), wire))
    pieces.append(
        (
            solids.prism(section("round", 20) * 0.14, 0.2, 0.04).rotate("x", -90).move(y=0.05, z=h),
            Part("motor", "accent"),
        )
    )
    base = k.choice("base")
    if base == "pole":
        pieces.append((solids.tube([(0, 0.12, 0), (0, 0.12, h)], 0.03), Part("pole", "accent", "metal")))
        pieces.append(
            (
                solids.prism(section("round", 28) * k.real("base", 0.25, 0.38), 0.05, 0.02).move(y=0.1),
                Part("base", "accent"),
            )
        )
    elif base == "grip":
        bottom = h - r - k.real("grip", 0.4, 0.7)
        pieces.append(
            (
                solids.prism(section("oval", 20, 0.7) * 0.1, h - r * 0.9 - bottom, 0.03).move(y=0.02, z=bottom),
                Part("grip", "accent"),
            )
        )
    elif base == "stand":
        foot = h - r * 1.4
        pieces.append(
            (
                solids.tube(spline([(0, 0.15, h), (0, 0.35, h - r * 0.6), (0, 0.1, foot)], 10), 0.035),
                Part("neck", "accent"),
            )
        )
        pieces.append((solids.box(0.5, 0.4, 0.08, 0.03).move(y=0.05, z=foot - 0.05), Part("base", "accent")))
    return pieces


GROUPS = (
    Group("fan", "선풍기", "Fan", "23-04", {
        "blades": ("few", "many"), "cage": ("rings", "spokes", "box", "none"), "base": ("pole", "grip", "stand")}, _fan),  # noqa: E501
)  # fmt: skip
