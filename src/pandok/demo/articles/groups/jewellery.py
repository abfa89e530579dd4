"""Finger rings and pendants."""

from __future__ import annotations

import numpy as np

from pandok.demo.articles.shapes import curves, solids
from pandok.demo.articles.shapes.article import Group, Knobs, Pieces
from pandok.demo.articles.shapes.curves import section, spline
from pandok.demo.articles.shapes.mesh import Part


def _ring(k: Knobs) -> Pieces:
    gold, r = Part("band", "body", "metal"), 0.5
    thick = k.real("band", 0.04, 0.09)
    outline = {
        "round": section("round", 12),
        "flat": section("square", 12, 0.2) * np.array([0.6, 1.5]),
        "knife": section("drop", 12) * np.array([1, 1.3]),
    }[k.choice("band")]
    pieces: Pieces = []
    if k.choice("weave") == "twisted":
        t = np.linspace(0, 2 * np.pi, 48, endpoint=False)
        n = k.whole("turns", 6, 12)
        for phase in (0, np.pi):
            path = np.stack(
                [
                    (r + thick * np.cos(n * t + phase)) * np.cos(t),
                    (r + thick * np.cos(n * t + phase)) * np.sin(t),
                    thick * np.sin(n * t + phase),
                ],
                1,
            )
            pieces.append((solids.tube(path, thick * 0.7, section("round", 7), closed=True), gold))
    elif k.choice("weave") == "double":
        gap = k.real("gap", 0.06, 0.14)
        pieces += [(solids.torus(r, thick * 0.7, outline, 40).move(z=z), gold) for z in (-gap, gap)]
    else:
        swell = (
            1
            + k.real("swell", 0, 1.2)
            * (np.cos(np.linspace(0, 2 * np.pi, 40, endpoint=False)) > 0)
            * np.cos(np.linspace(0, 2 * np.pi, 40, endpoint=False)) ** 2
        )
        pieces.append((solids.torus(r, thick * swell, outline, 40), gold))
    stone, q, gem = k.choice("stone"), k.real("stone", 0.1, 0.22), Part("stone", "accent", "glass")
    cut = {"brilliant": section("octagon", 16), "square": section("square", 16, 0.1), "oval": section("oval", 16, 0.6)}
    if stone in cut:
        ring = solids.revolve([(0.02, -q), (q, -0.02), (q, 0.02), (q * 0.6, q * 0.3)], cut[stone])
        pieces.append((ring.rotate("y", 90).move(x=r + q), gem))
        claw = solids.tube([(q * 0.3, 0, -q * 0.9), (q, 0, 0.05)], 0.025, section("round", 6))
        pieces += [(s.rotate("y", 90).move(x=r + q), gold) for s in solids.around(claw, k.whole("claws", 4, 6))]
    elif stone == "row":
        for a in np.linspace(-1, 1, k.whole("row", 3, 7)) * k.real("spread", 25, 45):
            gemlet = solids.superellipsoid((q * 0.4,) * 3, 1.4, 1.4, 8).move(x=r + thick)
            pieces.append((gemlet.rotate("z", float(a)), gem))
    elif stone == "flower":
        pieces.append((solids.superellipsoid((q * 0.35,) * 3, count=12).move(x=r + q * 0.7), gem))
        petal = solids.superellipsoid((q * 0.5, q * 0.3, q * 0.12), count=12).move(x=q * 0.65)
        pieces += [(s.rotate("y", 90).move(x=r + q * 0.6), gold) for s in solids.around(petal, k.whole("petals", 4, 8))]
    return [(solid.rotate("y", -90).rotate("z", 0), p) for solid, p in pieces]


def _pendant(k: Knobs) -> Pieces:
    gold, r = Part("pendant", "body", "metal"), k.real("size", 0.4, 0.6)
    t = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    form = k.choice("form")
    if form == "heart":
        x = 16 * np.sin(t) ** 3 / 17
        z = (13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)) / 17
        outline = np.stack([-x, z], 1)
    elif form == "star":
        outline = curves.star(k.whole("points", 4, 8), k.real("inner", 0.4, 0.7), 6, k.real("sharp", 0.7, 2.0))
    elif form == "drop":
        outline = np.stack([np.cos(t) * 0.7 * (1 - 0.45 * np.clip(np.sin(t), 0, 1)), np.sin(t)], 1)
    elif form == "clover":
        outline = curves.star(k.whole("leaves", 3, 5), k.real("inner", 0.45, 0.7), 12, 0.5)
    else:
        outline = section("hexagon" if form == "hexagon" else "round", 36)
    outline = outline * r
    style = k.choice("style")
    if style == "plate":
        pieces: Pieces = [(solids.prism(outline, k.real("thick", 0.06, 0.16), 0.03).rotate("x", 90), gold)]
    elif style == "open":
        path = np.column_stack([outline[:, 0], np.zeros(len(outline)), outline[:, 1]])
        pieces = [(solids.tube(path, k.real("wire", 0.04, 0.07), section("round", 8), closed=True, up=(0, 1, 0)), gold)]
    else:
        pieces = [
            (solids.prism(outline, 0.1, 0.02).rotate("x", 90), gold),
            (solids.prism(outline * 0.78, 0.08, 0.02).rotate("x", 90).move(y=-0.07), Part("inlay", "accent", "glass")),
        ]
    if k.choice("stone") == "stone":
        q = k.real("stone", 0.08, 0.16)
        pieces.append(
            (
                solids.revolve([(q, 0), (q, 0.03), (q * 0.6, 0.1)], section("octagon", 16))
                .rotate("x", 90)
                .move(y=-0.1),
                Part("stone", "light", "glass"),
            )
        )
    top = float(outline[:, 1].max())
    pieces.append((solids.torus(0.08, 0.025, count=16).rotate("y", 90).move(z=top + 0.08), gold))
    if k.choice("chain") == "chain":
        wide, rise = k.real("chain_w", 0.5, 0.9), k.real("chain_h", 0.9, 1.4)
        path = spline(
            [
                (-wide, 0, top + rise),
                (-wide * 0.5, 0, top + rise * 0.45),
                (0, 0, top + 0.12),
                (wide * 0.5, 0, top + rise * 0.45),
                (wide, 0, top + rise),
            ],
            29,
        )
        for i, p in enumerate(path):
            link = solids.torus(0.05, 0.016, section("round", 4), 8)
            pieces.append((link.rotate("x", 90 * (i % 2)).move(*p), Part("chain", "trim", "metal")))
    return pieces


GROUPS = (
    Group("ring", "반지", "Finger ring", "11-01", {
        "band": ("round", "flat", "knife"), "weave": ("single", "twisted", "double"),
        "stone": ("none", "brilliant", "square", "oval", "row", "flower")}, _ring),
    Group("pendant", "펜던트", "Pendant", "11-01", {
        "form": ("heart", "star", "drop", "clover", "hexagon", "disc"), "style": ("plate", "open", "inlaid"),
        "stone": ("none", "stone"), "chain": ("none", "chain")}, _pendant),
)  # fmt: skip
