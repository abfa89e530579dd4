"""Studio pictures made from shop photographs: the article cut out and put on a light ground with a soft shadow.

A registered view of goods is mostly a studio picture on white, while the photographs at hand show them in a hand before
a shelf or in a heap. Cut-outs bring both kinds of one article into training without any registered view.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Rgb = NDArray[np.uint8]
Mask = NDArray[np.uint8]
WORKING_SIDE_PX = 112
LEAST_SHARE, MOST_SHARE = 0.12, 0.72


def package_mask(rgb: Rgb, rng: np.random.Generator) -> Mask:
    """(H, W) 0 or 255: the thing in the middle by GrabCut (Rother et al. 2004), else a rounded block."""
    height, width = rgb.shape[:2]
    scale = WORKING_SIDE_PX / max(height, width)
    small = cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    h, w = small.shape[:2]
    labels = np.full((h, w), cv2.GC_BGD, np.uint8)
    labels[int(0.06 * h) : int(0.94 * h), int(0.1 * w) : int(0.9 * w)] = cv2.GC_PR_FGD
    cv2.ellipse(labels, (w // 2, h // 2), (w // 6, h // 5), 0, 0, 360, int(cv2.GC_FGD), -1)
    cv2.setRNGSeed(7)
    try:
        cv2.grabCut(small, labels, None, np.zeros((1, 65)), np.zeros((1, 65)), 4, cv2.GC_INIT_WITH_MASK)
    except cv2.error:
        return block_mask(height, width, rng)
    found = np.isin(labels, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.uint8) * 255
    kernel = np.ones((5, 5), np.uint8)
    found = cv2.morphologyEx(cv2.morphologyEx(found, cv2.MORPH_OPEN, kernel), cv2.MORPH_CLOSE, kernel)
    count, parts, stats, _ = cv2.connectedComponentsWithStats(found)
    if count < 2:
        return block_mask(height, width, rng)
    largest = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    share = stats[largest, cv2.CC_STAT_AREA] / (h * w)
    if not LEAST_SHARE < share < MOST_SHARE:
        return block_mask(height, width, rng)
    mask = np.where(parts == largest, 255, 0).astype(np.uint8)
    return cv2.resize(mask, (width, height), interpolation=cv2.INTER_LINEAR) // 128 * 255


def block_mask(height: int, width: int, rng: np.random.Generator) -> Mask:
    """A block with rounded corners (a superellipse) around the middle."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    power = rng.uniform(2.5, 8)
    a, b = width * rng.uniform(0.28, 0.44), height * rng.uniform(0.32, 0.47)
    inside = np.abs((x - width / 2) / a) ** power + np.abs((y - height / 2) / b) ** power < 1
    return inside.astype(np.uint8) * 255


def heap_mask(height: int, width: int, rng: np.random.Generator) -> Mask:
    """One to four round things side by side: what a studio shows of what lies in a heap."""
    mask = np.zeros((height, width), np.uint8)
    for _ in range(int(rng.integers(1, 5))):
        axes = (int(width * rng.uniform(0.14, 0.34)), int(height * rng.uniform(0.14, 0.34)))
        middle = (int(width * rng.uniform(0.34, 0.66)), int(height * rng.uniform(0.34, 0.66)))
        cv2.ellipse(mask, middle, axes, float(rng.uniform(0, 180)), 0, 360, 255, -1)
    return mask


def studio(rgb: Rgb, mask: Mask, rng: np.random.Generator) -> Rgb:
    """The masked article on a light ground, sometimes with a contact shadow, cut near its outline."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if len(rows) < 12 or len(columns) < 12:
        return rgb
    cut = rgb[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    alpha = mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    margin = int(rng.uniform(0.01, 0.14) * max(alpha.shape))
    cut = cv2.copyMakeBorder(cut, margin, margin, margin, margin, cv2.BORDER_REPLICATE)
    alpha = cv2.copyMakeBorder(alpha, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=0)
    ground = np.full(cut.shape, float(rng.uniform(236, 255)), np.float32)
    if rng.random() < 0.4:
        reach = max(2.0, 0.03 * max(alpha.shape))
        shadow = cv2.GaussianBlur(np.roll(alpha, int(reach), axis=0).astype(np.float32), (0, 0), reach) / 255
        ground *= 1 - rng.uniform(0.1, 0.4) * shadow[..., None]
    soft = cv2.GaussianBlur(alpha.astype(np.float32), (0, 0), 1.0)[..., None] / 255
    lit = np.clip((cut.astype(np.float32) - 127) * rng.uniform(0.9, 1.25) + 127 + rng.uniform(0, 30), 0, 255)
    return np.clip(lit * soft + ground * (1 - soft), 0, 255).astype(np.uint8)
