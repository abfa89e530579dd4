"""Cards as they are photographed: windows with a rim, lines of a given darkness, uneven light, tilt, glare."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray


def card(
    lines: list[tuple[float, float]],
    *,
    seed: int = 1,
    tilt_degrees: float = 0.0,
    light: float = 0.25,
    noise: float = 1.5,
    colour: tuple[float, float, float] = (1.0, 0.95, 0.85),
) -> NDArray[np.uint8]:
    """`lines`: for each window the darkness of control and test, 0 to 1. (H, W, 3) uint8."""
    random = np.random.default_rng(seed)
    height, width = 420, 160 + 110 * len(lines)
    paper = np.full((height, width), 0.8)
    for number, (control, test) in enumerate(lines):
        left = 90 + 110 * number
        paper[108:312, left - 3 : left + 53] = 0.62
        paper[112:308, left : left + 50] = 0.86
        for at, dark in ((165, control), (255, test)):
            rows = np.arange(112, 308)
            paper[112:308, left : left + 50] *= (1 - dark * np.exp(-(((rows - at) / 5.0) ** 2)))[:, None]
    x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    picture = (paper * (1 + light * (0.6 * x - 0.4 * y)))[..., None] * np.array(colour) * 230
    picture = cv2.GaussianBlur(picture, (0, 0), 1.0)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), tilt_degrees, 1.0)
    picture = cv2.warpAffine(picture, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(np.clip(picture + random.normal(0, noise, picture.shape), 0, 255), np.uint8)
