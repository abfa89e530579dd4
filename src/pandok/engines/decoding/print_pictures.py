"""Stored pictures as they are printed: small, or whole for drawing upon; decoded in a parsing process."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from pandok.core.errors import PhotographError
from pandok.engines.decoding.pool import DecodingPool
from pandok.readers.designs import refusals
from pandok.readers.designs.file_kind import picture_format
from pandok.readers.designs.transparency import as_rgb

JPEG_QUALITY = 85


def small_jpeg(pool: DecodingPool, data: bytes, *, side_px: int) -> bytes:
    """Upright, not larger than `side_px`. Raises PhotographError for what is no picture or costs too much, StoreError
    `store.busy`."""
    _, [small] = pool.ask(
        small_there,
        data,
        what="picture",
        refusal=PhotographError,
        too_costly=refusals.too_costly,
        options={"side_px": side_px},
    )
    return small


def upright_pixels(pool: DecodingPool, data: bytes) -> NDArray[np.uint8]:
    """(H, W, 3), upright, in full size. Raises as small_jpeg."""
    found, [pixels] = pool.ask(
        upright_there, data, what="picture", refusal=PhotographError, too_costly=refusals.too_costly, options={}
    )
    return np.frombuffer(pixels, np.uint8).reshape(found["shape"])


def small_there(data: bytes, *, side_px: int) -> tuple[dict[str, Any], list[bytes]]:
    """The duty of a parsing process."""
    target = io.BytesIO()
    small = _upright(data)
    small.thumbnail((side_px, side_px))
    small.save(target, "JPEG", quality=JPEG_QUALITY)
    return {}, [target.getvalue()]


def upright_there(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """The duty of a parsing process."""
    pixels = np.asarray(_upright(data), dtype=np.uint8)
    return {"shape": pixels.shape}, [pixels.tobytes()]


def _upright(data: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(data)) as image:
            return as_rgb(ImageOps.exif_transpose(image))
    except OSError as error:
        raise refusals.damaged(picture_format(data) or "") from error
