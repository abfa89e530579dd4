"""Spectacles and sunglasses: rims, bridges and temples."""

from __future__ import annotations

import numpy as np

from pandok.demo.articles.shapes import solids
from pandok.demo.articles.shapes.article import Group, Knobs, Pieces
from pandok.demo.articles.shapes.curves import Points, section, spline
from pandok.demo.articles.shapes.mesh import Part
from pandok.demo.articles.shapes.solids import Solid


def _rim(shape: str, k: Knobs) -> Points:
    w, h = k.real("lens_w", 0.38, 0.46), k.real("lens_h", 0.26, 0.4)
    t = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    x, z = np.cos(t), np.sin(t)
    if shape == "round":
        h = w * 0.95
    elif shape == "square":
        q = (np.abs(x) ** 5 + np.abs(z) ** 5) ** -0.2
        x, z = x * q, z * q * 0.9
    elif shape == "cat":
        z = z + 0.45 * np.clip(x, 0, 1) * np.clip(z, 0, 1)
        x = x * (1 + 0.15 * np.clip(z, 0, 1))
    elif shape == "aviator":
        x = x * (1 - 0.18 * np.clip(-z, 0, 1)) - 0.1 * np.clip(-z, 0, 1)
        z = np.where(z > 0, z * 0.75, z * 1.15)
    elif shape == "hexagon":
        q = np.cos(np.pi / 6) / np.cos((t % (np.pi / 3)) - np.pi / 6)
        x, z = x * q, z * q
    return np.stack([x * w, np.zeros(28), z * h], 1)


def _eyewear(k: Knobs) -> Pieces:
    rim = _rim(k.choice("lens"), k)
    gap, thick = k.real("bridge", 0.06, 0.14), k.real("rim", 0.02, 0.06)
    x0 = gap + float(-rim[:, 0].min())
    frame, glass = Part("frame", "body", "plastic"), Part("lens", "accent", "glass")
    pieces: Pieces = []

    def both(solid: Solid, part: Part) -> None:
        pieces.extend([(solid, part), (solid.mirror(), part)])

    lens = solids.revolve([(0.98, 0.0), (1.0, 0.015)], rim[:, [0, 2]]).rotate("x", 90)
    both(lens.move(x=x0), glass)
    if k.choice("rim") == "full":
        both(solids.tube(np.add(rim, [x0, 0, 0]), thick, section("square", 8, 0.3), closed=True, up=(0, 1, 0)), frame)
    elif k.choice("rim") == "browline":
        both(solids.tube((np.add(rim, [x0, 0, 0]))[0:15], thick * 1.4, section("square", 8, 0.3), up=(0, 1, 0)), frame)
    top = k.real("bridge_height", 0.0, 0.12)
    pieces.append(
        (
            solids.tube(
                spline([(-gap * 1.3, 0, top), (0, -0.02, top + 0.04), (gap * 1.3, 0, top)], 9), max(thick * 0.7, 0.02)
            ),
            frame,
        )
    )
    if k.choice("bridge") == "double":
        pieces.append((solids.tube([(-gap * 2.4, 0, 0.26), (gap * 2.4, 0, 0.26)], 0.02), frame))
    outer = x0 + float(rim[:, 0].max())
    length, hinge = k.real("temple", 1.0, 1.3), k.real("hinge", 0.05, 0.2)
    arm = spline(
        [
            (outer, 0, hinge),
            (outer + 0.05, 0.08, hinge),
            (outer, length * 0.75, hinge),
            (outer - 0.05, length, hinge - 0.25),
        ],
        18,
    )
    width = k.real("arm", 0.02, 0.035)
    if k.choice("temple") == "wide":
        both(solids.tube(arm, width * 2.4, section("oblong", 8, 0.0), up=(0, 0, 1)).scale(), frame)
    else:
        both(solids.tube(arm, width), Part("temple", "trim", "metal"))
    return pieces


GROUPS = (
    Group("eyewear", "안경", "Spectacles", "16-06", {
        "lens": ("round", "square", "cat", "aviator", "hexagon"), "rim": ("full", "browline", "rimless"),
        "bridge": ("single", "double"), "temple": ("thin", "wide")}, _eyewear),
)  # fmt: skip
