"""Procedural textures and prints: noise, grain, and the graphics on packaging."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.demo.articles.rasterise import Buffers
from pandok.demo.articles.shapes.article import Article

WORDS = (
    "NARA",
    "Lumo",
    "BOM",
    "Haneul",
    "ORBIS",
    "Mira",
    "soft",
    "PURE",
    "Dalbit",
    "No.7",
    "VITA",
    "Kiwi",
    "Onda",
    "ZEST",
)


def cloud(rng: np.random.Generator, height: int, width: int, cells: int = 5, octaves: int = 3) -> NDArray[np.float32]:
    """Smooth noise (height, width), mean about 0, range about -1 to 1."""
    out = np.zeros((height, width), np.float32)
    for octave in range(octaves):
        n = max(2, cells * 2**octave)
        grid = rng.uniform(-1, 1, (n, n)).astype(np.float32)
        out += cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC) / 2**octave
    return out / 1.6


def print_sheet(rng: np.random.Generator, size_px: int = 192) -> NDArray[np.uint8]:
    """A printed panel (size, size, 3): ground, bands, shapes, a name. Deterministic for the generator's state."""

    def colour() -> tuple[int, int, int]:
        r, g, b = rng.integers(20, 245, 3)
        return int(r), int(g), int(b)

    s = size_px
    out = np.full((s, s, 3), colour(), np.uint8)
    for _ in range(int(rng.integers(1, 5))):
        kind = int(rng.integers(4))
        x, y = (int(v) for v in rng.integers(0, s, 2))
        r = int(rng.integers(s // 10, s // 3))
        if kind == 0:
            cv2.circle(out, (x, y), r, colour(), -1 if rng.random() < 0.7 else 5, cv2.LINE_AA)
        elif kind == 1:
            cv2.rectangle(out, (0, y), (s, y + r // 2), colour(), -1)
        elif kind == 2:
            points = (np.array([x, y]) + rng.normal(0, r, (int(rng.integers(3, 7)), 2))).astype(np.int32)
            cv2.fillConvexPoly(out, cv2.convexHull(points), colour(), cv2.LINE_AA)
        else:
            cv2.ellipse(out, (x, y), (r, max(4, r // 3)), float(rng.uniform(0, 180)), 0, 360, colour(), -1, cv2.LINE_AA)
    word = WORDS[int(rng.integers(len(WORDS)))]
    font = int(rng.choice([0, 2, 3, 4, 6, 7]))
    scale = 0.72 * s / max(cv2.getTextSize(word, font, 1.0, 2)[0][0], 1)
    at = (int(0.14 * s), int(rng.uniform(0.3, 0.7) * s))
    cv2.putText(out, word, at, font, scale, colour(), int(rng.integers(2, 6)), cv2.LINE_AA)
    for i in range(int(rng.integers(0, 5))):
        y = int(s * (0.76 + 0.045 * i))
        cv2.line(out, (int(0.15 * s), y), (int(s * rng.uniform(0.5, 0.85)), y), colour(), 2, cv2.LINE_AA)
    return out


def albedo(article: Article, buffers: Buffers, sheet: NDArray[np.uint8] | None,
           rng: np.random.Generator | None = None) -> NDArray[np.float32]:  # fmt: skip
    """Colour without light (size, size, 3), 0 to 1: part colours, the print `sheet` where parts carry one, and grain
    by finish when `rng` is given."""
    out = buffers.colour.copy()
    for i, part in enumerate(article.mesh.parts):
        if not part.decal and (rng is None or part.finish not in ("wood", "fabric", "leather")):
            continue
        rows, columns = np.nonzero(buffers.part == i)
        if not len(rows):
            continue
        p = buffers.position[rows, columns]
        if part.decal and sheet is not None:
            own = article.mesh.vertices[article.mesh.faces[article.mesh.part_id == i]].reshape(-1, 3)
            low, high = own.min(axis=0), own.max(axis=0)
            v = 1 - (p[:, 2] - low[2]) / max(float(high[2] - low[2]), 1e-6)
            if part.decal == "wrap":
                u = 0.5 + np.arctan2(p[:, 0], -p[:, 1]) / 2.4
                v = (v - 0.5) / 0.42 + 0.15
            else:
                n = np.abs(buffers.normal[rows, columns])
                side = n[:, 0] > n[:, 1]
                u = np.where(side, (p[:, 1] - low[1]) / max(float(high[1] - low[1]), 1e-6),
                             (p[:, 0] - low[0]) / max(float(high[0] - low[0]), 1e-6))  # fmt: skip
            inside = (u >= 0) & (u < 1) & (v >= 0) & (v < 1)
            s = len(sheet)
            ink = sheet[np.clip((v * s).astype(int), 0, s - 1), np.clip((u * s).astype(int), 0, s - 1)] / 255.0
            out[rows, columns] = np.where(inside[:, None], ink, out[rows, columns])
        elif rng is not None:
            q = p * (9.0 if part.finish == "wood" else 60.0)
            if part.finish == "wood":
                grain = 0.10 * np.sin(q[:, 2] * 0.6 + 5 * np.sin(q[:, 0] * 0.9) + 9 * q[:, 1])
            else:
                grain = 0.05 * (np.sin(q[:, 0] + q[:, 1] * 0.3) + np.sin(q[:, 2] - q[:, 1] * 0.3))
            out[rows, columns] *= (1 + grain)[:, None]
    return np.clip(out, 0, 1)


def print_of(article: Article) -> NDArray[np.uint8]:
    """The print that belongs to this article, the same in every view."""
    return print_sheet(np.random.default_rng(article.parameters["palette"] + 7))
