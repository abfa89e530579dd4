"""Hand tools: a grip and one of several heads."""

from __future__ import annotations

import numpy as np

from pandok.demo.articles.groups.grips import GRIPS, turned_grip
from pandok.demo.articles.shapes import curves, solids
from pandok.demo.articles.shapes.article import Group, Knobs, Pieces
from pandok.demo.articles.shapes.curves import section, spline
from pandok.demo.articles.shapes.mesh import Part


def _tool(k: Knobs) -> Pieces:
    long, r = k.real("grip_length", 0.7, 1.1), k.real("grip", 0.08, 0.13)
    steel = Part("head", "body", "metal")
    pieces: Pieces = [(turned_grip(k, k.choice("grip"), long, r), Part("grip", "accent", "rubber"))]
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
        other = turned_grip(k, k.choice("grip"), long, r)
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


GROUPS = (
    Group("tool", "수공구", "Hand tool", "08-05", {
        "grip": GRIPS, "section": ("round", "hexagon", "fluted"),
        "head": ("claw", "mallet", "screwdriver", "wrench", "axe", "pliers"), "end": ("plain", "ring", "ball")}, _tool),
)  # fmt: skip
