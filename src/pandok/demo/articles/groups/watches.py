"""Wrist watches: case, bezel, dial and strap."""

from __future__ import annotations

import numpy as np

from pandok.demo.articles.shapes import solids
from pandok.demo.articles.shapes.article import Group, Knobs, Pieces
from pandok.demo.articles.shapes.curves import section, spline
from pandok.demo.articles.shapes.mesh import Part


def _watch(k: Knobs) -> Pieces:
    r, t = k.real("case", 0.3, 0.42), k.real("depth", 0.08, 0.16)
    outline = {
        "round": section("round", 32),
        "square": section("square", 32, 0.6),
        "octagon": section("octagon", 32),
        "oblong": section("oblong", 32, 0.9)[:, ::-1][::-1],
        "cushion": section("square", 32, 0.95),
    }[k.choice("case")] * r
    metal = Part("case", "body", "metal")
    pieces: Pieces = [(solids.prism(outline, t, 0.03), metal)]
    pieces.append((solids.prism(outline * 0.84, 0.02, 0.0).move(z=t - 0.01), Part("dial", "screen", "glass")))
    if k.choice("bezel") == "notched":
        n = k.whole("notches", 8, 16)
        pieces += [(s.move(z=t - 0.02), metal) for s in solids.around(solids.box(0.05, 0.03, 0.04, 0.005), n, r * 0.93)]
    elif k.choice("bezel") == "ring":
        pieces.append(
            (
                solids.tube(
                    np.column_stack([outline * 0.9, np.full(len(outline), t)]), 0.035, section("round", 8), closed=True
                ),
                Part("bezel", "accent", "metal"),
            )
        )
    for i in range(12):
        mark = solids.box(0.06 if i % 3 == 0 else 0.04, 0.02, 0.012).move(x=r * 0.68)
        pieces.append((mark.rotate("z", 30 * i).move(z=t + 0.008), Part("index", "trim", "metal")))
    for length, turn in ((0.55, k.real("minute", 0, 360)), (0.38, k.real("hour", 0, 360))):
        pieces.append(
            (
                solids.box(r * length, 0.03, 0.012).move(x=r * length / 2, z=t + 0.015).rotate("z", turn),
                Part("hand", "trim", "metal"),
            )
        )
    pieces.append(
        (solids.prism(section("fluted", 20) * 0.05, 0.09, 0.01).rotate("y", 90).move(x=r * 0.97, z=t / 2), metal)
    )
    if k.choice("extras") == "subdials":
        for x, y in ((-0.3, 0), (0.3, 0), (0, -0.32)):
            pieces.append(
                (
                    solids.torus(r * 0.2, 0.012, section("round", 5), 18).move(x=x * r, y=y * r, z=t + 0.012),
                    Part("subdial", "trim", "metal"),
                )
            )
    strap, w = k.choice("strap"), r * k.real("strap", 0.5, 0.75)
    far = float(np.abs(outline[:, 1]).max())
    long = k.real("strap_length", 0.9, 1.3)
    for s in (-1, 1):
        if strap == "links":
            n = 8
            for i in range(n):
                y = s * (far + (i + 0.45) * long / n)
                pieces.append(
                    (
                        solids.box(w * 2 * (1 - 0.03 * i), long / n * 0.92, 0.07, 0.015).move(
                            y=y, z=-0.012 * i * i * 0.6
                        ),
                        Part("link", "body", "metal"),
                    )
                )
        else:
            path = spline(
                [(0, s * far * 0.85, t * 0.5), (0, s * (far + long * 0.5), t * 0.2), (0, s * (far + long), -0.25)], 12
            )
            flat = section("oblong", 12, 0.0) * np.array([1, 0.5])
            taper = np.linspace(w, w * (0.7 if strap == "tapered" else 0.97), 12)
            pieces.append((solids.tube(path, taper, flat, up=(0, 0, 1)), Part("strap", "accent", "leather")))
    return [(solid.rotate("x", 75), part) for solid, part in pieces]


GROUPS = (
    Group("watch", "손목시계", "Wrist watch", "10-02", {
        "case": ("round", "square", "octagon", "oblong", "cushion"), "bezel": ("plain", "notched", "ring"),
        "extras": ("none", "subdials"), "strap": ("band", "tapered", "links")}, _watch),
)  # fmt: skip
