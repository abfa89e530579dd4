"""Is this file a picture that can be read? Answered cheaply, with limits, before it enters the store.

JPEG: decoded at one eighth of its size (libjpeg skips most of the work), which still finds cut files. PNG: the
checksums of all its parts. Others: decoded in full up to `FULL_DECODE_PIXELS`, else only the header is read.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

MAX_BYTES = 50_000_000
MAX_PIXELS = 64_000_000
FULL_DECODE_PIXELS = 16_000_000
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
    """Media type and size in pixels. Raises PictureRefused "picture.empty", ".too_large" or ".unreadable"."""
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
    if image.format == "PNG":
        image.verify()
    elif image.format in ("JPEG", "MPO"):
        image.draft("L", (max(1, image.width // 8), max(1, image.height // 8)))
        image.load()
    elif image.width * image.height <= FULL_DECODE_PIXELS:
        image.load()
