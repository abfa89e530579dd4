"""What the camera adds: wraps in front of the goods, blur, noise, white balance, JPEG."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.demo.articles.texture import cloud

Picture = NDArray[np.float32]


def occluders(rng: np.random.Generator, picture: Picture, low: tuple[int, int], high: tuple[int, int],
              share: float) -> None:  # fmt: skip
    """Fingers, tape or cardboard over the border of the box `low`–`high` (x, y), covering about `share` of its side."""
    low_a, high_a = np.array(low, float), np.array(high, float)
    size = high_a - low_a
    side = int(rng.integers(4))
    along = float(rng.uniform(0.15, 0.85))
    normal = np.array([[0, -1], [0, 1], [-1, 0], [1, 0]][side], float)
    root = (low_a + high_a) / 2 + normal * size / 2 + np.abs(normal[::-1]) * (along - 0.5) * size
    reach = share * float(size @ np.abs(normal))
    kind = int(rng.integers(3))
    if kind == 0:
        skin = np.array([0.85, 0.64, 0.52]) * float(rng.uniform(0.45, 1.1))
        width = max(3, int(0.09 * size.max()))
        across = np.abs(normal[::-1])
        for i in range(int(rng.integers(1, 5))):
            start = root + normal * size.max() + across * (i * 1.05 * width)
            tip = root - normal * reach * float(rng.uniform(0.6, 1.1)) + across * (i * 1.0 * width)
            for grow, dim in ((1.0, 0.75), (0.82, 1.0), (0.5, 1.06)):
                tone = tuple(float(v) for v in np.clip(skin * dim, 0, 1))
                ends = tuple(int(v) for v in start), tuple(int(v) for v in tip)
                cv2.line(picture, *ends, tone, max(1, int(width * grow)), cv2.LINE_AA)
    else:
        colour = np.array([0.72, 0.56, 0.38]) if kind == 1 else rng.uniform(0.2, 0.95, 3)
        across = np.abs(normal[::-1]) * size.max() * float(rng.uniform(0.1, 0.9))
        slant = normal * float(rng.normal(0, 0.12)) * size.max()
        corners = np.array([
            root - normal * reach - across + slant, root - normal * reach + across - slant,
            root + normal * size.max() * 1.4 + across, root + normal * size.max() * 1.4 - across,
        ])  # fmt: skip
        cv2.fillConvexPoly(picture, corners.astype(np.int32), tuple(float(v) for v in colour), cv2.LINE_AA)


def wrap(rng: np.random.Generator, picture: Picture, mask: NDArray[np.bool_], strength: float) -> None:
    """Plastic film or bubble wrap over the masked goods, in place: veil, folds and glare."""
    s = len(picture)
    film = cv2.dilate(mask.astype(np.uint8), np.ones((7, 7), np.uint8)).astype(np.float32)[..., None]
    if rng.random() < 0.35:
        step = s / float(rng.uniform(14, 26))
        ys, xs = np.indices((s, s), np.float32)
        gx, gy = (xs / step + 0.5 * (np.floor(ys / step) % 2)) % 1 - 0.5, (ys / step) % 1 - 0.5
        r = np.sqrt(gx**2 + gy**2)
        glare = np.exp(-(((gx + 0.16) ** 2 + (gy + 0.16) ** 2) * 90)) + 0.35 * np.exp(-(((r - 0.4) * 14) ** 2))
    else:
        folds = cloud(rng, s, s, 4, 4)
        glare = np.exp(-np.abs(folds) * 28) * np.clip(cloud(rng, s, s, 3, 2) + 0.2, 0, 1) * 1.6
    veil = 0.1 * strength
    picture[:] = picture * (1 - veil * film) + film * (
        veil * 0.9 + 0.65 * strength * glare[..., None].astype(np.float32)
    )


def expose(rng: np.random.Generator, picture: Picture, difficulty: float) -> NDArray[np.uint8]:
    """Blur, white balance, exposure, sensor noise and JPEG: (size, size, 3) float32 to uint8."""
    s = len(picture)
    out: NDArray[Any] = picture
    if rng.random() < 0.25 + 0.3 * difficulty:
        out = cv2.GaussianBlur(out, (0, 0), 0.3 + float(rng.random()) * 1.6 * difficulty * s / 256 + 1e-3)
    if rng.random() < 0.35 * difficulty:
        n = 2 * int(1 + rng.random() * 4 * difficulty * s / 256) + 1
        kernel = np.zeros((n, n), np.float32)
        angle = float(rng.uniform(0, np.pi))
        d = np.array([np.cos(angle), np.sin(angle)]) * n / 2
        mid = n / 2
        ends = (int(mid - d[0]), int(mid - d[1])), (int(mid + d[0]), int(mid + d[1]))
        cv2.line(kernel, *ends, 1.0, 1)
        out = cv2.filter2D(out, -1, kernel / max(float(kernel.sum()), 1.0))
    balance = 1 + rng.normal(0, 0.06 + 0.06 * difficulty, 3) * np.array([1, 0.4, 1])
    gain = float(np.exp(rng.normal(0.05, 0.12 + 0.16 * difficulty)))
    gamma = float(np.exp(rng.normal(0, 0.12)))
    out = np.clip(out * (balance * gain).astype(np.float32), 0, 1) ** np.float32(gamma)
    noise = float(rng.uniform(0.002, 0.012 + 0.03 * difficulty))
    out = out + rng.standard_normal(out.shape, dtype=np.float32) * noise
    bytes_out = np.asarray(np.clip(out, 0, 1) * 255, np.uint8)
    quality = int(rng.uniform(92 - 55 * difficulty, 97))
    _, packed = cv2.imencode(".jpg", bytes_out, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)
