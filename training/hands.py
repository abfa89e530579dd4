"""How a hand draws a shape: strokes left out, doubled, bent and closed wrongly; and what does not change a shape.

Everything takes one picture `(S, S, 3)` uint8 RGB on a light ground and keeps every line near its place, so that what
was drawn still lies on what it was drawn from.
"""

from __future__ import annotations

import cv2
import numpy as np
from edges import line_rendering
from numpy.typing import NDArray

Rgb = NDArray[np.uint8]


def drawn_by_hand(rgb: Rgb, rng: np.random.Generator) -> Rgb:
    """The picture's contours as a sketch: simplified, partly missing, partly doubled, bent by a smooth field."""
    side = rgb.shape[0]
    gray = cv2.GaussianBlur(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), (0, 0), float(rng.uniform(0.8, 2.6)))
    edge = cv2.Canny(gray, float(rng.uniform(15, 45)), float(rng.uniform(50, 120)), L2gradient=True)
    found, _ = cv2.findContours(edge, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    lengths = np.array([len(one) for one in found])
    if not len(lengths) or lengths.max() < 8:
        return line_rendering(rgb, rng)
    least = float(rng.uniform(4, 16))
    page = np.full((side, side), 255, np.uint8)
    bend = _field(side, side * float(rng.uniform(0.005, 0.04)), rng)
    missing, doubled = float(rng.uniform(0, 0.35)), float(rng.uniform(0, 0.3))
    epsilon, ink = float(rng.uniform(0.4, 2.6)), int(rng.choice([0, 20, 60, 90]))
    for contour, length in zip(found, lengths, strict=True):
        if length < least or (length < 0.4 * lengths.max() and rng.random() < missing):
            continue
        for _ in range(1 + int(rng.random() < doubled)):
            line = contour[: len(contour) // 2 + 2] if cv2.contourArea(contour) < 1.2 * length else contour
            if rng.random() < 0.25 and len(line) > 24:  # closed wrongly: a piece is missing, or runs too far
                cut = int(rng.integers(2, max(3, len(line) // 6)))
                line = line[cut:] if rng.random() < 0.5 else line[:-cut]
            points = cv2.approxPolyDP(line, epsilon, False)[:, 0].astype(np.float64)
            at = np.clip(points.astype(int), 0, side - 1)
            points += bend[at[:, 1], at[:, 0]] + rng.normal(0, 0.5, 2)
            width = int(rng.choice([1, 1, 2, 2, 3]))
            cv2.polylines(page, [np.round(points * 8).astype(np.int32)], False, ink, width, cv2.LINE_AA, 3)
    return np.repeat(page[..., None], 3, axis=2)


def in_other_medium(rgb: Rgb, rng: np.random.Generator) -> Rgb:
    """The same shape in another medium: drawn by hand, in lines, reversed, filled, in one tone, or thicker."""
    kind = int(rng.integers(7))
    if kind <= 2:
        return drawn_by_hand(rgb, rng)
    if kind == 3:
        return line_rendering(rgb, rng)
    if kind == 4:
        return np.asarray(255 - rgb, np.uint8)
    gray = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    if kind == 5:
        _, mask = cv2.threshold(gray, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
        tones = rng.integers(0, 256, (2, 3))
        return np.where(mask[..., None] > 0, tones[0], tones[1]).astype(np.uint8)
    kernel = np.ones((int(rng.integers(2, 4)),) * 2, np.uint8)
    return np.repeat((cv2.erode if rng.random() < 0.6 else cv2.dilate)(gray, kernel)[..., None], 3, axis=2)


def _field(side: int, reach_px: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """A smooth field of shifts, `(side, side, 2)`."""
    cells = int(rng.integers(3, 7))
    coarse = rng.normal(size=(2, cells, cells)).astype(np.float32) * reach_px
    planes = [cv2.resize(plane, (side, side), interpolation=cv2.INTER_CUBIC) for plane in coarse]
    return np.stack(planes, axis=-1).astype(np.float64)
