"""Headphones, earphones and loudspeakers."""

from __future__ import annotations

import numpy as np

from pandok.demo.articles.shapes import curves, solids
from pandok.demo.articles.shapes.article import Group, Knobs, Pieces
from pandok.demo.articles.shapes.curves import section, spline
from pandok.demo.articles.shapes.mesh import Part


def _headphones(k: Knobs) -> Pieces:
    r, band = k.real("band_radius", 0.5, 0.65), k.choice("band")
    pieces: Pieces = []
    path = curves.arc(r, -8, 188, 28) * np.array([1, 1, k.real("rise", 1.0, 1.25)])
    wide = {"thin": 0.03, "padded": 0.08, "flat": 0.09}[band] * k.real("band_width", 0.8, 1.2)
    ring = section("oblong", 12, 0.1) if band == "flat" else section("round", 12)
    pieces.append((solids.tube(path, wide, ring, up=(0, 1, 0)), Part("band", "body", "plastic")))
    if band == "padded":
        pieces.append((solids.tube(path[7:21] * 0.96, wide * 1.15), Part("pad", "accent", "leather")))
    cup, q, t = k.choice("cup"), k.real("cup", 0.2, 0.34), k.real("cup_depth", 0.1, 0.2)
    outline = {
        "round": section("round", 28),
        "oval": section("oval", 28, 0.7)[:, ::-1][::-1],
        "dee": section("square", 28, 0.7),
        "octagon": section("octagon", 32),
    }[cup] * q
    for side in (1, -1):
        shell = solids.prism(outline, t, 0.04).rotate("y", 90)
        pad = solids.tube(
            np.column_stack([np.zeros(len(outline)), outline * 0.8])[:, [0, 2, 1]] * [1, 1, 1],
            0.07,
            section("round", 8),
            closed=True,
        )
        pieces.append(((shell if side > 0 else shell.mirror()).move(x=side * r * 0.95), Part("cup", "body", "plastic")))
        pieces.append((pad.rotate("x", 90).move(x=side * r * 0.9), Part("cushion", "accent", "leather")))
        if k.choice("detail") == "ring":
            pieces.append(
                (
                    solids.torus(q * 0.55, 0.02, count=24).rotate("y", 90).move(x=side * (r * 0.95 + t)),
                    Part("ring", "trim", "metal"),
                )
            )
        elif k.choice("detail") == "yoke":
            pieces.append(
                (
                    solids.tube(curves.arc(q * 1.12, 0, 180, 14, "yz"), 0.025).move(x=side * (r * 0.95 + t * 0.5)),
                    Part("yoke", "trim", "metal"),
                )
            )
    return pieces


def _earbud(k: Knobs) -> Pieces:
    q = k.real("bud", 0.16, 0.22)
    form, stem = k.choice("bud"), k.real("stem", 0.35, 0.65)
    size = {"round": (q, q, q), "bean": (q * 1.3, q * 0.9, q), "disc": (q * 1.1, q * 0.6, q * 1.1)}[form]
    pieces: Pieces = []
    for side in (1, -1):
        x = side * 0.42
        bits: Pieces = [(solids.superellipsoid(size, 0.9, 0.9), Part("bud", "body", "plastic"))]
        tip = (
            solids.revolve(spline([(0.06, 0), (0.13, 0.04), (0.1, 0.12), (0.04, 0.14)], 10), section("round", 16))
            .rotate("y", -70)
            .move(x=-q * 0.8)
        )
        bits.append((tip, Part("tip", "trim", "rubber")))
        if k.choice("stem") == "stem":
            bits.append(
                (
                    solids.tube([(q * 0.5, 0, 0.05), (q * 0.6, 0, -stem)], 0.065, section("oval", 14, 0.8)),
                    Part("stem", "body", "plastic"),
                )
            )
        elif k.choice("stem") == "hook":
            path = spline(
                [(q * 0.5, 0, q * 0.5), (q * 0.2, 0.12, stem), (q * 0.4, 0.32, stem * 0.8), (q * 0.5, 0.34, 0)], 18
            )
            bits.append((solids.tube(path, 0.035), Part("hook", "accent", "rubber")))
        elif k.choice("stem") == "cord":
            path = spline([(0.05, 0, 0), (q, 0, -0.4), (0.1 - 0.42, 0.1, -0.9)], 14)
            bits.append((solids.tube(path, 0.02, section("round", 6)), Part("cord", "accent", "rubber")))
        for solid, part in bits:
            pieces.append(((solid if side > 0 else solid.mirror()).move(x=x), part))
    if k.choice("case") == "pill":
        pieces.append((solids.box(0.95, 0.4, 0.5, 0.19).move(z=-stem - 0.75), Part("case", "body", "plastic")))
        pieces.append((solids.box(0.96, 0.41, 0.012).move(z=-stem - 0.42), Part("seam", "accent")))
    elif k.choice("case") == "round":
        pieces.append(
            (solids.superellipsoid((0.45, 0.24, 0.4), 0.7, 1.0).move(z=-stem - 0.5), Part("case", "body", "plastic"))
        )
    return pieces


def _speaker(k: Knobs) -> Pieces:
    w, d, h = k.real("width", 0.5, 1.0), k.real("depth", 0.35, 0.6), k.real("height", 0.5, 1.2)
    form, y = k.choice("form"), -d / 2
    if form == "box":
        body = solids.box(w, d, h, k.real("edge", 0.02, 0.12))
    elif form == "cylinder":
        body, y = solids.prism(section("round", 32) * w * 0.5, h, 0.06), -w * 0.5
    elif form == "egg":
        body = solids.superellipsoid((w * 0.5, d * 0.55, h * 0.5), 0.9, 0.9, 26).move(z=h / 2)
        y = -d * 0.52
    else:
        body, y = (
            solids.prism(section("round", 28) * h * 0.3, w * 1.4, 0.05).rotate("y", 90).move(x=-w * 0.7, z=h * 0.3),
            -h * 0.3,
        )
    pieces: Pieces = [(body, Part("body", "body", "wood" if form == "box" else "fabric"))]
    z0 = h * (0.3 if form == "bar" else 0.45)
    n, r = {"one": 1, "two": 2, "three": 3}[k.choice("drivers")], k.real("driver", 0.12, 0.22)
    for i in range(n):
        spread = (i - (n - 1) / 2) * r * 2.3
        x, z = (spread, z0) if form == "bar" else (0.0, z0 + spread)
        q = r * (1.0 if i == 0 else 0.75)
        cone = solids.revolve(
            [(q, 0), (q, 0.05), (q * 0.82, 0.06), (q * 0.3, 0.0), (q * 0.25, 0.04), (0.01, 0.06)], section("round", 24)
        )
        pieces.append((cone.rotate("x", 90).move(x=x, y=y + 0.01, z=z), Part("driver", "accent", "rubber")))
    extra = k.choice("extra")
    if extra == "handle":
        pieces.append(
            (
                solids.tube(
                    curves.polyline(
                        [
                            (-w * 0.35, 0, h * 0.9),
                            (-w * 0.35, 0, h + 0.2),
                            (w * 0.35, 0, h + 0.2),
                            (w * 0.35, 0, h * 0.9),
                        ],
                        20,
                        0.2,
                    )
                    * [1, 1, 0.62 if form == "bar" else 1],
                    0.03,
                ),
                Part("handle", "trim", "leather"),
            )
        )
    elif extra == "feet":
        for sx in (-1, 1):
            for sy in (-1, 1):
                pieces.append(
                    (
                        solids.prism(section("round", 12) * 0.05, 0.1).move(x=sx * w * 0.3, y=sy * d * 0.25, z=-0.09),
                        Part("foot", "trim", "metal"),
                    )
                )
    elif extra == "dials":
        for x in (-w * 0.25, 0, w * 0.25):
            pieces.append(
                (
                    solids.prism(section("round", 16) * 0.05, 0.06, 0.01).move(
                        x=x, z=h * (0.6 if form == "bar" else 0.99)
                    ),
                    Part("dial", "trim", "metal"),
                )
            )
    return pieces


GROUPS = (
    Group("headphones", "헤드폰", "Headphones", "14-01", {
        "band": ("thin", "padded", "flat"), "cup": ("round", "oval", "dee", "octagon"),
        "detail": ("none", "ring", "yoke")}, _headphones),
    Group("earbud", "이어폰", "Earphones", "14-01", {
        "bud": ("round", "bean", "disc"), "stem": ("none", "stem", "hook", "cord"), "case": ("none", "pill", "round")}, _earbud),  # noqa: E501
    Group("speaker", "스피커", "Loudspeaker", "14-01", {
        "form": ("box", "cylinder", "egg", "bar"), "drivers": ("one", "two", "three"),
        "extra": ("none", "handle", "feet", "dials")}, _speaker),
)  # fmt: skip
