"""Spoons, forks, knives and chopsticks."""

from __future__ import annotations

import numpy as np

from pandok.demo.articles.shapes import solids
from pandok.demo.articles.shapes.article import Group, Knobs, Pieces
from pandok.demo.articles.shapes.curves import section, spline
from pandok.demo.articles.shapes.mesh import Part
from pandok.demo.articles.shapes.solids import Solid


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
            across = (i / (n - 1) - 0.5) * 2 * width * 0.86
            path = spline(
                [
                    (across, dip, long + h * 0.48),
                    (across, dip * 0.8, long + h * 0.75),
                    (across, -dip * 0.2, long + h * 1.15),
                ],
                8,
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


GROUPS = (
    Group("cutlery", "식탁용 기구", "Cutlery", "07-03", {
        "grip": ("straight", "spatula", "teardrop"), "grip_material": ("plain", "wood", "two-tone"),
        "head": ("spoon", "fork", "knife", "chopsticks")}, _cutlery),
)  # fmt: skip
