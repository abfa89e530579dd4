"""Stored pictures as browsers show them: small for lists, and what no browser shows (TIFF) as PNG."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image, ImageOps

from pandok.core.errors import PhotographError
from pandok.engines.decoding.pool import DecodingPool
from pandok.readers.designs import refusals
from pandok.readers.designs.file_kind import picture_format
from pandok.readers.designs.transparency import WHITE, as_rgb, ground_for

SHOWN_BY_BROWSERS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}


def shown_picture(pool: DecodingPool, data: bytes, *, side_px: int | None = None) -> tuple[bytes, str]:
    """Bytes and media type, not larger than `side_px`. Raises PhotographError for what is no picture, or one that costs
    too much; StoreError `store.busy`."""
    if side_px is None and picture_format(data) == "JPEG":
        return data, SHOWN_BY_BROWSERS["JPEG"]  # nothing shows through it
    found, parts = pool.ask(
        show_there,
        data,
        what="picture",
        refusal=PhotographError,
        too_costly=refusals.too_costly,
        options={"side_px": side_px},
    )
    return (parts[0] if parts else data), found["media_type"]


def show_there(data: bytes, *, side_px: int | None) -> tuple[dict[str, Any], list[bytes]]:
    """The duty of a parsing process; no part where the picture is shown as it is."""
    kind = picture_format(data) or ""
    try:
        if side_px or kind not in SHOWN_BY_BROWSERS or _shows_through(data):
            return {"media_type": "image/png"}, [_as_png(data, side_px)]
    except OSError as error:
        raise refusals.damaged(kind) from error
    return {"media_type": SHOWN_BY_BROWSERS[kind]}, []


def _shows_through(data: bytes) -> bool:
    """A page is white, and a white mark on a transparent ground would not be seen on it."""
    with Image.open(io.BytesIO(data), formats=tuple(SHOWN_BY_BROWSERS)) as image:
        return image.has_transparency_data and ground_for(image.convert("RGBA")) != WHITE


def _as_png(data: bytes, side_px: int | None) -> bytes:
    target = io.BytesIO()
    with Image.open(io.BytesIO(data), formats=(*SHOWN_BY_BROWSERS, "TIFF", "BMP")) as image:
        if side_px:
            image.draft("RGB", (side_px, side_px))
        shown = as_rgb(ImageOps.exif_transpose(image))
        if side_px:
            shown.thumbnail((side_px, side_px))
        shown.save(target, "PNG")
    return target.getvalue()
