"""Standing and desk lamps: base, stand and shade."""

from __future__ import annotations

import numpy as np

from pandok.demo.articles.shapes import solids
from pandok.demo.articles.shapes.article import Group, Knobs, Pieces
from pandok.demo.articles.shapes.curves import section, spline
from pandok.demo.articles.shapes.mesh import Part


def _lamp(k: Knobs) -> Pieces:
    metal = Part("stand", "trim", "metal")
    h, r = k.real("height", 0.6, 1.3), k.real("shade", 0.25, 0.45)
    kind, lean = k.choice("stand"), 0.0
    pieces: Pieces = []
    base = k.choice("base")
    if base == "disc":
        pieces.append((solids.prism(section("round", 28) * k.real("base", 0.2, 0.32), 0.05, 0.015), metal))
    elif base == "block":
        pieces.append((solids.box(0.4, 0.3, k.real("base", 0.06, 0.16), 0.03), metal))
    elif base == "tripod":
        pieces += [(s, metal) for s in solids.around(solids.tube([(0.35, 0, 0), (0, 0, h * 0.45)], 0.02), 3)]
    elif base == "clamp":
        pieces.append((solids.box(0.2, 0.14, 0.2, 0.03).move(z=-0.05), metal))
    if kind == "straight":
        pieces.append((solids.tube([(0, 0, 0.02), (0, 0, h)], 0.025), metal))
    elif kind == "arched":
        lean = k.real("reach", 0.3, 0.6)
        pieces.append(
            (
                solids.tube(spline([(0, 0, 0), (0, 0, h * 0.7), (lean * 0.4, 0, h * 1.05), (lean, 0, h)], 22), 0.025),
                metal,
            )
        )
    elif kind == "jointed":
        lean, bow = k.real("reach", 0.15, 0.4), k.real("bow", 0.2, 0.45)
        for a, b in (((0, 0, 0.02), (-bow, 0, h * 0.55)), ((-bow, 0, h * 0.55), (lean, 0, h))):
            pieces.append((solids.tube([a, b], 0.022), metal))
        pieces.append(
            (solids.superellipsoid((0.05, 0.05, 0.05), count=12).move(x=-bow, z=h * 0.55), Part("joint", "accent"))
        )
    elif kind == "turned":
        q = k.real("turned", 0.1, 0.22)
        points = [(0.1, 0), (q, h * 0.2), (0.05, h * 0.45), (q * 0.7, h * 0.65), (0.03, h * 0.85), (0.03, h)]
        pieces.append((solids.revolve(spline(points, 28), section("round", 20)), Part("stand", "trim", "ceramic")))
    sh = k.real("shade_height", 0.25, 0.5)
    outline = section(k.choice("section"), 32, 0.4)
    profile = {"cone": [(r, 0), (r * 0.45, sh)], "drum": [(r, 0), (r * 0.92, sh)], "dome": spline([(r, 0), (r * 0.9, sh * 0.5), (r * 0.15, sh)], 12),  # noqa: E501
               "bell": spline([(r, 0), (r * 0.55, sh * 0.4), (r * 0.4, sh)], 12), "globe": spline([(r * 0.3, -sh * 0.2), (r, sh * 0.4), (r * 0.3, sh)], 16)}[k.choice("shade")]  # fmt: skip  # noqa: E501
    shade = solids.shell(np.asarray(profile), 0.03, outline)
    tip = k.real("tilt", 0, 35) if kind in ("jointed", "arched") else 0.0
    pieces.append((shade.move(z=-sh * 0.7).rotate("y", -tip).move(x=lean, z=h), Part("shade", "body", "fabric")))
    pieces.append(
        (
            solids.superellipsoid((0.08, 0.08, 0.1), count=12).move(x=lean, z=h - sh * 0.35),
            Part("bulb", "light", "glass"),
        )
    )
    return pieces


GROUPS = (
    Group("lamp", "스탠드 조명", "Lamp", "26-05", {
        "base": ("disc", "block", "tripod", "clamp"), "stand": ("straight", "arched", "jointed", "turned"),
        "shade": ("cone", "drum", "dome", "bell", "globe"), "section": ("round", "square", "hexagon", "fluted")}, _lamp),  # noqa: E501
)  # fmt: skip
