"""Telephones and game controllers: slabs and shells held in the hands."""

from __future__ import annotations

import numpy as np

from pandok.demo.articles.shapes import curves, solids
from pandok.demo.articles.shapes.article import Group, Knobs, Pieces
from pandok.demo.articles.shapes.curves import section, spline
from pandok.demo.articles.shapes.mesh import Part


def _phone(k: Knobs) -> Pieces:
    w, h, t = k.real("width", 0.62, 0.8), k.real("height", 1.25, 1.6), k.real("thickness", 0.06, 0.12)
    corner = {"round": 0.16, "tight": 0.05}[k.choice("corner")] * k.real("corner", 0.8, 1.2)
    body = solids.prism(curves.rounded_rectangle(w, h, corner), t, 0.02).rotate("x", 90).move(z=h / 2)
    pieces: Pieces = [(body, Part("body", "body", "metal"))]
    glass = (
        solids.prism(curves.rounded_rectangle(w * 0.93, h * 0.95, corner * 0.85), 0.01)
        .rotate("x", 90)
        .move(y=-t + 0.002, z=h / 2)
    )
    pieces.append((glass, Part("screen", "screen", "glass")))
    part, r = Part("camera", "trim", "glass"), k.real("lens", 0.055, 0.085)
    form = k.choice("camera")
    centres = {
        "single": [(0.0, 0.0)],
        "column": [(0.0, 0.0), (0.0, -0.22), (0.0, -0.44)],
        "square": [(0.0, 0.0), (0.2, 0.0), (0.0, -0.2), (0.2, -0.2)],
        "bar": [(0.0, 0.0), (0.18, 0.0), (0.36, 0.0)],
        "disc": [(0.12, -0.1), (0.3, -0.1), (0.12, -0.28), (0.3, -0.28)],
    }[form]
    island = np.array(centres)
    middle, size = island.mean(axis=0), np.ptp(island, axis=0) + 0.22
    x0, z0 = (-0.18, h - 0.18) if form in ("bar", "disc") else (-w * 0.5 + 0.17, h - 0.18)
    if k.choice("island") == "raised":
        outline = (
            section("round", 28) * 0.25
            if form == "disc"
            else curves.rounded_rectangle(float(size[0]), float(size[1]), 0.09)
        )
        pieces.append(
            (
                solids.prism(outline, 0.04, 0.01)
                .rotate("x", -90)
                .move(x=-(x0 + middle[0]), y=-0.001, z=z0 + middle[1]),
                Part("island", "accent", "glass"),
            )
        )
    for x, z in centres:
        ring = solids.prism(section("round", 18) * r, 0.07, 0.012).rotate("x", -90)
        pieces.append((ring.move(x=-(x0 + x), z=z0 + z), part))
    pieces.append(
        (
            solids.box(0.02, t * 0.4, 0.18, 0.005).move(x=w / 2, y=-t / 2, z=h * k.real("key", 0.55, 0.75)),
            Part("key", "accent", "metal"),
        )
    )
    return pieces


def _controller(k: Knobs) -> Pieces:
    w, t = k.real("width", 0.5, 0.7), k.real("thickness", 0.12, 0.2)
    form = k.choice("form")
    body = Part("body", "body", "plastic")
    pieces: Pieces = []
    if form == "horned":
        pieces.append((solids.superellipsoid((w, 0.32, t), 0.6, 0.6, 26), body))
        for s in (-1, 1):
            horn = solids.tube(
                spline(
                    [
                        (s * w * 0.7, 0, 0),
                        (s * w * 0.95, -0.25, -0.03),
                        (s * w * k.real("horn", 0.85, 1.1), -0.6, -0.1),
                    ],
                    12,
                ),
                np.linspace(0.22, 0.13, 12),
                section("round", 14),
            )
            pieces.append((horn, body))
    elif form == "bar":
        pieces.append((solids.box(w * 2, 0.62, t * 1.3, 0.1).move(z=-t * 0.5), body))
    else:
        pieces.append((solids.superellipsoid((w, w * 0.55, t * 1.2), 0.5, k.real("bean", 0.6, 1.0), 26), body))
    top = t * (0.8 if form == "bar" else 0.95)
    if k.choice("sticks") != "none":
        for s in (-1, 1):
            y = -0.1 if k.choice("sticks") == "level" or s > 0 else 0.12
            stick = solids.revolve(
                [(0.09, 0), (0.05, 0.05), (0.05, 0.1), (0.1, 0.11), (0.1, 0.14), (0.06, 0.145)], section("round", 18)
            )
            pieces.append(
                (
                    stick.move(x=s * w * k.real("stick", 0.35, 0.45), y=y, z=top - 0.02),
                    Part("stick", "accent", "rubber"),
                )
            )
    for i in range(4):
        a = np.pi / 2 * i
        pieces.append(
            (
                solids.prism(section("round", 14) * 0.05, 0.06, 0.01).move(
                    x=w * 0.68 + 0.1 * np.cos(a), y=0.1 + 0.1 * np.sin(a), z=top * 0.85
                ),
                Part("button", "trim"),
            )
        )
    if k.choice("pad") == "cross":
        pieces.append(
            (solids.box(0.24, 0.08, 0.05, 0.01).move(x=-w * 0.68, y=0.1, z=top * 0.85), Part("pad", "accent"))
        )
        pieces.append(
            (solids.box(0.08, 0.24, 0.05, 0.01).move(x=-w * 0.68, y=0.1, z=top * 0.85), Part("pad", "accent"))
        )
    else:
        pieces.append(
            (
                solids.prism(section("round", 20) * 0.13, 0.04, 0.01).move(x=-w * 0.68, y=0.1, z=top * 0.85),
                Part("pad", "accent"),
            )
        )
    return [(solid.rotate("x", 60), part) for solid, part in pieces]


GROUPS = (
    Group("phone", "휴대전화기", "Mobile telephone", "14-03", {
        "corner": ("round", "tight"), "camera": ("single", "column", "square", "bar", "disc"),
        "island": ("flush", "raised")}, _phone),
    Group("controller", "게임 컨트롤러", "Game controller", "14-02", {
        "form": ("horned", "bar", "bean"), "sticks": ("none", "level", "offset"), "pad": ("cross", "disc")}, _controller),  # noqa: E501
)  # fmt: skip
