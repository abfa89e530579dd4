"""Bags: bodies, straps and fronts."""

from __future__ import annotations

import numpy as np

from pandok.demo.articles.shapes import solids
from pandok.demo.articles.shapes.article import Group, Knobs, Pieces
from pandok.demo.articles.shapes.curves import section, spline
from pandok.demo.articles.shapes.mesh import Part


def _bag(k: Knobs) -> Pieces:
    w, d, h = k.real("width", 0.8, 1.3), k.real("depth", 0.25, 0.55), k.real("height", 0.55, 1.1)
    form = k.choice("form")
    leather = Part("body", "body", "leather", decal="front")
    if form == "tote":
        body = solids.box(w, d, h, 0.08).taper(k.real("taper", 0.0, 0.3))
    elif form == "trapezoid":
        body = solids.box(w, d, h, 0.1).taper(-k.real("taper", 0.2, 0.4))
    elif form == "barrel":
        body = solids.prism(section("round", 28) * h * 0.45, w, 0.08).rotate("y", 90).move(x=-w / 2, z=h * 0.45)
    elif form == "moon":
        t = np.linspace(-1, 1, 20)
        upper = np.stack([t * w / 2, h * 0.8 - 0.25 * h * (1 - t**2)], 1)
        lower = np.stack([t * w / 2, h * 0.8 - h * 0.8 * np.sqrt(np.maximum(1 - t**2, 0.02))], 1)
        body = solids.slab(upper, lower, d * 0.7, 0.08)
    else:
        body = solids.revolve(
            spline([(w * 0.33, 0), (w * 0.38, 0.05), (w * 0.4, h * 0.5), (w * 0.3, h * 0.85), (w * 0.36, h)], 20),
            section("round", 28),
        )
    pieces: Pieces = [(body, leather)]
    strap, rise = k.choice("handle"), k.real("rise", 0.25, 0.75)
    thick, foot = k.real("strap", 0.025, 0.05), w * k.real("foot", 0.15, 0.3)
    trim = Part("handle", "accent", "leather")
    top = h * (0.9 if form in ("barrel", "moon") else 0.97)
    if strap == "twin":
        loop = solids.tube(
            spline(
                [
                    (-foot, 0, top - 0.1),
                    (-foot * 0.9, 0, top + rise * 0.7),
                    (foot * 0.9, 0, top + rise * 0.7),
                    (foot, 0, top - 0.1),
                ],
                22,
            ),
            thick,
        )
        pieces += [(loop.move(y=-d * 0.4), trim), (loop.move(y=d * 0.4), trim)]
    elif strap == "single":
        flat = section("oblong", 12, 0.1)
        pieces.append(
            (
                solids.tube(
                    spline(
                        [(-w * 0.35, 0, top), (-foot, 0, top + rise), (foot, 0, top + rise), (w * 0.35, 0, top)], 22
                    ),
                    thick * 1.4,
                    flat,
                    up=(0, 1, 0),
                ),
                trim,
            )
        )
    elif strap == "shoulder":
        pieces.append(
            (
                solids.tube(
                    spline(
                        [
                            (-w * 0.48, 0, top * 0.9),
                            (-w * 0.4, 0, top + rise * 1.6),
                            (w * 0.4, 0, top + rise * 1.6),
                            (w * 0.48, 0, top * 0.9),
                        ],
                        26,
                    ),
                    thick * 0.7,
                ),
                trim,
            )
        )
    elif strap == "chain":
        path = spline(
            [(-w * 0.45, 0, top * 0.9), (-w * 0.3, 0, top + rise), (w * 0.3, 0, top + rise), (w * 0.45, 0, top * 0.9)],
            17,
        )
        for i, p in enumerate(path):
            link = solids.torus(0.07, 0.018, section("round", 5), 10).scale(1.2)
            pieces.append((link.rotate("x", 90 * (i % 2)).move(*p), Part("chain", "trim", "metal")))
    closing = k.choice("front")
    y = (
        -d / 2 - 0.01
        if form in ("tote", "trapezoid")
        else (-h * 0.45 if form == "barrel" else (-d * 0.36 if form == "moon" else -w * 0.4))
    )
    if closing == "flap":
        fh = h * k.real("flap", 0.35, 0.65)
        t = np.linspace(-1, 1, 16)
        curve = np.stack([t * w * 0.49, h * 0.97 - fh * (1 - k.real("round", 0.1, 0.6) * t**2)], 1)
        pieces.append(
            (
                solids.slab(np.stack([t * w * 0.49, np.full(16, h * 0.99)], 1), curve, 0.05).move(y=y),
                Part("flap", "body", "leather"),
            )
        )
        pieces.append(
            (solids.box(0.14, 0.06, 0.1, 0.02).move(y=y - 0.04, z=h * 0.97 - fh + 0.03), Part("clasp", "trim", "metal"))
        )
    elif closing == "pocket":
        pw, ph = w * k.real("pocket_w", 0.4, 0.7), h * k.real("pocket_h", 0.25, 0.45)
        pieces.append((solids.box(pw, 0.1, ph, 0.04).move(y=y, z=h * 0.12), Part("pocket", "accent", "leather")))
        pieces.append(
            (solids.box(pw * 0.9, 0.02, 0.025).move(y=y - 0.06, z=h * 0.12 + ph * 0.8), Part("zip", "trim", "metal"))
        )
    elif closing == "belts":
        for x in (-w * 0.25, w * 0.25):
            pieces.append(
                (solids.box(0.08, 0.03, h * 0.8).move(x=x, y=y, z=h * 0.12), Part("belt", "accent", "leather"))
            )
            pieces.append(
                (
                    solids.torus(0.07, 0.016, section("round", 6), 12)
                    .rotate("x", 90)
                    .move(x=x, y=y - 0.03, z=h * k.real("buckle", 0.3, 0.6)),
                    Part("buckle", "trim", "metal"),
                )
            )
    elif closing == "quilt":
        n = k.whole("quilt", 2, 4)
        for i in range(-n, n + 1):
            rail = solids.box(w * 0.94, 0.02, 0.012).move(y=y, z=h * 0.5 + i * h * 0.4 / n)
            pieces.append((rail, Part("seam", "accent", "fabric")))
    return pieces


GROUPS = (
    Group("bag", "가방", "Bag", "03-01", {
        "form": ("tote", "trapezoid", "barrel", "moon", "bucket"), "handle": ("twin", "single", "shoulder", "chain"),
        "front": ("plain", "flap", "pocket", "belts", "quilt")}, _bag),
)  # fmt: skip
