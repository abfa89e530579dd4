"""A picture with transparent parts, laid on a ground on which it can be seen.

White is the ground of registers. A white mark on a transparent ground would vanish on it, so where neither the outline
nor enough of what is visible stands out against white, the ground is black, or grey where both would hide a part.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pandok.readers.designs.ground import difference

WHITE, BLACK, GREY = 255, 0, 128
LEAST_CONTRAST = 32
"""Grey levels from which a part stands out; JPEG ringing is 6 to 10, pale print on paper 20."""
_OUTLINE_SHARE = 0.5
_AREA_SHARE = 0.2
_LEAST_TRANSPARENT_SHARE = 0.05
"""Below it only corners are transparent, and the picture has a ground of its own."""
_LOOKED_AT_PX = 512


def as_rgb(image: Image.Image) -> Image.Image:
    """RGB of any picture of 8 bits; transparent parts lie on their ground."""
    return laid_on_ground(image.convert("RGBA")) if image.has_transparency_data else image.convert("RGB")


def laid_on_ground(picture: Image.Image) -> Image.Image:
    """RGB of an RGBA picture."""
    tone = ground_for(picture)
    ground = Image.new("RGBA", picture.size, (tone, tone, tone, 255))
    return Image.alpha_composite(ground, picture).convert("RGB")


def ground_for(picture: Image.Image) -> int:
    """The grey level, 255, 0 or 128, of the ground on which an RGBA picture is seen."""
    small = picture
    if max(picture.size) > _LOOKED_AT_PX:
        small = picture.copy()
        small.thumbnail((_LOOKED_AT_PX, _LOOKED_AT_PX), Image.Resampling.NEAREST)
    pixels = np.asarray(small)
    colours = np.ascontiguousarray(pixels[:, :, :3])
    visible = (pixels[:, :, 3] >= 128).astype(np.uint8)
    if not visible.any():
        visible = (pixels[:, :, 3] > 0).astype(np.uint8)
    if 1.0 - float(visible.mean()) < _LEAST_TRANSPARENT_SHARE or not visible.any():
        return WHITE
    inside = cv2.erode(visible, np.ones((3, 3), np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=1)
    outline = (visible == 1) & (inside == 0)
    if _share(colours, WHITE, outline) >= _OUTLINE_SHARE or _share(colours, WHITE, visible == 1) >= _AREA_SHARE:
        return WHITE
    return max((WHITE, BLACK, GREY), key=lambda tone: _share(colours, tone, outline))


def _share(colours: NDArray[np.uint8], tone: int, where: NDArray[np.bool_]) -> float:
    """The share of the pixels in `where` that stand out against a ground of this tone."""
    return float((difference(colours, (tone, tone, tone))[where] >= LEAST_CONTRAST).mean())
