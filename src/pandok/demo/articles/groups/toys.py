"""Toy figures and toy cars."""

from __future__ import annotations

import numpy as np

from pandok.demo.articles.shapes import solids
from pandok.demo.articles.shapes.article import Group, Knobs, Pieces
from pandok.demo.articles.shapes.curves import section
from pandok.demo.articles.shapes.mesh import Part


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


GROUPS = (
    Group("figure", "인형", "Toy figure", "21-01", {
        "head": ("ball", "block", "egg"), "ears": ("round", "long", "pointed", "small"), "muzzle": ("none", "snout", "beak"),  # noqa: E501
        "pose": ("standing", "sitting", "waving"), "extra": ("none", "scarf", "hat")}, _figure),
    Group("toy_car", "완구 자동차", "Toy car", "21-01", {
        "body": ("saloon", "van", "sports", "pickup", "tractor"), "wheels": ("plain", "large", "lugged"),
        "extra": ("none", "rack", "spoiler", "key")}, _toy_car),
)  # fmt: skip
