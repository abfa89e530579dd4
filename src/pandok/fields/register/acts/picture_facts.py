"""Is this file a picture that can be read, and is anything to be seen on it? Answered cheaply, with limits, before it
enters the store.

JPEG: decoded at one eighth of its size (libjpeg skips most of the work), which still finds cut files. Others: decoded
in full up to `FULL_DECODE_PIXELS`; above, the checksums of a PNG are compared, of others the header is read.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

from pandok.core.foreign_bytes import about_to_parse
from pandok.readers.designs.transparency import as_rgb

MAX_BYTES = 50_000_000
MAX_PIXELS = 64_000_000
FULL_DECODE_PIXELS = 16_000_000
LEAST_CONTRAST = 8
"""Grey levels: what differs by less on a whole sheet is no drawing, and nobody sees it."""
_FORMATS = ("PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP")  # no EPS or WMF: they run other programs
_BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error, IndexError)


class PictureRefused(Exception):
    """Internal to the import: why a picture is not used. `code` is that of a finding; `found`, `limit` for people."""

    def __init__(self, code: str, found: str = "", limit: str = ""):
        super().__init__(code)
        self.code, self.found, self.limit = code, found, limit


@dataclass(frozen=True, slots=True)
class PictureFacts:
    media_type: str
    width: int
    height: int


def inspect(data: bytes) -> PictureFacts:
    """Media type and size in pixels. Raises PictureRefused "picture.empty", ".too_large", ".unreadable" or ".blank"."""
    about_to_parse("picture")
    if not data:
        raise PictureRefused("picture.empty")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                width, height = image.size
                if width * height > MAX_PIXELS:
                    raise _too_many_pixels(width, height)
                media_type = Image.MIME.get(image.format or "", "application/octet-stream")
                _check(image)
    except Image.DecompressionBombError:
        raise PictureRefused("picture.too_large", "> 178 MP", f"{MAX_PIXELS // 1_000_000} MP") from None
    except _BROKEN:
        raise PictureRefused("picture.unreadable") from None
    return PictureFacts("image/jpeg" if media_type == "image/mpo" else media_type, width, height)


def _too_many_pixels(width: int, height: int) -> PictureRefused:
    return PictureRefused("picture.too_large", f"{width * height / 1e6:.0f} MP", f"{MAX_PIXELS // 1_000_000} MP")


def _check(image: Image.Image) -> None:
    if image.format in ("JPEG", "MPO"):
        image.draft(None, (max(1, image.width // 8), max(1, image.height // 8)))
    elif image.width * image.height > FULL_DECODE_PIXELS:
        if image.format == "PNG":
            image.verify()
        return
    image.load()
    if _is_blank(image):
        raise PictureRefused("picture.blank")


def _is_blank(image: Image.Image) -> bool:
    """Whether nothing stands out on the sheet, as it would be seen: a white mark on a transparent ground does."""
    if image.mode.startswith(("I", "F")):
        low, high = image.getextrema()
        return low == high
    spans = as_rgb(image).getextrema()
    return all(isinstance(span, tuple) and span[1] - span[0] < LEAST_CONTRAST for span in spans)
