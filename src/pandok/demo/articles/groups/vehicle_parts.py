"""Wheel rims and vehicle lamps."""

from __future__ import annotations

import numpy as np

from pandok.demo.articles.shapes import curves, solids
from pandok.demo.articles.shapes.article import Group, Knobs, Pieces
from pandok.demo.articles.shapes.curves import section, spline
from pandok.demo.articles.shapes.mesh import Part


def _wheel(k: Knobs) -> Pieces:
    metal, deep = Part("rim", "body", "metal"), k.real("depth", 0.3, 0.5)
    lip = k.real("lip", 0.03, 0.08)
    barrel = [
        (1.0, 0),
        (1.0, 0.04),
        (0.93, 0.06),
        (0.88, deep * 0.5),
        (0.93, deep - 0.04),
        (1.0, deep - 0.02),
        (1.0, deep),
        (1 - lip, deep),
        (0.86, deep * 0.8),
        (0.84, deep * 0.2),
        (1 - lip, 0),
    ]
    loops = np.array([[(r * c, r * s, z) for c, s in section("round", 40)] for r, z in barrel])
    pieces: Pieces = [(solids.stack(loops, closed=True), metal)]
    n, kind, width = k.whole("spokes", 5, 9), k.choice("spoke"), k.real("spoke", 0.05, 0.11)
    hub_z, rim_z = deep * k.real("dish", 0.45, 0.85), deep * 0.88
    part = Part("spoke", "body", "metal")
    ring = section("square", 8, 0.2)
    if kind == "straight":
        spoke = [solids.tube([(0.1, 0, hub_z), (0.9, 0, rim_z)], [width * 1.3, width], ring)]
    elif kind == "split":
        gap = k.real("gap", 0.08, 0.18)
        spoke = [
            solids.tube(
                [(0.12, 0, hub_z), (0.45, s * gap * 0.3, (hub_z + rim_z) / 2), (0.9, s * gap, rim_z)], width * 0.7, ring
            )
            for s in (-1, 1)
        ]
    elif kind == "turbine":
        curl = k.real("curl", 0.2, 0.45)
        spoke = [
            solids.tube(
                spline([(0.1, 0, hub_z), (0.5, curl * 0.5, (hub_z + rim_z) / 2), (0.88, curl, rim_z)], 8),
                np.linspace(width * 1.3, width, 8),
                ring,
            )
        ]
    elif kind == "blade":
        t = np.linspace(0.12, 0.92, 8)
        half = width * (0.7 + k.real("flare", 0.8, 2.2) * t**2)
        spoke = [
            solids.slab(np.stack([t, half], 1), np.stack([t, -half], 1), 0.07, 0.02)
            .rotate("x", 90)
            .move(z=(hub_z + rim_z) / 2)
        ]
    else:
        slope = k.real("cross", 0.1, 0.25)
        spoke = [
            solids.tube([(0.15, -s * slope * 0.6, hub_z), (0.9, s * slope, rim_z)], width * 0.45, ring) for s in (-1, 1)
        ]
        n = 2 * n
    for bit in spoke:
        pieces += [(s, part) for s in solids.around(bit, n)]
    hub = k.real("hub", 0.15, 0.24)
    pieces.append(
        (solids.prism(section("round", 28) * hub, 0.12, 0.02).move(z=hub_z - 0.05), Part("hub", "body", "metal"))
    )
    pieces.append(
        (solids.prism(section("round", 20) * hub * 0.45, 0.05, 0.01).move(z=hub_z + 0.06), Part("cap", "accent"))
    )
    if k.choice("bolts") == "bolts":
        bolt = solids.prism(section("hexagon", 6) * 0.03, 0.06).move(z=hub_z + 0.05)
        pieces += [(s, Part("bolt", "trim", "metal")) for s in solids.around(bolt, 5, hub * 0.72)]
    if k.choice("tyre") == "tyre":
        ring_t = section("square", 14, 0.6) * np.array([0.24, deep * 0.55])
        pieces.append(
            (solids.torus(1.17, 1.0, ring_t, 40).move(z=deep / 2), Part("tyre", "rubber", "rubber", claimed=False))
        )
    return [(solid.rotate("x", 90), p) for solid, p in pieces]


def _vehicle_lamp(k: Knobs) -> Pieces:
    w, h, d = k.real("width", 0.9, 1.5), k.real("height", 0.3, 0.65), k.real("depth", 0.3, 0.5)
    t = np.linspace(-1, 1, 18)
    form = k.choice("form")
    upper = (
        h
        * {
            "almond": 0.5 * (1 - t**2) ** 0.5 + 0.05,
            "wedge": 0.25 + 0.2 * t,
            "block": 0.45 * np.ones(18),
            "hook": 0.2 + 0.35 * np.clip(t, 0, 1) ** 2,
        }[form]
    )
    lower = (
        -h
        * {
            "almond": 0.35 * (1 - t**2) ** 0.5 + 0.05,
            "wedge": 0.3 * np.ones(18),
            "block": 0.45 - 0.1 * t,
            "hook": 0.35 * (1 - 0.6 * t**2),
        }[form]
    )
    x = t * w / 2
    a, b = np.stack([x, upper], 1), np.stack([x, lower], 1)
    sweep = k.real("sweep", 0.0, 0.35)

    def swept(v: np.ndarray) -> np.ndarray:
        v[:, 1] += sweep * (v[:, 0] / (w / 2)) ** 2
        return v

    pieces: Pieces = [
        (solids.slab(a, b, d, 0.05).warp(swept), Part("housing", "body", "plastic")),
        (solids.slab(a * 0.92, b * 0.9, 0.08, 0.02).move(y=-d / 2).warp(swept), Part("lens", "accent", "glass")),
    ]
    n, inner = k.whole("cells", 2, 4), k.choice("cells")
    for i in range(n):
        cx = w * ((i + 0.5) / n - 0.5) * 0.78
        mid = float(np.interp(cx, x, (upper + lower) / 2))
        r = min(h * 0.28, w / n * 0.35) * float(np.interp(cx, x, upper - lower)) / h * 1.1
        if inner == "round":
            cell = solids.revolve(
                [(r, 0), (r, 0.06), (r * 0.7, 0.05), (r * 0.5, 0.1), (0.01, 0.12)], section("round", 20)
            ).rotate("x", 90)
        elif inner == "square":
            cell = solids.prism(curves.rounded_rectangle(r * 1.8, r * 1.5, 0.03), 0.08, 0.02).rotate("x", 90)
        else:
            cell = (
                solids.prism(curves.rounded_rectangle(w / n * 0.7, 0.05, 0.02), 0.08, 0.01)
                .rotate("x", 90)
                .rotate("y", k.real("slant", -30, 30))
            )
        pieces.append((cell.move(x=cx, y=-d / 2 - 0.02, z=mid).warp(swept), Part("cell", "light", "glass")))
    if k.choice("strip") == "strip":
        line = np.stack(
            [x, np.full(18, -d / 2 - 0.04), lower * 0.7 if k.real("strip", 0, 1) < 0.5 else upper * 0.72], 1
        )
        pieces.append(
            (solids.tube(line[1:-1], 0.025, section("round", 8)).warp(swept), Part("strip", "light", "glass"))
        )
    if k.choice("mount") == "brackets":
        for s in (-1, 1):
            pieces.append(
                (
                    solids.box(0.16, 0.1, 0.08, 0.01).move(x=s * w * 0.3, y=d * 0.3, z=float(upper.max())),
                    Part("bracket", "trim", "plastic", claimed=False),
                )
            )
    return pieces


GROUPS = (
    Group("wheel", "자동차용 휠", "Vehicle wheel rim", "12-16", {
        "spoke": ("straight", "split", "turbine", "blade", "crossed"), "bolts": ("plain", "bolts"),
        "tyre": ("none", "tyre")}, _wheel),
    Group("vehicle_lamp", "자동차용 램프", "Vehicle lamp", "26-06", {
        "form": ("almond", "wedge", "block", "hook"), "cells": ("round", "square", "slats"), "strip": ("none", "strip"),
        "mount": ("none", "brackets")}, _vehicle_lamp),
)  # fmt: skip
