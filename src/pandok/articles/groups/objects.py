"""Wheel rims, vehicle lamps, toys, jewellery."""

from __future__ import annotations

import numpy as np

from pandok.articles import curves, solids
from pandok.articles.article import Group, Knobs, Pieces
from pandok.articles.curves import section, spline
from pandok.articles.mesh import Part


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


def _figure(k: Knobs) -> Pieces:
    r, body_h = k.real("head", 0.25, 0.42), k.real("body", 0.4, 0.7)
    plush = Part("body", "body", "fabric")
    wide = k.real("width", 0.22, 0.34)
    pose = k.choice("pose")
    pieces: Pieces = [(solids.superellipsoid((wide, wide * 0.8, body_h / 2), 0.9, 1.0).move(z=body_h / 2), plush)]
    head_z = body_h + r * 0.75
    e = {"ball": 1.0, "block": 0.35, "egg": 1.0}[k.choice("head")]
    tall = 1.2 if k.choice("head") == "egg" else 0.95
    pieces.append((solids.superellipsoid((r, r * 0.9, r * tall), e, e).move(z=head_z), plush))
    ear, q = k.choice("ears"), k.real("ear", 0.1, 0.18)
    for s in (-1, 1):
        if ear == "round":
            bit = solids.superellipsoid((q, q * 0.5, q), count=14).move(x=s * r * 0.75, z=head_z + r * 0.75)
        elif ear == "long":
            bit = (
                solids.superellipsoid((q * 0.6, q * 0.4, q * 2.4), count=14)
                .rotate("y", s * 15)
                .move(x=s * r * 0.45, z=head_z + r + q * 1.6)
            )
        elif ear == "pointed":
            bit = (
                solids.revolve([(q, 0), (q * 0.6, q), (0.01, q * 2)], section("round", 12))
                .rotate("y", s * 22)
                .move(x=s * r * 0.6, z=head_z + r * 0.6)
            )
        else:
            bit = solids.superellipsoid((q * 0.35, q * 0.5, q * 0.5), count=12).move(x=s * r, z=head_z)
        pieces.append((bit, Part("ear", "accent", "fabric")))
        eye = k.real("eye", 0.03, 0.07)
        pieces.append(
            (
                solids.superellipsoid((eye, eye * 0.5, eye), count=12).move(
                    x=s * r * 0.38, y=-r * 0.82, z=head_z + r * 0.15
                ),
                Part("eye", "rubber", "plastic"),
            )
        )
        limb = k.real("limb", 0.08, 0.13)
        hang = {"standing": -0.25, "sitting": -0.1, "waving": 0.35 if s > 0 else -0.25}[pose]
        pieces.append(
            (
                solids.tube(
                    [(s * wide * 0.7, 0, body_h * 0.75), (s * (wide + 0.22), -0.05, body_h * 0.75 + hang)],
                    [limb, limb * 0.9],
                ),
                plush,
            )
        )
        pieces.append(
            (
                solids.superellipsoid((limb * 1.1,) * 3, count=12).move(
                    x=s * (wide + 0.22), y=-0.05, z=body_h * 0.75 + hang
                ),
                Part("paw", "accent", "fabric"),
            )
        )
        foot = (
            (s * wide * 0.6, -0.4, 0.06) if pose == "sitting" else (s * wide * 0.55, -0.03, -k.real("leg", 0.15, 0.4))
        )
        pieces.append((solids.tube([(s * wide * 0.5, 0, 0.12), foot], limb * 1.15), plush))
        pieces.append(
            (
                solids.superellipsoid((limb * 1.2, limb * 1.5, limb), count=12).move(*foot),
                Part("paw", "accent", "fabric"),
            )
        )
    muzzle = k.choice("muzzle")
    if muzzle == "snout":
        pieces.append(
            (
                solids.superellipsoid((r * 0.42, r * 0.35, r * 0.3)).move(y=-r * 0.8, z=head_z - r * 0.25),
                Part("muzzle", "trim", "fabric"),
            )
        )
    elif muzzle == "beak":
        pieces.append(
            (
                solids.revolve([(r * 0.25, 0), (0.01, r * 0.5)], section("round", 12))
                .rotate("x", 90)
                .move(y=-r * 0.8, z=head_z - r * 0.15),
                Part("muzzle", "trim"),
            )
        )
    if k.choice("extra") == "scarf":
        pieces.append((solids.torus(wide * 0.8, 0.07, count=20).move(z=body_h * 0.95), Part("scarf", "trim", "fabric")))
    elif k.choice("extra") == "hat":
        pieces.append(
            (
                solids.revolve([(r * 0.75, 0), (r * 0.5, 0.2), (r * 0.5, 0.3), (0.02, 0.32)]).move(z=head_z + r * 0.7),
                Part("hat", "trim", "fabric"),
            )
        )
    return pieces


def _toy_car(k: Knobs) -> Pieces:
    long, wide, r = k.real("length", 1.2, 1.7), k.real("width", 0.5, 0.7), k.real("wheel", 0.14, 0.24)
    x = np.linspace(-1, 1, 20)
    deck = k.real("deck", 0.22, 0.34)
    roof = deck + k.real("roof", 0.25, 0.4)
    line = {
        "saloon": np.interp(
            x, [-1, -0.95, -0.6, -0.35, 0.25, 0.5, 0.95, 1], [0.15, deck, deck, roof, roof, deck, deck * 0.9, 0.15]
        ),
        "van": np.interp(x, [-1, -0.97, -0.9, 0.6, 0.8, 1], [0.15, roof, roof, roof, deck, 0.15]),
        "sports": np.interp(
            x, [-1, -0.9, -0.1, 0.15, 0.55, 1], [deck * 0.7, deck, roof * 0.85, roof * 0.85, deck * 0.8, 0.12]
        ),
        "pickup": np.interp(
            x, [-1, -0.96, -0.15, -0.12, 0.35, 0.5, 0.97, 1], [0.15, deck, deck, roof, roof, deck, deck, 0.15]
        ),
        "tractor": np.interp(
            x, [-1, -0.9, -0.85, -0.2, -0.15, 0.9, 1], [0.2, deck, roof * 1.3, roof * 1.3, deck * 1.2, deck * 1.2, 0.15]
        ),
    }[k.choice("body")]
    body = solids.slab(np.stack([x * long / 2, line], 1), np.stack([x * long / 2, np.zeros(20)], 1), wide, 0.06).move(
        z=r
    )
    pieces: Pieces = [(body, Part("body", "body", "plastic"))]
    high = line > deck * 1.08
    if high.any():
        xs = x[high] * long / 2
        pane = solids.slab(
            np.stack([xs, line[high] - 0.05], 1), np.stack([xs, np.full(len(xs), deck * 1.04)], 1), wide * 1.02
        )
        pieces.append((pane.scale(x=0.94).move(z=r), Part("window", "screen", "glass")))
    big = 1.5 if k.choice("wheels") == "large" else 1.0
    for sx in (-1, 1):
        for sy in (-1, 1):
            wheel = solids.prism(
                section("fluted" if k.choice("wheels") == "lugged" else "round", 24, 1) * r * big, 0.14, 0.03
            ).rotate("x", 90 * sy)
            pos = (sx * long * 0.31, sy * (wide / 2 - 0.02 if sy < 0 else wide / 2 - 0.12 + 0.1), r)
            pieces.append((wheel.move(*pos), Part("wheel", "rubber", "rubber")))
            hub = solids.prism(section("round", 14) * r * big * 0.5, 0.16, 0.01).rotate("x", 90 * sy)
            pieces.append((hub.move(*pos), Part("hub", "trim", "metal")))
    if k.choice("extra") == "rack":
        pieces.append(
            (
                solids.box(long * 0.3, wide * 0.8, 0.05, 0.01).move(z=r + float(line.max()) + 0.03),
                Part("rack", "accent"),
            )
        )
    elif k.choice("extra") == "spoiler":
        pieces.append((solids.box(0.14, wide, 0.03).move(x=-long * 0.45, z=r + deck + 0.14), Part("spoiler", "accent")))
        pieces.append((solids.box(0.05, wide * 0.7, 0.15).move(x=-long * 0.45, z=r + deck), Part("spoiler", "accent")))
    elif k.choice("extra") == "key":
        pieces.append(
            (
                solids.torus(0.1, 0.035, count=16).rotate("x", 90).move(z=r + float(line.max()) + 0.14),
                Part("key", "accent", "metal"),
            )
        )
    return pieces


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
    Group("wheel", "자동차용 휠", "Vehicle wheel rim", "12-16", {
        "spoke": ("straight", "split", "turbine", "blade", "crossed"), "bolts": ("plain", "bolts"),
        "tyre": ("none", "tyre")}, _wheel),
    Group("vehicle_lamp", "자동차용 램프", "Vehicle lamp", "26-06", {
        "form": ("almond", "wedge", "block", "hook"), "cells": ("round", "square", "slats"), "strip": ("none", "strip"),
        "mount": ("none", "brackets")}, _vehicle_lamp),
    Group("figure", "인형", "Toy figure", "21-01", {
        "head": ("ball", "block", "egg"), "ears": ("round", "long", "pointed", "small"), "muzzle": ("none", "snout", "beak"),  # noqa: E501
        "pose": ("standing", "sitting", "waving"), "extra": ("none", "scarf", "hat")}, _figure),
    Group("toy_car", "완구 자동차", "Toy car", "21-01", {
        "body": ("saloon", "van", "sports", "pickup", "tractor"), "wheels": ("plain", "large", "lugged"),
        "extra": ("none", "rack", "spoiler", "key")}, _toy_car),
    Group("ring", "반지", "Finger ring", "11-01", {
        "band": ("round", "flat", "knife"), "weave": ("single", "twisted", "double"),
        "stone": ("none", "brilliant", "square", "oval", "row", "flower")}, _ring),
    Group("pendant", "펜던트", "Pendant", "11-01", {
        "form": ("heart", "star", "drop", "clover", "hexagon", "disc"), "style": ("plate", "open", "inlaid"),
        "stone": ("none", "stone"), "chain": ("none", "chain")}, _pendant),
)  # fmt: skip
