"""A picture as a tensor. Resizing is Pillow's, on 8-bit channels, as in torchvision's transforms of PIL pictures."""

from __future__ import annotations

import io
import struct

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from pandok.core.lab.submission import Colours, Layout, Preprocess, Resize, Scale
from pandok.engines.feeding.codes import FeedingCode, FeedingRefused
from pandok.engines.feeding.scaling import scaled

MOST_BYTES = 64 << 20
MOST_PIXELS = 64_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF")
_FILTERS = {
    "nearest": Image.Resampling.NEAREST,
    "area": Image.Resampling.BOX,
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
    "lanczos": Image.Resampling.LANCZOS,
}
# What Pillow's parsers raise on damaged input (see pandok.readers.designs.photograph).
_DAMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    RuntimeError,
    MemoryError,
    struct.error,
    ArithmeticError,
    LookupError,
    TypeError,
    AttributeError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


def picture_tensor(data: bytes, steps: tuple[Preprocess, ...]) -> NDArray[np.generic]:
    """(1, C, H, W) or (1, H, W, C); uint8 where nothing scales, else float64. Raises FeedingRefused."""
    picture = decoded(data)
    pixels: NDArray[np.generic] | None = None
    for step in steps:
        if isinstance(step, Resize):
            picture = _resized(picture, step)
        elif isinstance(step, Colours):
            pixels = _channels(picture, step.order)
        elif isinstance(step, Scale):
            pixels = scaled(_rgb(picture) if pixels is None else pixels, step)
        elif isinstance(step, Layout):
            pixels = _rgb(picture) if pixels is None else pixels
            pixels = np.transpose(pixels, (2, 0, 1)) if step.order == "NCHW" else pixels
    return (_rgb(picture) if pixels is None else pixels)[np.newaxis]


def decoded(data: bytes) -> Image.Image:
    """Upright RGB; transparent parts white; 16-bit gray divided by 256; the first page of several."""
    if len(data) > MOST_BYTES:
        raise FeedingRefused(FeedingCode.INPUT_UNREADABLE)
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise FeedingRefused(FeedingCode.INPUT_UNREADABLE)
            upright = ImageOps.exif_transpose(opened)
            if upright.mode.startswith("I;16"):
                eight = (np.asarray(upright).astype(np.uint16) >> 8).astype(np.uint8)
                return Image.fromarray(eight).convert("RGB")
            if upright.has_transparency_data:
                with_alpha = upright.convert("RGBA")
                white = Image.new("RGBA", with_alpha.size, (255, 255, 255, 255))
                return Image.alpha_composite(white, with_alpha).convert("RGB")
            return upright.convert("RGB")
    except _DAMAGE as error:
        raise FeedingRefused(FeedingCode.INPUT_UNREADABLE) from error


def _resized(picture: Image.Image, step: Resize) -> Image.Image:
    size = (step.width_px, step.height_px)
    kind = _FILTERS[step.interpolation]
    if step.fit == "stretch":
        return picture.resize(size, kind)
    if step.fit == "pad":
        factor = min(step.width_px / picture.width, step.height_px / picture.height)
    else:
        factor = max(step.width_px / picture.width, step.height_px / picture.height)
    width, height = max(1, round(picture.width * factor)), max(1, round(picture.height * factor))
    if step.fit == "pad":
        canvas = Image.new("RGB", size, (step.fill, step.fill, step.fill))
        canvas.paste(picture.resize((width, height), kind), ((size[0] - width) // 2, (size[1] - height) // 2))
        return canvas
    # Cut first, resize then: an endless strip must not become an endless picture.
    cut_width, cut_height = step.width_px / factor, step.height_px / factor
    left, top = (picture.width - cut_width) / 2, (picture.height - cut_height) / 2
    return picture.resize(size, kind, box=(left, top, left + cut_width, top + cut_height))


def _rgb(picture: Image.Image) -> NDArray[np.generic]:
    return np.asarray(picture, dtype=np.uint8)


def _channels(picture: Image.Image, order: str) -> NDArray[np.generic]:
    if order == "gray":
        return np.asarray(picture.convert("L"), dtype=np.uint8)[:, :, np.newaxis]
    return _rgb(picture)[:, :, ::-1] if order == "BGR" else _rgb(picture)
