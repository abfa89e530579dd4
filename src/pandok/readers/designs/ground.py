"""The ground a picture stands on: one colour along the border, and the ink that differs from it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.core.reading import Box

PLAIN_UNIFORMITY = 0.70
"""From here a ground counts as plain: sheets cut close to the ink have up to a quarter of ink on the border."""

_SAME = 20
_RING_SHARE = 0.015


@dataclass(frozen=True)
class Ground:
    """`colour` RGB 0 to 255; `uniformity` 0 to 1, the share of the border that has it; `noise` in grey levels."""

    colour: tuple[int, int, int]
    uniformity: float
    noise: float

    @property
    def plain(self) -> bool:
        return self.uniformity >= PLAIN_UNIFORMITY

    @property
    def tolerance(self) -> float:
        """Largest difference from `colour`, in grey levels, that is still ground. JPEG ringing is 6 to 10."""
        return float(min(40.0, 12.0 + 3.0 * self.noise))


def ground(pixels: NDArray[np.uint8]) -> Ground:
    """The border's majority colour. `pixels` (H, W, 3) uint8."""
    ring = border(pixels)
    colour = _majority(ring)
    away = np.abs(ring.astype(np.int16) - colour).max(axis=1)
    near = away <= _SAME
    noise = float(np.median(away[near])) if near.any() else 0.0
    red, green, blue = (int(value) for value in colour)
    return Ground(colour=(red, green, blue), uniformity=float(near.mean()), noise=noise)


def border(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """(N, 3) pixels of the ring along the edge, 1.5 % of the short side wide."""
    height, width = pixels.shape[:2]
    wide = max(1, round(_RING_SHARE * min(height, width)))
    parts = (pixels[:wide], pixels[-wide:], pixels[:, :wide], pixels[:, -wide:])
    return np.concatenate([part.reshape(-1, 3) for part in parts])


def difference(pixels: NDArray[np.uint8], colour: tuple[int, int, int]) -> NDArray[np.uint8]:
    """(H, W) uint8: largest channel difference from `colour`."""
    apart = cv2.absdiff(pixels, np.full_like(pixels, np.array(colour, np.uint8)))
    red, green, blue = cv2.split(apart)
    return np.asarray(cv2.max(cv2.max(red, green), blue), dtype=np.uint8)


def ink(pixels: NDArray[np.uint8], on: Ground) -> NDArray[np.uint8]:
    """(H, W) uint8, 1 where the picture differs from its ground."""
    return (difference(pixels, on.colour) > on.tolerance).astype(np.uint8)


def ink_box(mask: NDArray[np.uint8]) -> Box | None:
    """The box around all ink except stray specks; None where there is none.

    A speck is ink of at most 0.3 % of the long side squared with nothing within 1.5 % of the long side.
    """
    height, width = mask.shape
    longest = max(height, width)
    reach = max(3, round(0.03 * longest)) | 1
    joined = cv2.dilate(mask, np.ones((reach, reach), np.uint8))
    count, labels = cv2.connectedComponents(joined, connectivity=8)
    amounts = np.bincount(labels[mask > 0], minlength=count)
    kept = amounts > max(1.0, (0.003 * longest) ** 2)
    kept[0] = False
    if not kept.any():
        kept = amounts > 0
    ys, xs = np.nonzero(kept[labels] & (mask > 0))
    if len(xs) == 0:
        return None
    return Box(x1=int(xs.min()), y1=int(ys.min()), x2=int(xs.max()) + 1, y2=int(ys.max()) + 1)


def _majority(ring: NDArray[np.uint8]) -> NDArray[np.int16]:
    """Median colour of the fullest cell of a coarse colour histogram: a few colours never mix to a third."""
    cells = (ring >> 5).astype(np.int32)
    code = (cells[:, 0] << 6) | (cells[:, 1] << 3) | cells[:, 2]
    fullest = np.bincount(code, minlength=512).argmax()
    seed = np.median(ring[code == fullest], axis=0)
    near = np.abs(ring.astype(np.int16) - seed).max(axis=1) <= _SAME
    return np.asarray(np.median(ring[near], axis=0), dtype=np.int16)
