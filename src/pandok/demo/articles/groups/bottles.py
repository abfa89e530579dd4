"""Bottles and jars: vessels with shoulders, necks and closures."""

from __future__ import annotations

from pandok.demo.articles.shapes import curves, solids
from pandok.demo.articles.shapes.article import Group, Knobs, Pieces
from pandok.demo.articles.shapes.curves import section, spline
from pandok.demo.articles.shapes.mesh import Part


def _bottle(k: Knobs) -> Pieces:
    wide, neck = k.real("width", 0.28, 0.55), k.real("neck", 0.1, 0.2)
    outline = section(k.choice("section"), 28, k.real("softness", 0.2, 0.8))
    shoulder = {"round": 0.72, "sloping": 0.45, "straight": 0.88}[k.choice("shoulder")] + k.real(
        "shoulder", -0.07, 0.07
    )
    waist = k.real("waist", 0.72, 1.05) if k.choice("body") == "waisted" else 1.0
    foot = k.real("foot", 0.6, 0.95) if k.choice("body") == "footed" else 0.96
    top = 1.0 + k.real("neck_height", 0.04, 0.3)
    points = [
        (wide * foot * 0.9, 0.0), (wide * foot, 0.03), (wide, 0.2), (wide * waist, shoulder * 0.55),
        (wide * k.real("chest", 0.9, 1.05), shoulder), (neck * 1.3, 0.97), (neck, 1.02), (neck, top),
    ]  # fmt: skip
    pieces: Pieces = [(solids.revolve(spline(points, 30), outline), Part("body", "body", "glass", decal="wrap"))]
    cap, height = k.choice("closure"), k.real("cap_height", 0.1, 0.25)
    ridges = section("fluted" if k.choice("closure") == "screw" else "round", 32, 1.0)
    trim = Part("closure", "accent", "plastic")
    if cap == "screw":
        pieces.append((solids.prism(ridges * neck * 1.25, height, 0.02).move(z=top - 0.03), trim))
    elif cap == "ball":
        r = neck * k.real("ball", 1.2, 1.9)
        pieces.append((solids.superellipsoid((r, r, r)).move(z=top + r * 0.8), trim))
    elif cap == "cork":
        pieces.append((solids.prism(section("round", 24) * neck * 0.9, height * 0.6, 0.01).move(z=top - 0.02), trim))
    elif cap == "pump":
        pieces.append((solids.prism(ridges * neck * 1.2, 0.12, 0.02).move(z=top - 0.03), trim))
        pieces.append((solids.tube([[0, 0, top], [0, 0, top + height]], 0.035), trim))
        reach = k.real("spout", 0.2, 0.4)
        path = curves.polyline(
            [(-0.08, 0, top + height), (reach, 0, top + height), (reach + 0.05, 0, top + height - 0.09)]
        )
        pieces.append((solids.tube(path, 0.05), trim))
    elif cap == "trigger":
        pieces.append((solids.prism(ridges * neck * 1.2, 0.12, 0.02).move(z=top - 0.03), trim))
        head = solids.box(0.42, 0.16, 0.15, 0.05).move(x=0.1, z=top + 0.08)
        lever = solids.tube(
            spline([(0.22, 0, top + 0.1), (0.3, 0, top), (0.22, 0, top - k.real("lever", 0.1, 0.25))], 10), 0.035
        )
        pieces += [(head, trim), (lever, Part("trigger", "trim"))]
    if k.choice("grip") == "ring":
        z = shoulder * k.real("band", 0.2, 0.9)
        pieces.append(
            (
                solids.revolve(
                    [(wide * 0.9, z), (wide * 1.04, z + 0.01), (wide * 1.04, z + 0.05), (wide * 0.9, z + 0.06)], outline
                ),
                Part("band", "trim"),
            )
        )
    elif k.choice("grip") == "handle":
        out = wide * 1.0 + k.real("reach", 0.15, 0.35)
        path = spline([(wide * 0.7, 0, 0.3), (out, 0, 0.36), (out, 0, 0.7), (wide * 0.5, 0, 0.8)], 16)
        pieces.append((solids.tube(path, 0.05), Part("handle", "accent")))
    return pieces


def _jar(k: Knobs) -> Pieces:
    outline = section(k.choice("section"), 32, k.real("softness", 0.2, 0.8))
    wide, tall = k.real("width", 0.35, 0.6), k.real("height", 0.35, 1.0)
    bulge = {"straight": 1.0, "bulging": 1.18, "tapered": 0.85}[k.choice("body")]
    points = [
        (wide * 0.85, 0),
        (wide * 0.97, 0.04),
        (wide * bulge, tall * 0.45),
        (wide * 0.97, tall * 0.95),
        (wide * 0.85, tall),
    ]
    pieces: Pieces = [(solids.revolve(spline(points, 20), outline), Part("body", "body", "glass", decal="wrap"))]
    lid, h, r = k.choice("lid"), k.real("lid_height", 0.1, 0.35), wide * k.real("lid_width", 0.9, 1.08)
    part = Part("lid", "accent", "metal" if lid == "domed" else "plastic")
    if lid == "flat":
        pieces.append((solids.prism(outline * r, h, 0.03).move(z=tall + 0.02), part))
    elif lid == "domed":
        pieces.append(
            (
                solids.revolve(spline([(r, 0), (r, h * 0.4), (r * 0.7, h), (0.01, h * 1.3)], 16), outline).move(
                    z=tall + 0.02
                ),
                part,
            )
        )
    elif lid == "stepped":
        pieces.append((solids.prism(outline * r, h * 0.5, 0.02).move(z=tall + 0.02), part))
        pieces.append((solids.prism(outline * r * 0.75, h * 0.5, 0.02).move(z=tall + 0.02 + h * 0.5), part))
    if k.choice("knob") == "knob":
        q = k.real("knob", 0.06, 0.14)
        pieces.append(
            (solids.superellipsoid((q, q, q), 0.8).move(z=tall + h * 1.3 + q * 0.6), Part("knob", "trim", "metal"))
        )
    elif k.choice("knob") == "clasp":
        pieces.append((solids.torus(wide * 1.02, 0.025).move(z=tall * 0.96), Part("wire", "trim", "metal")))
        pieces.append(
            (solids.box(0.12, 0.06, h + 0.15, 0.02).move(y=-wide * 1.05, z=tall - 0.1), Part("clasp", "trim", "metal"))
        )
    return pieces


GROUPS = (
    Group("bottle", "병", "Bottle", "09-01", {
        "section": ("round", "square", "oval", "oblong", "octagon"), "shoulder": ("round", "sloping", "straight"),
        "body": ("plain", "waisted", "footed"), "closure": ("screw", "ball", "cork", "pump", "trigger"),
        "grip": ("none", "ring", "handle")}, _bottle),
    Group("jar", "화장품 용기", "Cosmetic jar", "28-03", {
        "section": ("round", "square", "hexagon", "fluted"), "body": ("straight", "bulging", "tapered"),
        "lid": ("flat", "domed", "stepped"), "knob": ("none", "knob", "clasp")}, _jar),
)  # fmt: skip
