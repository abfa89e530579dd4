"""Cartons, boxes, pouches and tubes: packaging that carries printed graphics."""

from __future__ import annotations

import numpy as np

from pandok.demo.articles.shapes import curves, solids
from pandok.demo.articles.shapes.article import Group, Knobs, Pieces
from pandok.demo.articles.shapes.curves import section, spline
from pandok.demo.articles.shapes.mesh import Part


def _carton(k: Knobs) -> Pieces:
    w, d, h = k.real("width", 0.4, 1.2), k.real("depth", 0.2, 0.8), k.real("height", 0.4, 1.3)
    paper = Part("carton", "body", "paper", decal="front")
    pieces: Pieces = []
    kind = k.choice("form")
    if kind == "box":
        pieces.append((solids.box(w, d, h), paper))
    elif kind == "hexagonal":
        pieces.append((solids.prism(section("hexagon", 24) * w * 0.6, h), paper))
    elif kind == "gable":
        ridge = h + k.real("ridge", 0.2, 0.4)
        loops = [[(sx * w / 2, sy * y, z) for sx, sy in ((1, 1), (-1, 1), (-1, -1), (1, -1))]
                 for y, z in ((d / 2, 0), (d / 2, h), (0.03, ridge), (0.03, ridge + 0.12))]  # fmt: skip
        pieces.append((solids.stack(np.array(loops)), paper))
    elif kind == "pillow":
        flat = [(0.01, 0), (0.6, 0.12), (1.0, 0.35), (1.0, 0.65), (0.6, 0.88), (0.01, 1)]
        loops = [
            [(sx * w / 2, sy * d / 2 * r, z * h) for sx, sy in curves.section("oblong", 24, 0.3)]
            for r, z in spline(flat, 16)
        ]
        pieces.append((solids.stack(np.array(loops)), paper))
    elif kind == "tapered":
        pieces.append((solids.box(w, d, h).taper(k.real("taper", -0.4, 0.5)), paper))
    opening = k.choice("opening")
    top = h + 0.001
    if opening == "lid":
        over = h * k.real("lid", 0.15, 0.4)
        lid = solids.box(w * 1.04, d * 1.06, over).move(z=top - over + 0.03)
        pieces.append((lid, Part("lid", "accent", "paper")))
    elif opening == "flap":
        tab = k.real("tab", 0.1, 0.3)
        pieces.append(
            (solids.box(w * 0.7, 0.02, tab, 0.0).move(y=-d / 2 - 0.012, z=h - tab), Part("flap", "accent", "paper"))
        )
    elif opening == "window":
        ww, hh = w * k.real("window_w", 0.3, 0.7), h * k.real("window_h", 0.25, 0.6)
        pieces.append(
            (
                solids.prism(curves.rounded_rectangle(ww, hh, 0.08), 0.015)
                .rotate("x", 90)
                .move(y=-d / 2 + 0.001, z=h * 0.5),
                Part("window", "trim", "glass"),
            )
        )
    if k.choice("fitting") == "handle":
        r = w * k.real("handle", 0.2, 0.38)
        pieces.append((solids.tube(curves.arc(r, 0, 180, 14), 0.025).move(z=h * 0.98), Part("cord", "trim", "fabric")))
    elif k.choice("fitting") == "ribbon":
        pieces.append(
            (
                solids.box(0.1, d * 1.02, h * 1.01).move(x=w * k.real("ribbon", -0.3, 0.3)),
                Part("ribbon", "trim", "fabric"),
            )
        )
    elif k.choice("fitting") == "spout":
        pieces.append(
            (
                solids.prism(section("fluted", 24) * 0.09, 0.09, 0.01)
                .rotate("x", 60 if kind == "gable" else 0)
                .move(y=-d * 0.2, z=h + (0.1 if kind == "gable" else 0)),
                Part("spout", "trim"),
            )
        )
    return pieces


def _pouch(k: Knobs) -> Pieces:
    w, h, d = k.real("width", 0.5, 0.9), k.real("height", 0.7, 1.2), k.real("depth", 0.15, 0.4)
    kind = k.choice("form")
    if kind == "standing":
        thick = [(1.0, 0.0), (0.95, 0.15), (0.55, 0.6), (0.06, 0.92), (0.04, 1.0)]
    elif kind == "pillow":
        thick = [(0.04, 0.0), (0.06, 0.06), (0.9, 0.35), (0.9, 0.65), (0.06, 0.94), (0.04, 1.0)]
    else:
        thick = [(1.0, 0.0), (1.0, 0.4), (1.0, 0.75), (0.2, 0.9), (0.1, 1.0)]
    ring = curves.section("oblong", 28, 0.2)
    loops = [[(x * w / 2, y * d * t, z * h) for x, y in ring] for t, z in spline(thick, 18)]
    pieces: Pieces = [(solids.stack(np.array(loops)), Part("pouch", "body", "foil", decal="front"))]
    if k.choice("closure") == "corner":
        pieces.append(
            (solids.prism(section("fluted", 24) * 0.09, 0.16, 0.02).move(x=w * 0.28, z=h), Part("spout", "accent"))
        )
    elif k.choice("closure") == "centre":
        pieces.append((solids.prism(section("fluted", 24) * 0.11, 0.2, 0.02).move(z=h), Part("spout", "accent")))
    elif k.choice("closure") == "clip":
        pieces.append(
            (solids.box(w * 1.1, 0.08, 0.07, 0.03).move(z=h * k.real("clip", 0.85, 0.97)), Part("clip", "accent"))
        )
    if k.choice("window") == "round":
        r = k.real("window", 0.1, 0.2)
        disc = solids.prism(section("round", 24) * r, d * 0.9).rotate("x", 90).move(y=-d * 0.1, z=h * 0.3)
        pieces.append((disc, Part("window", "trim", "glass")))
    return pieces


def _squeeze_tube(k: Knobs) -> Pieces:
    r, h = k.real("radius", 0.2, 0.32), k.real("height", 0.8, 1.3)
    ring = curves.section("round", 28)
    flat = np.linspace(1, 0.06, 14) ** (0.5 if k.choice("body") == "soft" else 1.0)
    wide = 1 + (1 - flat) * k.real("flare", 0.25, 0.5)
    z = np.linspace(0, h, 14)
    loops = np.stack(
        [
            np.column_stack([ring[:, 0] * r * a, ring[:, 1] * r * b, np.full(28, c)])
            for a, b, c in zip(wide, flat, z, strict=True)
        ]
    )
    pieces: Pieces = [(solids.stack(loops), Part("tube", "body", "plastic", decal="front"))]
    cap, ch = k.choice("cap"), k.real("cap", 0.15, 0.4)
    outline = section("fluted" if k.choice("texture") == "fluted" else "round", 32, 1.0)
    wide_top = {"wide": r * 1.02, "narrow": r * 0.55, "cone": r}[cap]
    end = wide_top * (0.4 if cap == "cone" else 0.95)
    pieces.append((solids.revolve([(end, -ch), (wide_top, -0.02), (wide_top, 0.0)], outline), Part("cap", "accent")))
    return pieces


def _can(k: Knobs) -> Pieces:
    r, h = k.real("radius", 0.3, 0.5), k.real("height", 0.5, 1.3)
    neck = r * {"necked": 0.82, "straight": 0.98, "bulged": 0.9}[k.choice("body")]
    mid = r * (1.12 if k.choice("body") == "bulged" else 1.0)
    points = [(neck, 0), (mid, 0.07), (mid, h * 0.5), (mid, h - 0.1), (neck, h)]
    body = curves.polyline(points, 20, 0.2)
    pieces: Pieces = [(solids.revolve(body), Part("can", "body", "metal", decal="wrap"))]
    if k.choice("top") == "tab":
        pieces.append(
            (solids.prism(section("oval", 20, 0.5) * 0.16, 0.02).move(x=0.03, z=h + 0.01), Part("tab", "trim", "metal"))
        )
    elif k.choice("top") == "lid":
        pieces.append(
            (
                solids.prism(section("round", 28) * r * 1.04, k.real("lid", 0.08, 0.25), 0.02).move(z=h),
                Part("lid", "accent"),
            )
        )
    elif k.choice("top") == "spray":
        pieces.append(
            (
                solids.revolve(spline([(neck, 0), (neck * 0.6, 0.1), (0.1, 0.14)], 8)).move(z=h),
                Part("dome", "trim", "metal"),
            )
        )
        pieces.append(
            (
                solids.prism(section("round", 20) * 0.1, k.real("nozzle", 0.12, 0.25), 0.02).move(z=h + 0.12),
                Part("nozzle", "accent"),
            )
        )
    if k.choice("ribs") == "ribs":
        for i in range(k.whole("ribs", 2, 5)):
            pieces.append(
                (solids.torus(mid * 0.995, 0.02, count=28).move(z=h * (0.2 + 0.13 * i)), Part("rib", "body", "metal"))
            )
    return pieces


GROUPS = (
    Group("carton", "포장용 상자", "Packaging box", "09-03", {
        "form": ("box", "hexagonal", "gable", "pillow", "tapered"), "opening": ("plain", "lid", "flap", "window"),
        "fitting": ("none", "handle", "ribbon", "spout")}, _carton),
    Group("pouch", "포장용 파우치", "Packaging pouch", "09-05", {
        "form": ("standing", "pillow", "block"), "closure": ("none", "corner", "centre", "clip"),
        "window": ("none", "round")}, _pouch),
    Group("squeeze_tube", "튜브 용기", "Squeeze tube", "09-05", {
        "body": ("soft", "straight"), "cap": ("wide", "narrow", "cone"), "texture": ("plain", "fluted")}, _squeeze_tube),  # noqa: E501
    Group("can", "캔", "Can", "09-03", {
        "body": ("necked", "straight", "bulged"), "top": ("tab", "lid", "spray"), "ribs": ("plain", "ribs")}, _can),
)  # fmt: skip
