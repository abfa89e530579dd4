"""Earphones, speakers, telephones, controllers, watches."""

from __future__ import annotations

import numpy as np

from pandok.articles import curves, solids
from pandok.articles.article import Group, Knobs, Pieces
from pandok.articles.curves import section, spline
from pandok.articles.mesh import Part


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


def _watch(k: Knobs) -> Pieces:
    r, t = k.real("case", 0.3, 0.42), k.real("depth", 0.08, 0.16)
    outline = {
        "round": section("round", 32),
        "square": section("square", 32, 0.6),
        "octagon": section("octagon", 32),
        "oblong": section("oblong", 32, 0.9)[:, ::-1][::-1],
        "cushion": section("square", 32, 0.95),
    }[k.choice("case")] * r
    metal = Part("case", "body", "metal")
    pieces: Pieces = [(solids.prism(outline, t, 0.03), metal)]
    pieces.append((solids.prism(outline * 0.84, 0.02, 0.0).move(z=t - 0.01), Part("dial", "screen", "glass")))
    if k.choice("bezel") == "notched":
        n = k.whole("notches", 8, 16)
        pieces += [(s.move(z=t - 0.02), metal) for s in solids.around(solids.box(0.05, 0.03, 0.04, 0.005), n, r * 0.93)]
    elif k.choice("bezel") == "ring":
        pieces.append(
            (
                solids.tube(
                    np.column_stack([outline * 0.9, np.full(len(outline), t)]), 0.035, section("round", 8), closed=True
                ),
                Part("bezel", "accent", "metal"),
            )
        )
    for i in range(12):
        mark = solids.box(0.06 if i % 3 == 0 else 0.04, 0.02, 0.012).move(x=r * 0.68)
        pieces.append((mark.rotate("z", 30 * i).move(z=t + 0.008), Part("index", "trim", "metal")))
    for length, turn in ((0.55, k.real("minute", 0, 360)), (0.38, k.real("hour", 0, 360))):
        pieces.append(
            (
                solids.box(r * length, 0.03, 0.012).move(x=r * length / 2, z=t + 0.015).rotate("z", turn),
                Part("hand", "trim", "metal"),
            )
        )
    pieces.append(
        (solids.prism(section("fluted", 20) * 0.05, 0.09, 0.01).rotate("y", 90).move(x=r * 0.97, z=t / 2), metal)
    )
    if k.choice("extras") == "subdials":
        for x, y in ((-0.3, 0), (0.3, 0), (0, -0.32)):
            pieces.append(
                (
                    solids.torus(r * 0.2, 0.012, section("round", 5), 18).move(x=x * r, y=y * r, z=t + 0.012),
                    Part("subdial", "trim", "metal"),
                )
            )
    strap, w = k.choice("strap"), r * k.real("strap", 0.5, 0.75)
    far = float(np.abs(outline[:, 1]).max())
    long = k.real("strap_length", 0.9, 1.3)
    for s in (-1, 1):
        if strap == "links":
            n = 8
            for i in range(n):
                y = s * (far + (i + 0.45) * long / n)
                pieces.append(
                    (
                        solids.box(w * 2 * (1 - 0.03 * i), long / n * 0.92, 0.07, 0.015).move(
                            y=y, z=-0.012 * i * i * 0.6
                        ),
                        Part("link", "body", "metal"),
                    )
                )
        else:
            path = spline(
                [(0, s * far * 0.85, t * 0.5), (0, s * (far + long * 0.5), t * 0.2), (0, s * (far + long), -0.25)], 12
            )
            flat = section("oblong", 12, 0.0) * np.array([1, 0.5])
            taper = np.linspace(w, w * (0.7 if strap == "tapered" else 0.97), 12)
            pieces.append((solids.tube(path, taper, flat, up=(0, 0, 1)), Part("strap", "accent", "leather")))
    return [(solid.rotate("x", 75), part) for solid, part in pieces]


GROUPS = (
    Group("headphones", "헤드폰", "Headphones", "14-01", {
        "band": ("thin", "padded", "flat"), "cup": ("round", "oval", "dee", "octagon"),
        "detail": ("none", "ring", "yoke")}, _headphones),
    Group("earbud", "이어폰", "Earphones", "14-01", {
        "bud": ("round", "bean", "disc"), "stem": ("none", "stem", "hook", "cord"), "case": ("none", "pill", "round")}, _earbud),  # noqa: E501
    Group("speaker", "스피커", "Loudspeaker", "14-01", {
        "form": ("box", "cylinder", "egg", "bar"), "drivers": ("one", "two", "three"),
        "extra": ("none", "handle", "feet", "dials")}, _speaker),
    Group("phone", "휴대전화기", "Mobile telephone", "14-03", {
        "corner": ("round", "tight"), "camera": ("single", "column", "square", "bar", "disc"),
        "island": ("flush", "raised")}, _phone),
    Group("controller", "게임 컨트롤러", "Game controller", "14-02", {
        "form": ("horned", "bar", "bean"), "sticks": ("none", "level", "offset"), "pad": ("cross", "disc")}, _controller),  # noqa: E501
    Group("watch", "손목시계", "Wrist watch", "10-02", {
        "case": ("round", "square", "octagon", "oblong", "cushion"), "bezel": ("plain", "notched", "ring"),
        "extras": ("none", "subdials"), "strap": ("band", "tapered", "links")}, _watch),
)  # fmt: skip
