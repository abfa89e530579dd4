"""Combs, razors and brushes."""

from __future__ import annotations

import numpy as np

from pandok.demo.articles.groups.grips import GRIPS, turned_grip
from pandok.demo.articles.shapes import curves, solids
from pandok.demo.articles.shapes.article import Group, Knobs, Pieces
from pandok.demo.articles.shapes.curves import section
from pandok.demo.articles.shapes.mesh import Part


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
        (turned_grip(k, k.choice("grip"), long, r).bend(k.real("bend", 0, 35)), Part("handle", "body", "metal"))
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
    grip = turned_grip(k, k.choice("grip"), long, r).scale(y=0.7)
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


GROUPS = (
    Group("comb", "빗", "Comb", "28-03", {
        "spine": ("straight", "arched", "wavy"), "teeth": ("even", "mixed"), "ends": ("even", "tapered"),
        "handle": ("none", "tail", "paddle")}, _comb),
    Group("razor", "면도기", "Razor", "28-03", {
        "grip": GRIPS, "section": ("round", "square", "octagon"), "head": ("cartridge", "safety", "foil", "rotary"),
        "band": ("plain", "bands")}, _razor),
    Group("brush", "솔", "Brush", "04-02", {
        "grip": GRIPS, "section": ("round", "square"), "head": ("oval", "block", "round"), "trim": ("even", "wavy")}, _brush),  # noqa: E501
)  # fmt: skip
