"""Cups, kettles and cooking pans: vessels with handles, spouts and lids."""

from __future__ import annotations

import numpy as np

from pandok.demo.articles.shapes import curves, solids
from pandok.demo.articles.shapes.article import Group, Knobs, Pieces
from pandok.demo.articles.shapes.curves import section, spline
from pandok.demo.articles.shapes.mesh import Part


def _cup(k: Knobs) -> Pieces:
    tall, wide = k.real("height", 0.6, 1.3), k.real("width", 0.32, 0.55)
    lip = {"straight": 1.0, "flared": 1.25, "tulip": 0.85, "conical": 1.45}[k.choice("body")] * wide
    belly = wide * (k.real("belly", 1.05, 1.3) if k.choice("body") == "tulip" else k.real("slim", 0.9, 1.05))
    points = [(wide * 0.75, 0), (wide * 0.85, 0.03), (belly, tall * 0.4), (lip, tall)]
    raise_by, pieces = 0.0, []
    outline = section(k.choice("section"), 32, 0.4)
    if k.choice("base") == "stem":
        raise_by = k.real("stem", 0.35, 0.8)
        stem = spline([(wide * 0.9, 0), (0.06, 0.07), (0.045, raise_by * 0.6), (wide * 0.3, raise_by + 0.04)], 16)
        pieces.append((solids.revolve(stem), Part("stem", "body", "glass")))
    elif k.choice("base") == "saucer":
        pieces.append(
            (
                solids.shell(spline([(wide * 0.7, -0.02), (wide * 1.4, 0.02), (wide * 2, 0.12)], 10), 0.05),
                Part("saucer", "accent", "ceramic"),
            )
        )
    cup = solids.shell(spline(points, 18), 0.05, outline).move(z=raise_by)
    pieces.append((cup, Part("cup", "body", "ceramic", decal="wrap")))
    grip, reach = k.choice("handle"), wide + k.real("reach", 0.2, 0.4)
    a, b = tall * k.real("low", 0.15, 0.35) + raise_by, tall * k.real("high", 0.65, 0.9) + raise_by
    thick = k.real("thickness", 0.035, 0.07)
    if grip == "ear":
        path = spline([(wide * 0.85, 0, a), (reach, 0, a + 0.05), (reach, 0, b), (wide * 0.85, 0, b)], 16)
        pieces.append((solids.tube(path, thick), Part("handle", "body", "ceramic")))
    elif grip == "angular":
        path = curves.polyline([(wide * 0.8, 0, a), (reach, 0, a), (reach, 0, b), (wide * 0.8, 0, b)], 20, 0.12)
        pieces.append((solids.tube(path, thick, section("square", 12, 0.2)), Part("handle", "accent", "metal")))
    elif grip == "pair":
        path = spline([(wide * 0.85, 0, a), (reach, 0, (a + b) / 2), (wide * 0.85, 0, b)], 14)
        ear = solids.tube(path, thick)
        pieces += [(ear, Part("handle", "body", "ceramic")), (ear.mirror(), Part("handle", "body", "ceramic"))]
    if k.choice("lid") == "lid":
        cap = [(lip * 1.05, 0), (lip * 1.08, 0.06), (lip * 0.9, 0.1), (lip * 0.85, 0.16)]
        pieces.append((solids.revolve(cap, outline).move(z=tall + raise_by - 0.03), Part("lid", "trim")))
    return pieces


def _kettle(k: Knobs) -> Pieces:
    wide, tall = k.real("width", 0.42, 0.6), k.real("height", 0.55, 1.0)
    shape = k.choice("body")
    shoulder = {"cone": 0.62, "globe": 0.8, "drum": 0.98, "pear": 0.7}[shape] * wide
    foot = {"cone": 1.0, "globe": 0.75, "drum": 1.0, "pear": 1.05}[shape] * wide
    belly = {"cone": 0.85, "globe": 1.12, "drum": 1.0, "pear": 1.0}[shape] * wide
    points = [(foot * 0.9, 0), (foot, 0.04), (belly, tall * 0.45), (shoulder, tall * 0.9), (shoulder * 0.7, tall)]
    pieces: Pieces = [(solids.revolve(spline(points, 22)), Part("body", "body", "metal"))]
    part = Part("fittings", "accent", "plastic")
    lid = spline([(shoulder * 0.72, 0), (shoulder * 0.6, 0.06), (0.05, k.real("lid", 0.08, 0.18))], 10)
    pieces.append((solids.revolve(lid).move(z=tall - 0.01), Part("lid", "body", "metal")))
    q = k.real("knob", 0.05, 0.1)
    pieces.append((solids.superellipsoid((q, q, q * 0.9)).move(z=tall + 0.15 + q * 0.5), part))
    spout, out = k.choice("spout"), wide + k.real("spout", 0.25, 0.5)
    if spout == "gooseneck":
        path = spline(
            [
                (wide * 0.8, 0, tall * 0.2),
                (out * 0.95, 0, tall * 0.3),
                (out * 0.95, 0, tall * 0.85),
                (out + 0.15, 0, tall * 1.05),
            ],
            20,
        )
        pieces.append((solids.tube(path, np.linspace(0.09, 0.035, 20)), Part("spout", "body", "metal")))
    elif spout == "short":
        path = spline([(wide * 0.6, 0, tall * 0.55), (out, 0, tall * 0.95)], 8)
        pieces.append((solids.tube(path, np.linspace(0.18, 0.07, 8)), Part("spout", "body", "metal")))
    else:
        beak = solids.prism(section("drop", 20) * 0.22, 0.25).taper(0.5).move(x=shoulder, z=tall * 0.72)
        pieces.append((beak, Part("spout", "body", "metal")))
    grip, rise = k.choice("handle"), k.real("rise", 0.3, 0.6)
    thick = k.real("thickness", 0.04, 0.07)
    if grip == "over":
        path = spline(
            [
                (-shoulder * 0.9, 0, tall * 0.85),
                (-shoulder, 0, tall + rise),
                (shoulder, 0, tall + rise),
                (shoulder * 0.9, 0, tall * 0.85),
            ],
            24,
        )
    elif grip == "back":
        path = spline(
            [
                (-wide * 0.7, 0, tall * 0.9),
                (-wide - rise, 0, tall * 0.9),
                (-wide - rise * 0.8, 0, tall * 0.2),
                (-wide * 0.9, 0, tall * 0.2),
            ],
            20,
        )
    else:
        path = spline(
            [(-shoulder * 0.8, 0, tall * 0.9), (-wide - rise, 0, tall * 1.0), (-wide - rise * 1.1, 0, tall * 0.35)], 18
        )
    pieces.append((solids.tube(path, thick, section("oval", 12, 0.7)), part))
    if k.choice("base") == "powered":
        pieces.append((solids.prism(section("round", 28) * foot * 1.1, 0.1, 0.03).move(z=-0.12), part))
    return pieces


def _pan(k: Knobs) -> Pieces:
    wide, deep = 0.7, k.real("depth", 0.15, 0.6)
    outline = section(k.choice("section"), 32, 0.3)
    flare = k.real("flare", 0.75, 0.98)
    pieces: Pieces = [
        (
            solids.shell(
                spline([(wide * flare, 0), (wide * (flare + 1) / 2, deep * 0.4), (wide, deep)], 10), 0.04, outline
            ),
            Part("pan", "body", "metal"),
        )
    ]
    part = Part("handle", "accent", "plastic")
    if k.choice("handle") == "long":
        end = wide + k.real("handle", 0.6, 1.1)
        path = spline(
            [(wide * 0.9, 0, deep * 0.8), ((wide + end) / 2, 0, deep + k.real("arch", 0.0, 0.2)), (end, 0, deep + 0.1)],
            14,
        )
        pieces.append((solids.tube(path, np.linspace(0.05, 0.08, 14), section("oval", 12, 0.5)), part))
    else:
        loop = k.real("loop", 0.12, 0.3)
        path = spline(
            [
                (wide * 0.9, -loop, deep * 0.8),
                (wide + loop, -loop * 0.7, deep * 0.85),
                (wide + loop, loop * 0.7, deep * 0.85),
                (wide * 0.9, loop, deep * 0.8),
            ],
            14,
        )
        ear = solids.tube(path, 0.035)
        pieces += [(ear, part), (ear.mirror(), part)]
    if k.choice("lid") != "none":
        high = k.real("dome", 0.08, 0.3)
        pieces.append(
            (
                solids.revolve(spline([(wide * 1.02, 0), (wide * 0.7, high * 0.7), (0.03, high)], 12), outline).move(
                    z=deep
                ),
                Part("lid", "trim", "glass"),
            )
        )
        if k.choice("lid") == "knob":
            pieces.append((solids.superellipsoid((0.1, 0.1, 0.08), 0.7).move(z=deep + high + 0.06), part))
        else:
            pieces.append((solids.tube(curves.arc(0.2, 0, 180, 14), 0.035).move(z=deep + high * 0.8), part))
    return pieces


GROUPS = (
    Group("cup", "컵", "Cup", "07-01", {
        "body": ("straight", "flared", "tulip", "conical"), "section": ("round", "square", "fluted", "octagon"),
        "base": ("plain", "stem", "saucer"), "handle": ("none", "ear", "angular", "pair"), "lid": ("none", "lid")}, _cup),  # noqa: E501
    Group("kettle", "주전자", "Kettle", "07-02", {
        "body": ("cone", "globe", "drum", "pear"), "spout": ("gooseneck", "short", "beak"),
        "handle": ("over", "back", "open"), "base": ("plain", "powered")}, _kettle),
    Group("pan", "냄비", "Cooking pan", "07-02", {
        "section": ("round", "square", "octagon"), "handle": ("long", "ears"), "lid": ("none", "knob", "arch")}, _pan),
)  # fmt: skip
