"""Chairs and tables, and the legs they share."""

from __future__ import annotations

import numpy as np

from pandok.demo.articles.shapes import curves, solids
from pandok.demo.articles.shapes.article import Group, Knobs, Pieces
from pandok.demo.articles.shapes.curves import section, spline
from pandok.demo.articles.shapes.mesh import Part


def _legs(k: Knobs, kind: str, half_w: float, half_d: float, height: float) -> Pieces:
    part, r = Part("legs", "trim", "wood"), k.real("leg", 0.025, 0.055)
    out = k.real("splay", 1.0, 1.35)
    pieces: Pieces = []
    if kind in ("round", "square"):
        ring = section("round", 12) if kind == "round" else section("square", 12, 0.1)
        for sx in (-1, 1):
            for sy in (-1, 1):
                path = [(sx * half_w * out, sy * half_d * out, 0), (sx * half_w * 0.9, sy * half_d * 0.9, height)]
                pieces.append((solids.tube(path, [r * 0.7, r], ring, up=(0, 1, 0)), part))
    elif kind == "sled":
        for sx in (-1, 1):
            rail = curves.polyline(
                [
                    (sx * half_w, -half_d, height),
                    (sx * half_w * out, -half_d, 0),
                    (sx * half_w * out, half_d, 0),
                    (sx * half_w, half_d, height),
                ],
                24,
                0.15,
            )
            pieces.append((solids.tube(rail, r, up=(1, 0, 0)), Part("frame", "trim", "metal")))
    elif kind == "pedestal":
        pieces.append(
            (
                solids.revolve(
                    spline(
                        [
                            (half_w * 0.9, 0),
                            (half_w * 0.8, 0.03),
                            (r * 1.5, 0.12),
                            (r * 1.3, height * 0.7),
                            (half_w * 0.4, height),
                        ],
                        20,
                    )
                ),
                Part("pedestal", "trim", "metal"),
            )
        )
    elif kind == "star":
        pieces.append((solids.tube([(0, 0, 0.06), (0, 0, height)], r * 1.4), Part("column", "trim", "metal")))
        for i in range(5):
            arm = solids.tube([(0, 0, 0.12), (half_w * 1.3, 0, 0.06)], [r * 1.4, r * 0.8]).rotate("z", 72 * i + 18)
            wheel = (
                solids.superellipsoid((0.05, 0.03, 0.05), count=10)
                .move(x=half_w * 1.3, z=0.03)
                .rotate("z", 72 * i + 18)
            )
            pieces += [(arm, Part("column", "trim", "metal")), (wheel, Part("castor", "accent"))]
    return pieces


def _chair(k: Knobs) -> Pieces:
    w, d, h = k.real("width", 0.38, 0.52), k.real("depth", 0.38, 0.5), k.real("seat_height", 0.4, 0.55)
    kind = k.choice("seat")
    body = Part("seat", "body", "fabric" if kind == "cushion" else "wood")
    if kind == "cushion":
        seat = solids.superellipsoid((w * 0.56, d * 0.56, k.real("cushion", 0.05, 0.1)), 0.4, 0.4)
        seat = seat.move(z=h)
    elif kind == "round":
        seat = solids.prism(section("round", 28) * w * 0.55, 0.06, 0.02).move(z=h)
    else:
        seat = solids.box(w * 1.05, d * 1.05, 0.06, 0.02).move(z=h)
    pieces: Pieces = [(seat, body)]
    pieces += _legs(k, k.choice("legs"), w / 2, d / 2, h)
    back, tall, lean = k.choice("back"), k.real("back", 0.35, 0.65), k.real("lean", 4, 16)
    bits: Pieces = []
    wood = Part("back", "body", "wood")
    if back == "panel":
        bits.append((solids.box(w, 0.05, tall * 0.8, 0.02).move(z=tall * 0.2), Part("back", "body", "fabric")))
    elif back == "oval":
        pad = (
            solids.prism(section("oval", 28, k.real("oval", 0.6, 1.0)) * w * 0.52, 0.06, 0.02)
            .rotate("x", 90)
            .move(z=tall * 0.7)
        )
        bits.append((pad, Part("back", "body", "fabric")))
    elif back == "spindles":
        n = k.whole("spindles", 3, 7)
        for i in range(n):
            x = w * (i / (n - 1) - 0.5) * 0.9
            bits.append((solids.tube([(x * 0.85, 0, 0), (x, 0, tall)], 0.016, section("round", 8)), wood))
        bits.append((solids.box(w * 1.05, 0.06, 0.08, 0.02).move(z=tall - 0.03), wood))
    elif back == "ladder":
        for x in (-w * 0.48, w * 0.48):
            bits.append((solids.tube([(x, 0, 0), (x, 0, tall)], 0.025), wood))
        n = k.whole("rungs", 2, 4)
        for i in range(n):
            bits.append((solids.box(w * 0.95, 0.03, 0.08, 0.01).move(z=tall * (0.35 + 0.6 * i / n)), wood))
    elif back == "shell":
        t = np.radians(np.linspace(k.real("wrap", 150, 175), 390 - k.real("wrap2", 0, 20), 20))
        arc = np.stack([np.cos(t) * w * 0.56, np.abs(np.sin(t)) * 0, 0 * t], 1)
        arc = np.stack(
            [
                np.cos(np.linspace(np.pi, 0, 20)) * w * 0.58,
                -d * 0.75 + np.sin(np.linspace(0, np.pi, 20)) * d * 0.8,
                0 * t,
            ],
            1,
        )
        z = np.sin(np.linspace(0, np.pi, 20)) ** 0.7 * tall
        top = arc + np.stack([0 * z, 0 * z, z + 0.08], 1)
        mid, off = (arc + top) / 2, np.array([0, 0.03, 0])
        bits.append(
            (
                solids.stack(np.stack([arc - off, mid - off, top - off, top + off, mid + off, arc + off], 1)[:, ::-1]),
                Part("back", "body", "plastic"),
            )
        )
    for solid, part in bits:
        pieces.append((solid.rotate("x", -lean).move(y=d * 0.47, z=h + 0.03), part))
    if k.choice("arms") == "arms":
        for sx in (-1, 1):
            side, rest = sx * w * 0.55, h + k.real("arm_height", 0.18, 0.28)
            arm = curves.polyline(
                [(side, -d * 0.35, h), (side, -d * 0.38, rest), (side, d * 0.5, rest + 0.02)], 14, 0.2
            )
            pieces.append((solids.tube(arm, 0.025, up=(1, 0, 0)), Part("arm", "trim", "wood")))
    return pieces


def _table(k: Knobs) -> Pieces:
    w, d, h = k.real("width", 0.6, 1.3), k.real("depth", 0.5, 0.8), k.real("height", 0.35, 0.8)
    top = k.choice("top")
    thick = k.real("thickness", 0.03, 0.08)
    outline = {"round": section("round", 32) * d * 0.55, "oval": section("oval", 32, 0.5) * w * 0.55,
               "rectangle": curves.rounded_rectangle(w, d, k.real("corner", 0.01, 0.2)), "hexagon": section("hexagon", 24) * d * 0.6}[top]  # fmt: skip  # noqa: E501
    span = float(np.abs(outline[:, 0]).max()), float(np.abs(outline[:, 1]).max())
    pieces: Pieces = [(solids.prism(outline, thick, 0.01).move(z=h), Part("top", "body", "wood"))]
    pieces += _legs(k, k.choice("legs"), span[0] * 0.75, span[1] * 0.7, h)
    if k.choice("storey") == "shelf":
        pieces.append(
            (
                solids.prism(outline * 0.72, thick * 0.7).move(z=h * k.real("shelf", 0.25, 0.5)),
                Part("shelf", "accent", "wood"),
            )
        )
    elif k.choice("storey") == "drawer":
        high = k.real("drawer", 0.1, 0.2)
        pieces.append(
            (solids.box(span[0] * 1.4, span[1] * 1.2, high, 0.01).move(z=h - high), Part("drawer", "body", "wood"))
        )
        pieces.append(
            (
                solids.superellipsoid((0.1, 0.03, 0.02)).move(y=-span[1] * 0.62, z=h - high / 2),
                Part("pull", "trim", "metal"),
            )
        )
    return pieces


GROUPS = (
    Group("chair", "의자", "Chair", "06-01", {
        "seat": ("cushion", "round", "square"), "legs": ("round", "square", "sled", "pedestal", "star"),
        "back": ("panel", "oval", "spindles", "ladder", "shell", "none"), "arms": ("none", "arms")}, _chair),
    Group("table", "탁자", "Table", "06-03", {
        "top": ("round", "oval", "rectangle", "hexagon"), "legs": ("round", "square", "sled", "pedestal"),
        "storey": ("none", "shelf", "drawer")}, _table),
)  # fmt: skip
