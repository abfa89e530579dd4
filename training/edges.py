"""Line renderings of real photographs: the middle domain between a photograph and a drawing.

Four hands: Canny, difference of Gaussians with a soft threshold (Winnemöller 2011), Laplacian zero lines, and
strokes that are shifted, broken and thinned like a quick sketch.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray


def _canny(gray: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    blurred = cv2.GaussianBlur(gray, (0, 0), rng.uniform(0.8, 2.0))
    middle = float(np.median(np.abs(cv2.Laplacian(blurred, cv2.CV_32F)))) + 1
    high = float(np.clip(rng.uniform(18, 40) * middle, 40, 200))
    return 255 - cv2.Canny(blurred, high * 0.4, high, L2gradient=True)


def _soft_threshold(gray: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    sigma = rng.uniform(0.7, 1.8)
    f = gray.astype(np.float32) / 255
    difference = cv2.GaussianBlur(f, (0, 0), sigma) - 0.98 * cv2.GaussianBlur(f, (0, 0), sigma * 1.6)
    epsilon = rng.uniform(-0.005, 0.01)
    line = np.where(difference >= epsilon, 1.0, 1.0 + np.tanh(rng.uniform(40, 120) * (difference - epsilon)))
    return (np.clip(line, 0, 1) * 255).astype(np.uint8)


def _gradient(gray: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    blurred = cv2.GaussianBlur(gray, (0, 0), rng.uniform(1.0, 2.2)).astype(np.float32)
    magnitude = cv2.magnitude(cv2.Sobel(blurred, cv2.CV_32F, 1, 0), cv2.Sobel(blurred, cv2.CV_32F, 0, 1))
    magnitude /= np.percentile(magnitude, 97) + 1e-6
    return (255 * (1 - np.clip(magnitude, 0, 1) ** rng.uniform(0.8, 1.6))).astype(np.uint8)


def line_rendering(rgb: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """One line rendering, `(H, W, 3)` uint8, dark lines on white."""
    gray = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    if rng.random() < 0.5:
        gray = cv2.bilateralFilter(gray, 7, 40, 5)
    line = (_canny, _soft_threshold, _gradient)[rng.integers(3)](gray, rng)
    if rng.random() < 0.5:
        line = _redraw(line, rng)
    if rng.random() < 0.3:
        line = cv2.erode(line, np.ones((2, 2), np.uint8))
    return cv2.cvtColor(line, cv2.COLOR_GRAY2RGB)


def _redraw(line: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Shift strokes by a smooth random field and drop some of them, as a hand does."""
    height, width = line.shape
    field = rng.normal(size=(2, 6, 6)).astype(np.float32) * rng.uniform(1, 4)
    dx, dy = (cv2.resize(plane, (width, height), interpolation=cv2.INTER_CUBIC) for plane in field)
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    line = cv2.remap(line, x + dx, y + dy, cv2.INTER_LINEAR, borderValue=255)
    drop = cv2.resize(rng.random((8, 8)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    return np.where(drop < rng.uniform(0, 0.25), np.uint8(255), line)
