"""Hats and caps: crowns, brims and trims."""

from __future__ import annotations

import numpy as np

from pandok.demo.articles.shapes import solids
from pandok.demo.articles.shapes.article import Group, Knobs, Pieces
from pandok.demo.articles.shapes.curves import section, spline
from pandok.demo.articles.shapes.mesh import Part


def _hat(k: Knobs) -> Pieces:
    r, h = 0.5, k.real("crown", 0.3, 0.7)
    crown, brim = k.choice("crown"), k.choice("brim")
    top = {"dome": [(r, 0), (r * 0.98, h * 0.4), (r * 0.7, h * 0.85), (0.02, h)], "flat": [(r, 0), (r * 0.95, h * 0.5), (r * 0.9, h * 0.95), (r * 0.8, h), (0.02, h)],  # noqa: E501
           "pinched": [(r, 0), (r * 0.9, h * 0.6), (r * 0.6, h), (0.02, h * 0.8)]}[crown]  # fmt: skip
    pieces: Pieces = [(solids.revolve(spline(top, 20)).scale(y=1.12), Part("crown", "body", "fabric", decal="wrap"))]
    wide = k.real("brim", 0.2, 0.5)
    if brim == "visor":
        t = np.radians(np.linspace(205, 335, 18))
        inner = np.stack([r * np.cos(t), r * np.sin(t) * 1.12], 1)
        outer = np.stack(
            [
                (r + 0.02) * np.cos(t),
                (r + wide * np.clip(np.sin(np.linspace(0, np.pi, 18)), 0, 1) ** 0.6) * np.sin(t) * 1.12,
            ],
            1,
        )
        visor = solids.slab(outer, inner, 0.04).rotate("x", 90)
        pieces.append(
            (
                visor.scale(z=-1).scale(y=-1).rotate("x", k.real("dip", -5, 15)).move(z=0.03),
                Part("visor", "accent", "fabric"),
            )
        )
    elif brim == "round":
        dip = k.real("dip", -0.15, 0.15)
        pieces.append(
            (
                solids.shell(spline([(r * 0.95, 0), (r + wide * 0.5, dip * 0.4), (r + wide, dip)], 10), 0.06).scale(
                    y=1.12
                ),
                Part("brim", "body", "fabric"),
            )
        )
    elif brim == "cuff":
        pieces.append(
            (
                solids.prism(section("fluted", 40) * r * 1.06, k.real("cuff", 0.15, 0.3), 0.04).scale(y=1.12),
                Part("cuff", "accent", "fabric"),
            )
        )
    if k.choice("trim") == "band":
        pieces.append(
            (
                solids.prism(section("round", 28) * r * 1.02, k.real("band", 0.06, 0.15)).scale(y=1.12).move(z=0.04),
                Part("band", "trim", "fabric"),
            )
        )
    elif k.choice("trim") == "bobble":
        q = k.real("bobble", 0.05, 0.2)
        pieces.append((solids.superellipsoid((q, q, q)).move(z=h + q * 0.4), Part("bobble", "trim", "fabric")))
    return pieces


GROUPS = (
    Group("hat", "모자", "Hat", "02-03", {
        "crown": ("dome", "flat", "pinched"), "brim": ("visor", "round", "cuff", "none"),
        "trim": ("none", "band", "bobble")}, _hat),
)  # fmt: skip
