"""Hand sketches: strokes traced from the drawing's lines, drawn again by an unsteady hand."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.demo.articles import edges
from pandok.demo.articles.camera import Camera
from pandok.demo.articles.rasterise import rasterise
from pandok.demo.articles.shapes.article import Article
from pandok.demo.articles.sheet import random_style, view_camera
from pandok.demo.articles.texture import cloud


def sketch(article: Article, rng: np.random.Generator, size_px: int = 256, view: str | None = None,
           camera: Camera | None = None) -> NDArray[np.uint8]:  # fmt: skip
    """A sketch (size_px, size_px, 3) uint8: wobbly, with gaps, second strokes and a pen of its own."""
    name = view or str(rng.choice(["perspective", "perspective", "front", "left", "right"]))
    cam = camera or view_camera(article, name, size_px, random_style(rng))
    buffers = rasterise(article.mesh, cam, size_px)
    outline, inner = edges.edge_masks(buffers, float(rng.uniform(26, 45)))
    wobble, gaps = float(rng.uniform(0.5, 3.0)) * size_px / 256, float(rng.uniform(0.0, 0.3))
    ink = int(rng.choice([0, 20, 60, 90]))
    page = np.full((size_px, size_px), 255, np.uint8)
    strokes = [(c, 0.4) for c in _lines(outline)] + [(c, 1.0) for c in _lines(inner)]
    passes = int(rng.choice([1, 1, 2, 3]))
    for _ in range(passes):
        dx, dy = (cloud(rng, 64, 64, 4, 2) * wobble for _ in range(2))
        for line, carelessness in strokes:
            for start in range(0, len(line), 45):
                piece = line[start : start + 50]
                if len(piece) < 4 or rng.random() < gaps * carelessness * (1.0 if passes == 1 else 1.6):
                    continue
                grid = np.clip((piece * 64 / size_px).astype(int), 0, 63)
                moved = piece + np.stack([dx[grid[:, 1], grid[:, 0]], dy[grid[:, 1], grid[:, 0]]], axis=1)
                overshoot = (moved[-1] - moved[-4]) * float(rng.uniform(0, 1.0))
                moved = np.concatenate([moved[::3], moved[-1:], moved[-1:] + overshoot])
                width = int(rng.choice([1, 1, 2] if size_px <= 256 else [1, 2, 3]))
                shade = int(np.clip(ink + rng.integers(0, 60), 0, 200))
                cv2.polylines(page, [np.round(moved * 8).astype(np.int32)], False, shade, width, cv2.LINE_AA, 3)
    if rng.random() < 0.3:
        paper = 238 + 8 * cloud(rng, size_px, size_px, 4, 3)
        page = np.clip(page * (paper / 255), 0, 255).astype(np.uint8)
    return np.repeat(page[..., None], 3, axis=2)


def _lines(mask: NDArray[np.bool_]) -> list[NDArray[np.float64]]:
    found, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    return [
        c[: len(c) // 2 + 2, 0].astype(np.float64) if _thin(c) else c[:, 0].astype(np.float64)
        for c in found
        if len(c) > 5
    ]


def _thin(contour: NDArray[Any]) -> bool:
    """A traced line is passed twice, there and back; then half the contour is enough."""
    return cv2.contourArea(contour) < 1.2 * len(contour)
