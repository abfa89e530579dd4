"""Surfaces that goods lie on in an inspection room: desk, cardboard, cloth, conveyor, floor, clutter."""

from __future__ import annotations

import colorsys

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.demo.articles.texture import cloud

SURFACES = ("desk", "cardboard", "cloth", "conveyor", "paper", "tiles", "wood")


def surface(rng: np.random.Generator, size_px: int, kind: str | None = None) -> NDArray[np.float32]:
    """A lit surface (size_px, size_px, 3) float32, 0 to 1. Raises KeyError for an unknown kind."""
    name = kind or str(rng.choice(SURFACES))
    hue, sat, value = {
        "desk": (rng.random(), 0.12, rng.uniform(0.35, 0.9)),
        "cardboard": (rng.uniform(0.06, 0.1), rng.uniform(0.3, 0.5), rng.uniform(0.5, 0.75)),
        "cloth": (rng.random(), rng.uniform(0.1, 0.7), rng.uniform(0.2, 0.8)),
        "conveyor": (0.6, 0.1, rng.uniform(0.1, 0.3)),
        "paper": (0.1, 0.03, rng.uniform(0.8, 0.97)),
        "tiles": (rng.random(), 0.1, rng.uniform(0.5, 0.85)),
        "wood": (rng.uniform(0.05, 0.1), rng.uniform(0.35, 0.6), rng.uniform(0.35, 0.7)),
    }[name]
    s = size_px
    ys, xs = np.indices((s, s), np.float32) / s
    turn = float(rng.uniform(0, np.pi))
    u, v = xs * np.cos(turn) + ys * np.sin(turn), ys * np.cos(turn) - xs * np.sin(turn)
    tone = 0.05 * cloud(rng, s, s, 3, 4)
    if name == "wood":
        tone += 0.09 * np.sin(60 * u + 6 * cloud(rng, s, s, 3, 2)) + 0.03 * cloud(rng, s, s, 40, 1)
    elif name == "cloth":
        tone += 0.16 * cloud(rng, s, s, 3, 3) + 0.03 * np.sin(400 * u) * np.sin(400 * v)
    elif name == "cardboard":
        tone += 0.02 * np.sin(float(rng.uniform(120, 260)) * u)
        if rng.random() < 0.5:
            tone[np.abs(v - float(rng.uniform(0.2, 0.7))) < 0.04] += 0.12
    elif name == "conveyor":
        tone += 0.02 * np.sin(220 * u) + 0.04 * cloud(rng, s, s, 30, 2)
    elif name == "tiles":
        n = float(rng.uniform(2, 6))
        tone[((u * n) % 1 < 0.03) | ((v * n) % 1 < 0.03)] -= 0.15
    falloff = 1 + float(rng.uniform(0, 0.35)) * (u - 0.3)
    base = np.array(colorsys.hsv_to_rgb(float(hue), float(sat), float(value)), np.float32)
    return np.asarray(np.clip((base * (1 + tone[..., None] * 1.5)) * falloff[..., None], 0, 1), np.float32)


def clutter(rng: np.random.Generator, picture: NDArray[np.float32], count: int) -> None:
    """Paints `count` simple things (boxes, cables, tape, papers, round lids) into `picture`, in place."""
    s = len(picture)
    for _ in range(count):
        colour = tuple(float(v) for v in rng.uniform(0.08, 0.95, 3))
        edge = rng.random() < 0.75
        centre = rng.uniform(0, s, 2)
        if edge:
            centre[int(rng.integers(2))] = float(rng.choice([0.02, 0.98])) * s
        size = rng.uniform(0.08, 0.28, 2) * s
        angle = float(rng.uniform(0, 180))
        kind = int(rng.integers(4))
        if kind < 2:
            corners = cv2.boxPoints(((float(centre[0]), float(centre[1])), (float(size[0]), float(size[1])), angle))
            shifted = (corners + 0.02 * s).astype(np.int32)
            dark = picture.copy()
            cv2.fillConvexPoly(dark, shifted, (0.05, 0.05, 0.05))
            cv2.addWeighted(dark, 0.35, picture, 0.65, 0, dst=picture)
            cv2.fillConvexPoly(picture, corners.astype(np.int32), colour, cv2.LINE_AA)
            if kind == 1:
                for i in range(3):
                    a = corners[0] + (corners[1] - corners[0]) * (0.25 + 0.2 * i)
                    b = corners[3] + (corners[2] - corners[3]) * (0.25 + 0.2 * i)
                    line = (a * 0.8 + b * 0.2).astype(int), (a * 0.3 + b * 0.7).astype(int)
                    cv2.line(
                        picture, tuple(map(int, line[0])), tuple(map(int, line[1])), (0.2, 0.2, 0.2), 1, cv2.LINE_AA
                    )
        elif kind == 2:
            at = (int(centre[0]), int(centre[1]))
            cv2.circle(picture, at, int(size[0] / 2), colour, -1, cv2.LINE_AA)
            cv2.circle(picture, at, int(size[0] / 2.6), tuple(0.8 * c for c in colour), 2, cv2.LINE_AA)
        else:
            points = (centre + np.cumsum(rng.normal(0, 0.09 * s, (8, 2)), axis=0)).astype(np.int32)
            cv2.polylines(picture, [points], False, colour, int(rng.integers(2, 5)), cv2.LINE_AA)
