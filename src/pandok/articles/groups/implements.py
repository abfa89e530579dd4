"""Combs, razors, toothbrushes, cutlery, hand tools, taps, door handles."""

from __future__ import annotations

import numpy as np

from pandok.articles import curves, solids
from pandok.articles.article import Group, Knobs, Pieces
from pandok.articles.curves import section, spline
from pandok.articles.mesh import Part
from pandok.articles.solids import Solid


def _handle(k: Knobs, kind: str, length: float, r: float) -> Solid:
    """A grip along z from 0 to `length`."""
    points = {
        "straight": [(r * 0.9, 0), (r, 0.05), (r, length - 0.04), (r * 0.8, length)],
        "waisted": [(r, 0), (r * 1.1, length * 0.15), (r * k.real("grip_waist", 0.6, 0.8), length * 0.6), (r, length)],
        "bulbous": [
            (r * 0.7, 0),
            (r * k.real("grip_bulb", 1.2, 1.6), length * 0.25),
            (r * 0.8, length * 0.7),
            (r * 0.7, length),
        ],
    }[kind]
    return solids.revolve(spline(points, 18), section(k.choice("section"), 20, 0.5))


def _comb(k: Knobs) -> Pieces:
    w, depth, n = k.real("width", 1.1, 1.7), k.real("tooth", 0.25, 0.5), k.whole("teeth", 10, 26)
    t = np.linspace(-1, 1, 20)
    arch = {"straight": 0.0, "arched": 0.18, "wavy": 0.0}[k.choice("spine")]
    wave = 0.04 * np.sin(t * 9) if k.choice("spine") == "wavy" else 0
    upper = np.stack([t * w / 2, k.real("spine", 0.12, 0.25) + arch * (1 - t**2) + wave], 1)
    part = Part("comb", "body", "plastic")
    pieces: Pieces = [(solids.slab(upper, np.stack([t * w / 2, 0 * t], 1), 0.09, 0.02), part)]
    fine = k.choice("teeth")
    for i in range(n):
        f = (i + 0.5) / n
        half = fine == "mixed" and f > 0.5
        deep = depth * (0.8 + 0.2 * np.sin(np.pi * f)) if k.choice("ends") == "tapered" else depth
        pieces.append(
            (
                solids.box(w / n * (0.3 if half else 0.55), 0.06, deep + 0.02)
                .taper(0.4)
                .move(x=(f - 0.5) * w * 0.97, z=-deep),
                part,
            )
        )
    grip = k.choice("handle")
    if grip == "tail":
        long = k.real("tail", 0.6, 1.0)
        pieces.append((solids.tube([(w / 2 - 0.05, 0, 0.08), (w / 2 + long, 0, 0.1)], [0.06, 0.02]), part))
    elif grip == "paddle":
        long = k.real("paddle", 0.5, 0.8)
        pieces.append((solids.superellipsoid((long * 0.55, 0.06, 0.13), 0.6).move(x=w / 2 + long * 0.5, z=0.08), part))
    return pieces


def _razor(k: Knobs) -> Pieces:
    long, r = k.real("length", 0.9, 1.3), k.real("grip", 0.06, 0.11)
    pieces: Pieces = [
        (_handle(k, k.choice("grip"), long, r).bend(k.real("bend", 0, 35)), Part("handle", "body", "metal"))
    ]
    end = pieces[0][0].vertices
    tip = end[end[:, 2] > end[:, 2].max() - 0.03].mean(axis=0)
    head, w = k.choice("head"), k.real("head", 0.25, 0.36)
    if head == "cartridge":
        pieces.append((solids.box(0.12, w * 2, 0.16, 0.03).move(*tip), Part("head", "accent", "plastic")))
        for i in range(k.whole("blades", 2, 5)):
            pieces.append(
                (
                    solids.box(0.02, w * 1.8, 0.012).move(tip[0] + 0.06, 0, tip[2] + 0.025 + 0.026 * i),
                    Part("blade", "trim", "metal"),
                )
            )
    elif head == "safety":
        cap = solids.prism(section("round", 20) * 0.11, w * 2, 0.01).scale(x=1.4, y=0.6).rotate("x", 90).move(y=w)
        pieces.append((cap.move(tip[0], 0, tip[2] + 0.04), Part("head", "trim", "metal")))
    else:
        for i in range({"foil": 2, "rotary": 3}[head]):
            a = 2 * np.pi * i / 3
            if head == "foil":
                pieces.append(
                    (
                        solids.superellipsoid((0.09, w, 0.12), 0.7).move(tip[0] - 0.08 + 0.17 * i, 0, tip[2] + 0.06),
                        Part("foil", "trim", "metal"),
                    )
                )
            else:
                pieces.append(
                    (
                        solids.prism(section("round", 20) * w * 0.55, 0.1, 0.02).move(
                            tip[0] + w * 0.55 * np.cos(a), w * 0.55 * np.sin(a), tip[2] + 0.02
                        ),
                        Part("head", "trim", "metal"),
                    )
                )
    if k.choice("band") == "bands":
        for i in range(k.whole("bands", 2, 6)):
            pieces.append(
                (
                    solids.torus(r * 1.02, 0.02, section("round", 6), 18).move(z=0.15 + 0.08 * i),
                    Part("band", "accent", "rubber"),
                )
            )
    return pieces


def _brush(k: Knobs) -> Pieces:
    long, r = k.real("length", 1.0, 1.5), k.real("grip", 0.06, 0.1)
    grip = _handle(k, k.choice("grip"), long, r).scale(y=0.7)
    pieces: Pieces = [(grip, Part("handle", "body", "plastic"))]
    head, q = k.choice("head"), k.real("head", 0.1, 0.22)
    outline = {
        "oval": section("oval", 24, 0.3)[:, ::-1][::-1] * q * 2,
        "block": curves.rounded_rectangle(q * 1.6, q * 3.4, 0.05),
        "round": section("round", 24) * q * 1.3,
    }[head]
    reach = float(np.abs(outline[:, 1]).max())
    plate = solids.prism(outline, 0.07, 0.02).rotate("x", 90).move(y=0.04, z=long + reach * 0.9)
    pieces.append((plate, Part("head", "body", "plastic")))
    step, deep = k.real("tufts", 0.075, 0.12), k.real("bristle", 0.12, 0.3)
    for x in np.arange(-q * 2, q * 2 + 0.01, step):
        for z in np.arange(-reach, reach + 0.01, step):
            from_edge = np.abs([x / np.abs(outline[:, 0]).max(), z / reach])
            inside = from_edge.max() < 0.85 if head == "block" else float((from_edge**2).sum()) < 0.65
            if inside:
                tuft = deep * (1 + 0.3 * np.sin(z * 12)) if k.choice("trim") == "wavy" else deep
                pieces.append(
                    (
                        solids.box(step * 0.6, tuft, step * 0.6).move(
                            x=x, y=-tuft / 2 - 0.02, z=long + reach * 0.9 + z
                        ),
                        Part("bristles", "accent", "fabric"),
                    )
                )
    return pieces


def _cutlery(k: Knobs) -> Pieces:
    long, w = k.real("length", 0.9, 1.3), k.real("grip", 0.04, 0.09)
    t = np.linspace(0, 1, 20)
    end = {
        "straight": np.interp(t, [0, 0.5, 1], [1, 0.8, 0.5]),
        "spatula": np.interp(t, [0, 0.1, 0.35, 1], [1.3, 1.6, 0.7, 0.5]),
        "teardrop": np.interp(t, [0, 0.06, 0.2, 0.6, 1], [0.3, 1.1, 1.4, 0.6, 0.5]),
    }[k.choice("grip")] * w
    bow = k.real("bow", 0.0, 0.12) * np.sin(np.pi * t)
    metal, part = (
        Part("head", "body", "metal"),
        Part(
            "handle",
            "accent" if k.choice("grip_material") == "two-tone" else "body",
            "metal" if k.choice("grip_material") == "plain" else "wood",
        ),
    )
    z = t * long

    def flat(half: np.ndarray, z: np.ndarray, y: np.ndarray, thick: float) -> Solid:
        return solids.stack(
            np.stack(
                [
                    np.stack([half, y - thick, z], 1),
                    np.stack([half, y + thick, z], 1),
                    np.stack([-half, y + thick, z], 1),
                    np.stack([-half, y - thick, z], 1),
                ],
                1,
            )
        )

    pieces: Pieces = [(flat(end, z, bow, 0.025), part)]
    h = k.real("head", 0.35, 0.55)
    head = k.choice("head")
    s = np.linspace(0, 1, 14)
    base = long + s * h
    dip = k.real("dip", 0.05, 0.14)
    if head == "spoon":
        half = k.real("bowl", 0.13, 0.22) * np.sin(np.pi * np.clip(s * 0.94 + 0.06, 0, 1)) ** 0.6 + 0.01
        loops = []
        for hw, zz, ss in zip(half, base, s, strict=True):
            x = np.linspace(-1, 1, 9)
            deep = dip * np.sin(np.pi * ss) * (1 - x**2)
            loops.append(
                np.concatenate(
                    [np.stack([x * hw, deep + 0.02, 0 * x + zz], 1), np.stack([x * hw, deep, 0 * x + zz], 1)[::-1]]
                )
            )
        pieces.append((solids.stack(np.array(loops)[:, ::-1]), metal))
    elif head == "fork":
        n = k.whole("tines", 3, 4)
        width = k.real("bowl", 0.13, 0.2)
        root = np.interp(s, [0, 0.5, 1], [0.03, width, width])
        pieces.append((flat(root, long + s * h * 0.5, dip * np.sin(np.pi * s * 0.5), 0.016), metal))
        for i in range(n):
            x = (i / (n - 1) - 0.5) * 2 * width * 0.86
            path = spline(
                [(x, dip, long + h * 0.48), (x, dip * 0.8, long + h * 0.75), (x, -dip * 0.2, long + h * 1.15)], 8
            )
            pieces.append((solids.tube(path, np.linspace(0.025, 0.01, 8), section("square", 6, 0.3)), metal))
    elif head == "knife":
        top = np.full(14, w * 0.6)
        edge = -k.real("bowl", 0.08, 0.16) * np.sin(np.pi * np.clip(0.25 + s * 0.75, 0, 1)) ** 0.5
        blade = solids.slab(
            np.stack([base * 0 + top * (1 - s**4), base], 1), np.stack([edge, base + 0.3 * h * s], 1), 0.03
        )
        pieces.append((blade, metal))
    else:
        for i in range(2):
            pieces.append(
                (
                    solids.tube(
                        [(0.12 * i, 0.02, 0), (0.12 * i + 0.02, 0.02, long + h * 1.2)],
                        [w * 0.8, 0.02],
                        section("square", 8, 0.2),
                    ),
                    part,
                )
            )
    return pieces


def _tool(k: Knobs) -> Pieces:
    long, r = k.real("grip_length", 0.7, 1.1), k.real("grip", 0.08, 0.13)
    steel = Part("head", "body", "metal")
    pieces: Pieces = [(_handle(k, k.choice("grip"), long, r), Part("grip", "accent", "rubber"))]
    head, q = k.choice("head"), k.real("head", 0.3, 0.5)
    if head != "pliers":
        pieces.append((solids.tube([(0, 0, long - 0.05), (0, 0, long + 0.3)], r * 0.6), steel))
    if head == "claw":
        pieces.append(
            (solids.prism(section("octagon", 24) * r * 1.2, q, 0.02).rotate("y", 90).move(z=long + 0.3), steel)
        )
        for y in (-0.05, 0.05):
            path = spline([(0.05, y, long + 0.32), (-q * 0.5, y * 1.3, long + 0.33), (-q, y * 1.8, long + 0.15)], 10)
            pieces.append((solids.tube(path, np.linspace(0.08, 0.02, 10)), steel))
    elif head == "mallet":
        pieces.append(
            (
                solids.prism(section("round", 24) * q * 0.42, q * 1.6, 0.04)
                .rotate("y", 90)
                .move(x=-q * 0.8, z=long + 0.3),
                steel,
            )
        )
    elif head == "screwdriver":
        pieces.append(
            (
                solids.tube(
                    [(0, 0, long), (0, 0, long + q * 2), (0, 0, long + q * 2.2)],
                    [0.045, 0.045, 0.06],
                    section("round", 10),
                ).scale(y=0.9),
                steel,
            )
        )
    elif head == "wrench":
        jaw = curves.arc(q * 0.42, -50, 230, 18)
        pieces.append(
            (
                solids.tube(jaw, 0.1, section("square", 10, 0.2), up=(0, 1, 0))
                .rotate("y", 180)
                .rotate("y", 180)
                .move(z=long + 0.3 + q * 0.4),
                steel,
            )
        )
    elif head == "axe":
        z = np.linspace(0, 1, 8)
        upper = np.stack([-0.12 + z * q * 1.5, long + 0.42 + 0.22 * z**2], 1)
        lower = np.stack([-0.12 + z * q * 1.4, long + 0.15 - 0.3 * z**2], 1)
        pieces.append(
            (
                solids.slab(upper, lower, 0.12).warp(
                    lambda v: (
                        v * np.stack([0 * v[:, 0] + 1, 1.1 - np.clip(v[:, 0] / (q * 1.6), 0, 1), 0 * v[:, 0] + 1], 1)
                    )
                ),
                steel,
            )
        )
    elif head == "pliers":
        other = _handle(k, k.choice("grip"), long, r)
        pieces[0] = (pieces[0][0].move(z=-long).rotate("y", 12).move(x=-0.1, z=long), pieces[0][1])
        pieces.append((other.move(z=-long).rotate("y", -12).move(x=0.1, z=long), pieces[0][1]))
        for s in (-1, 1):
            pieces.append(
                (
                    solids.tube(
                        [(s * 0.08, 0, long - 0.05), (s * 0.06, 0, long + 0.2), (s * 0.02, 0, long + q * 1.4)],
                        [0.09, 0.09, 0.03],
                    ),
                    steel,
                )
            )
        pieces.append(
            (solids.prism(section("round", 18) * 0.13, 0.22, 0.02).rotate("x", 90).move(y=0.11, z=long + 0.08), steel)
        )
    if k.choice("end") == "ring":
        pieces.append(
            (solids.torus(r * 0.8, 0.025, count=20).rotate("x", 90).move(z=-r * 0.6), Part("ring", "trim", "metal"))
        )
    elif k.choice("end") == "ball":
        pieces.append((solids.superellipsoid((r * 1.2, r * 1.2, r)).move(z=0), Part("end", "trim", "rubber")))
    return pieces


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
    path = {
        "straight": [(-0.05, -out, 0), (long, -out, 0)],
        "curved": spline([(0, -out, 0), (long * 0.4, -out, 0.1), (long, -out, -0.1)], 14),
        "return": curves.polyline([(0, -out, 0), (long, -out, 0), (long, -0.1, 0)], 16, 0.2),
        "wave": spline([(0, -out, 0), (long * 0.3, -out, 0.12), (long * 0.65, -out, -0.08), (long, -out, 0.06)], 18),
    }[k.choice("lever")]
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


_GRIPS = ("straight", "waisted", "bulbous")
GROUPS = (
    Group("comb", "빗", "Comb", "28-03", {
        "spine": ("straight", "arched", "wavy"), "teeth": ("even", "mixed"), "ends": ("even", "tapered"),
        "handle": ("none", "tail", "paddle")}, _comb),
    Group("razor", "면도기", "Razor", "28-03", {
        "grip": _GRIPS, "section": ("round", "square", "octagon"), "head": ("cartridge", "safety", "foil", "rotary"),
        "band": ("plain", "bands")}, _razor),
    Group("brush", "솔", "Brush", "04-02", {
        "grip": _GRIPS, "section": ("round", "square"), "head": ("oval", "block", "round"), "trim": ("even", "wavy")}, _brush),  # noqa: E501
    Group("cutlery", "식탁용 기구", "Cutlery", "07-03", {
        "grip": ("straight", "spatula", "teardrop"), "grip_material": ("plain", "wood", "two-tone"),
        "head": ("spoon", "fork", "knife", "chopsticks")}, _cutlery),
    Group("tool", "수공구", "Hand tool", "08-05", {
        "grip": _GRIPS, "section": ("round", "hexagon", "fluted"),
        "head": ("claw", "mallet", "screwdriver", "wrench", "axe", "pliers"), "end": ("plain", "ring", "ball")}, _tool),
    Group("tap", "수도꼭지", "Tap", "23-01", {
        "section": ("round", "square", "hexagon"), "spout": ("swan", "angular", "low"),
        "lever": ("side", "top", "crosses")}, _tap),
    Group("door_handle", "문 손잡이", "Door handle", "08-06", {
        "plate": ("rose", "square", "long"), "section": ("round", "square", "oval"),
        "lever": ("straight", "curved", "return", "wave"), "lock": ("none", "thumb", "keyhole")}, _door_handle),
)  # fmt: skip
