"""Taps and door handles."""

from __future__ import annotations

from numpy.typing import ArrayLike

from pandok.demo.articles.shapes import curves, solids
from pandok.demo.articles.shapes.article import Group, Knobs, Pieces
from pandok.demo.articles.shapes.curves import section, spline
from pandok.demo.articles.shapes.mesh import Part


def _tap(k: Knobs) -> Pieces:
    h, reach, r = k.real("height", 0.5, 1.3), k.real("reach", 0.4, 0.8), k.real("pipe", 0.05, 0.09)
    chrome = Part("body", "body", "metal")
    pieces: Pieces = [
        (solids.prism(section("round", 24) * r * 2.2, 0.06, 0.02), chrome),
        (solids.prism(section(k.choice("section"), 24, 0.3) * r * 1.5, h * 0.45, 0.02), chrome),
    ]
    path = {
        "swan": spline(
            [(0, 0, 0), (0, 0, h), (reach * 0.5, 0, h + reach * 0.5), (reach, 0, h), (reach, 0, h * 0.75)], 26
        ),
        "angular": curves.polyline([(0, 0, 0), (0, 0, h), (reach, 0, h), (reach, 0, h * 0.85)], 24, 0.12),
        "low": spline([(0, 0, 0), (0, 0, h * 0.4), (reach * 0.6, 0, h * 0.6), (reach, 0, h * 0.45)], 20),
    }[k.choice("spout")]
    pieces.append((solids.tube(path, r, section(k.choice("section"), 14, 0.3), up=(0, 1, 0)), chrome))
    lever, q = k.choice("lever"), k.real("lever", 0.2, 0.4)
    part = Part("lever", "accent", "metal")
    if lever == "side":
        pieces.append((solids.tube([(0, 0, h * 0.3), (0, -q, h * 0.36)], [0.05, 0.03]), part))
    elif lever == "top":
        pieces.append((solids.tube([(-0.02, 0, h * 0.46), (-q, 0, h * 0.46 + q * 0.6)], [0.06, 0.03]), part))
    elif lever == "crosses":
        for s in (-1, 1):
            y = s * q * 1.2
            pieces.append((solids.prism(section("round", 16) * 0.06, 0.22, 0.01).move(y=y), chrome))
            pieces += [
                (solids.tube([(-0.14, 0, 0.25), (0.14, 0, 0.25)], 0.03).rotate("z", a).move(y=y), part) for a in (0, 90)
            ]
        pieces.append((solids.box(0.1, q * 2.4, 0.06, 0.02), chrome))
    return pieces


def _door_handle(k: Knobs) -> Pieces:
    long, r = k.real("length", 0.7, 1.1), k.real("grip", 0.05, 0.09)
    metal = Part("lever", "body", "metal")
    plate = {
        "rose": section("round", 28) * 0.2,
        "square": curves.rounded_rectangle(0.4, 0.4, 0.04),
        "long": curves.rounded_rectangle(0.36, k.real("plate", 1.2, 1.8), 0.1),
    }[k.choice("plate")]
    pieces: Pieces = [(solids.prism(plate, 0.06, 0.02).rotate("x", 90), Part("plate", "accent", "metal"))]
    out = k.real("projection", 0.25, 0.4)
    pieces.append((solids.tube([(0, 0, 0), (0, -out, 0)], r * 0.9), metal))
    levers: dict[str, ArrayLike] = {
        "straight": [(-0.05, -out, 0), (long, -out, 0)],
        "curved": spline([(0, -out, 0), (long * 0.4, -out, 0.1), (long, -out, -0.1)], 14),
        "return": curves.polyline([(0, -out, 0), (long, -out, 0), (long, -0.1, 0)], 16, 0.2),
        "wave": spline([(0, -out, 0), (long * 0.3, -out, 0.12), (long * 0.65, -out, -0.08), (long, -out, 0.06)], 18),
    }
    path = levers[k.choice("lever")]
    pieces.append((solids.tube(path, r, section(k.choice("section"), 14, 0.3)), metal))
    if k.choice("lock") == "thumb":
        pieces.append(
            (
                solids.box(0.2, 0.06, 0.07, 0.02).move(y=-0.1, z=-0.45 if k.choice("plate") == "long" else 0),
                Part("lock", "trim", "metal"),
            )
        )
    elif k.choice("lock") == "keyhole":
        pieces.append(
            (
                solids.prism(section("oval", 18, 0.5) * 0.09, 0.04, 0.01)
                .rotate("x", 90)
                .rotate("y", 90)
                .move(y=-0.05, z=-0.45),
                Part("lock", "trim", "metal"),
            )
        )
    return pieces


GROUPS = (
    Group("tap", "수도꼭지", "Tap", "23-01", {
        "section": ("round", "square", "hexagon"), "spout": ("swan", "angular", "low"),
        "lever": ("side", "top", "crosses")}, _tap),
    Group("door_handle", "문 손잡이", "Door handle", "08-06", {
        "plate": ("rose", "square", "long"), "section": ("round", "square", "oval"),
        "lever": ("straight", "curved", "return", "wave"), "lock": ("none", "thumb", "keyhole")}, _door_handle),
)  # fmt: skip
