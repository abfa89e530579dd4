"""Stored pictures as browsers show them: small for lists, and register sheets (TIFF) as PNG."""

from __future__ import annotations

import io

from django.http import Http404
from PIL import Image, ImageOps

from pandok.core.foreign_bytes import about_to_parse
from pandok.readers.designs.file_kind import picture_format
from pandok.readers.designs.transparency import WHITE, as_rgb, ground_for

SHOWN_BY_BROWSERS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
SMALL_SIDE_PX = 144


def browser_picture(data: bytes, *, small: bool = False) -> tuple[bytes, str]:
    """Bytes and media type. Raises Http404 for what is no picture."""
    kind = picture_format(data) or ""
    if small:
        return _as_png(data, SMALL_SIDE_PX), "image/png"
    if kind not in SHOWN_BY_BROWSERS or _shows_through(data):
        return _as_png(data, None), "image/png"
    return data, SHOWN_BY_BROWSERS[kind]


def _shows_through(data: bytes) -> bool:
    """A page is white, and a white mark on a transparent ground would not be seen on it."""
    try:
        with Image.open(io.BytesIO(data), formats=tuple(SHOWN_BY_BROWSERS)) as image:
            return image.has_transparency_data and ground_for(image.convert("RGBA")) != WHITE
    except OSError as error:
        raise Http404 from error


def _as_png(data: bytes, side_px: int | None) -> bytes:
    about_to_parse("picture")
    target = io.BytesIO()
    try:
        with Image.open(io.BytesIO(data), formats=(*SHOWN_BY_BROWSERS, "TIFF", "BMP")) as image:
            if side_px:
                image.draft("RGB", (side_px, side_px))
            shown = as_rgb(ImageOps.exif_transpose(image))
            if side_px:
                shown.thumbnail((side_px, side_px))
            shown.save(target, "PNG")
    except OSError as error:
        raise Http404 from error
    return target.getvalue()
