"""Plane and space curves that the solids are made from: splines, outlines, arcs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Points = NDArray[np.float64]


def spline(points: ArrayLike, count: int = 24, closed: bool = False) -> Points:
    """A Catmull-Rom curve through `points` (k, d), sampled at `count` places, shape (count, d)."""
    p = np.asarray(points, dtype=np.float64)
    k = len(p)
    if closed:
        t = np.linspace(0, k, count, endpoint=False)
    else:
        t = np.linspace(0, k - 1, count)
        padded = np.concatenate([[2 * p[0] - p[1]], p, [2 * p[-1] - p[-2]]])

    def take(i: NDArray[np.int_]) -> Points:
        return p[i % k] if closed else padded[np.clip(i + 1, 0, k + 1)]

    i = np.floor(t).astype(int) if closed else np.minimum(np.floor(t).astype(int), k - 2)
    u = (t - i)[:, None]
    a, b, c, d = take(i - 1), take(i), take(i + 1), take(i + 2)
    return np.asarray(0.5 * (2 * b + (c - a) * u + (2 * a - 5 * b + 4 * c - d) * u**2 + (3 * b - a - 3 * c + d) * u**3))


def section(kind: str, count: int = 28, amount: float = 0.5) -> Points:
    """A closed outline (count, 2) of about unit radius, counter-clockwise.

    `kind`: "round", "oval", "square" (rounded by `amount`), "oblong", "fluted", "hexagon", "octagon", "dee", "drop".
    """
    t = np.linspace(0, 2 * np.pi, count, endpoint=False)
    cos, sin = np.cos(t), np.sin(t)
    flat, radius = 1.0, np.ones(count)
    if kind in ("square", "oblong"):
        power = 3.0 + 9.0 * (1 - amount)
        radius = (np.abs(cos) ** power + np.abs(sin) ** power) ** (-1 / power)
        flat = 0.35 + 0.35 * amount if kind == "oblong" else 1.0
    elif kind == "oval":
        flat = 0.4 + 0.4 * amount
    elif kind == "fluted":
        radius = 1 + 0.02 * (1 + 2 * amount) * np.cos(t * (count // 4))
    elif kind in ("hexagon", "octagon"):
        n = 6 if kind == "hexagon" else 8
        radius = np.cos(np.pi / n) / np.cos((t % (2 * np.pi / n)) - np.pi / n)
    elif kind == "drop":
        radius = 0.75 + 0.25 * cos + 0.05 * np.cos(2 * t)
    x, y = radius * cos, radius * sin * flat
    if kind == "dee":
        y = np.maximum(y, -0.35 - 0.2 * amount)
    return np.stack([x, y], axis=1)


def rounded_rectangle(width: float, depth: float, radius: float, per_corner: int = 5) -> Points:
    """A closed outline (4 * per_corner, 2), centred, counter-clockwise."""
    r = min(radius, width / 2 * 0.999, depth / 2 * 0.999)
    a = np.linspace(0, np.pi / 2, per_corner)
    arcs = []
    for quarter, (sx, sy) in enumerate(((1, 1), (-1, 1), (-1, -1), (1, -1))):
        centre = np.array([sx * (width / 2 - r), sy * (depth / 2 - r)])
        angle = a + quarter * np.pi / 2
        arcs.append(centre + r * np.stack([np.cos(angle), np.sin(angle)], axis=1))
    return np.concatenate(arcs)


def star(points: int, inner: float, count_per_point: int = 4, round_power: float = 1.0) -> Points:
    """A closed star or flower outline (points * count_per_point, 2) between radius `inner` and 1."""
    t = np.linspace(0, 2 * np.pi, points * count_per_point, endpoint=False)
    wave = (1 + np.cos(points * t)) / 2
    radius = inner + (1 - inner) * wave**round_power
    return np.stack([radius * np.cos(t), radius * np.sin(t)], axis=1)


def arc(radius: float, start_deg: float, end_deg: float, count: int = 20, plane: str = "xz") -> Points:
    """Points (count, 3) on a circle in the named plane."""
    t = np.radians(np.linspace(start_deg, end_deg, count))
    out = np.zeros((count, 3))
    out[:, "xyz".index(plane[0])] = radius * np.cos(t)
    out[:, "xyz".index(plane[1])] = radius * np.sin(t)
    return out


def polyline(corners: Sequence[Sequence[float]], count: int = 20, rounding: float = 0.25) -> Points:
    """A bent path (count, d) through `corners` with each inner corner rounded (0 sharp, 0.5 fully)."""
    p = np.asarray(corners, dtype=np.float64)
    if rounding <= 0 or len(p) < 3:
        dense = [p[0]]
        dense.extend(p[1:])
        return np.array(dense)
    pieces = [p[:1]]
    s = np.linspace(0, 1, max(3, count // len(p)))[:, None]
    for before, corner, after in zip(p[:-2], p[1:-1], p[2:], strict=True):
        a = corner + (before - corner) * rounding
        c = corner + (after - corner) * rounding
        pieces.append((1 - s) ** 2 * a + 2 * s * (1 - s) * corner + s**2 * c)
    pieces.append(p[-1:])
    return np.concatenate(pieces)
