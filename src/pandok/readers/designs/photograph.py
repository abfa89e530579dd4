"""Bytes from a phone, a browser or a register sheet to upright RGB pixels, without metadata.

What is read is always what this makes of the original bytes. What is shown is `clean_jpeg`, and what is handed on
to be read elsewhere `clean_png`: pixels, no place, no device, no owner.
"""

from __future__ import annotations

import hashlib
import io
import struct
from dataclasses import dataclass

import numpy as np
import pillow_heif
from numpy.typing import NDArray
from PIL import Image, ImageFile, features

from pandok.core.foreign_bytes import about_to_parse
from pandok.core.reading import Remark
from pandok.core.text import Text, counted
from pandok.readers.designs import refusals
from pandok.readers.designs.file_kind import looks_like, picture_format, suffix_disagrees, under_decoders_brands
from pandok.readers.designs.transparency import laid_on_ground

LEAST_SIDE_PX = 32
"""Below this no article can be recognised by a person either."""

LONGEST_SIDE_PX = 1600
MOST_JPEG_SCANS = 64
"""Encoders write about ten scans; a file with thousands only costs time (libjpeg-turbo's fuzzers stop at 500)."""

_ORIENTATION_TAG = 0x0112
_GPS_TAG = 0x8825
_DECODERS = {
    "JPEG": ("JPEG", "MPO"),
    "PNG": ("PNG",),
    "WEBP": ("WEBP",),
    "HEIF": ("HEIF",),
    "AVIF": ("AVIF",) if features.check("avif") else (),
    "TIFF": ("TIFF",),
    "GIF": ("GIF",),
    "BMP": ("BMP", "DIB"),
}
# What Pillow's parsers and libheif raise on damaged input; found by mutation (tests/properties) and in their sources.
_DAMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    RuntimeError,
    struct.error,
    ArithmeticError,
    LookupError,
    TypeError,
    AttributeError,
)
_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)

pillow_heif.register_heif_opener()


@dataclass(frozen=True, eq=False)
class Photograph:
    """A decoded picture.

    `pixels`: (H, W, 3) uint8 RGB, upright, at most `longest_side_px` long, not writeable.
    `width_px`, `height_px`: size of the original, upright. `sha256`: of the original bytes.
    `had_location`: the original told where it was taken; `pixels` and `clean_jpeg` do not.
    """

    pixels: NDArray[np.uint8]
    sha256: str
    format: str
    width_px: int
    height_px: int
    had_location: bool
    remarks: tuple[Remark, ...] = ()


def decode(
    data: bytes,
    *,
    max_bytes: int = 25_000_000,
    max_megapixels: float = 64,
    longest_side_px: int = LONGEST_SIDE_PX,
    filename: str = "",
    photograph_index: int = 0,
) -> Photograph:
    """Decode JPEG, PNG, WebP, HEIC, AVIF, or the first page of TIFF, GIF, BMP.

    The content decides, never the name. Transparent parts become white, or black where a white mark would vanish.
    Colour profiles are ignored.
    Raises PhotographError: photograph.empty, .too_many_bytes, .not_a_picture, .too_many_pixels (before any
    pixel is decoded), .too_small, .truncated, .unsupported.
    """
    about_to_parse("picture")
    if not data:
        raise refusals.empty()
    if len(data) > max_bytes:
        raise refusals.too_many_bytes(len(data), max_bytes)
    picture = picture_format(data)
    if picture is None or not _DECODERS[picture]:
        raise refusals.not_a_picture(looks_like(data))
    try:
        with Image.open(io.BytesIO(under_decoders_brands(data, picture)), formats=_DECODERS[picture]) as image:
            _check_size(image, max_megapixels)
            _check_scans(image, data, picture)
            width, height = image.size
            pages = getattr(image, "n_frames", 1) if picture != "JPEG" else 1
            pixels, turned, had_location = _pixels(image, longest_side_px, picture)
    except _BOMB as error:
        raise refusals.too_many_pixels(0, 0, max_megapixels) from error
    except MemoryError as error:
        raise refusals.too_costly() from error
    except _DAMAGE as error:
        raise refusals.damaged(picture) from error
    if turned >= 5:
        width, height = height, width
    remarks = []
    if pages > 1:
        remarks.append(_first_page_only(photograph_index, pages))
    if suffix_disagrees(filename, picture):
        remarks.append(_wrong_suffix(photograph_index, filename, picture))
    pixels.setflags(write=False)
    return Photograph(
        pixels=pixels,
        sha256=hashlib.sha256(data).hexdigest(),
        format=picture,
        width_px=width,
        height_px=height,
        had_location=had_location,
        remarks=tuple(remarks),
    )


def clean_jpeg(photograph: Photograph, quality: int = 90) -> bytes:
    """The decoded pixels as JPEG without any metadata. `quality` 1 to 95."""
    target = io.BytesIO()
    Image.fromarray(photograph.pixels).save(target, "JPEG", quality=quality)
    return target.getvalue()


def clean_png(photograph: Photograph) -> bytes:
    """The decoded pixels without any metadata and without loss: decoded again they are the same to the last bit."""
    target = io.BytesIO()
    Image.fromarray(photograph.pixels).save(target, "PNG", compress_level=4)
    return target.getvalue()


def _check_size(image: ImageFile.ImageFile, max_megapixels: float) -> None:
    width, height = image.size
    if width * height > max_megapixels * 1e6:
        raise refusals.too_many_pixels(width, height, max_megapixels)
    if min(width, height) < LEAST_SIDE_PX:
        raise refusals.too_small(width, height, LEAST_SIDE_PX)


def _check_scans(image: ImageFile.ImageFile, data: bytes, picture: str) -> None:
    if picture == "JPEG" and image.info.get("progressive") and data.count(b"\xff\xda") > MOST_JPEG_SCANS:
        raise refusals.damaged(picture)


def _orientation_and_location(image: ImageFile.ImageFile) -> tuple[int, bool]:
    """EXIF orientation 1 to 8 (1 where absent or damaged), and whether a place is told."""
    in_xmp = b"GPSLatitude" in _as_bytes(image.info.get("xmp"))
    try:
        exif = image.getexif()
        turned = exif.get(_ORIENTATION_TAG, 1)
        located = any(tag in exif.get_ifd(_GPS_TAG) for tag in (2, 4))
    except _DAMAGE:
        # Damaged metadata is no reason to refuse a sound picture.
        return 1, in_xmp
    return (turned if turned in range(1, 9) else 1), located or in_xmp


def _as_bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value or "").encode()


def _pixels(image: ImageFile.ImageFile, longest_side_px: int, picture: str) -> tuple[NDArray[np.uint8], int, bool]:
    """Upright pixels, the orientation by which they had still to be turned, and whether a place was told."""
    scale = min(1.0, longest_side_px / max(image.size))
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    if scale < 1:
        # JPEG decoders can leave out detail while decoding: 3 to 10 times faster for phone photographs.
        image.draft(None, size)
    image.load()
    # Asked after loading: the decoders of TIFF and HEIF turn the picture themselves and then say 1.
    turned, had_location = _orientation_and_location(image)
    plain = _eight_bit(image, picture)
    if scale < 1:
        plain = plain.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    if plain.mode == "RGBA":
        plain = laid_on_ground(plain)
    if turned != 1:
        plain = plain.transpose(_TURNS[turned])
    return np.array(plain, dtype=np.uint8), turned, had_location


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _eight_bit(image: Image.Image, picture: str) -> Image.Image:
    """Any Pillow mode to RGB or RGBA of 8 bits."""
    if image.mode.startswith(("I", "F")):
        return _from_deep_gray(image)
    has_alpha = image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info
    if image.mode == "La":
        image = image.convert("LA")
    if image.mode == "LAB":
        raise refusals.unsupported(picture, image.mode)
    return image.convert("RGBA" if has_alpha else "RGB")


def _from_deep_gray(image: Image.Image) -> Image.Image:
    """Gray of 16 or 32 bits or floating: full scale is the smallest common one that holds the brightest pixel."""
    values = np.asarray(image)
    rows = max(1, 2_000_000 // image.width)  # a few rows at a time: whole, 64 megapixels would take 1.7 GB

    def finite(start: int) -> NDArray[np.float64]:
        return np.nan_to_num(values[start : start + rows].astype(np.float64), posinf=0.0, neginf=0.0)

    brightest = max(float(finite(start).max(initial=0.0)) for start in range(0, image.height, rows))
    # Fractions, 8, 12 (X-ray and document scanners) and 16 bits.
    scales = (1.0, 255.0, 4095.0, 65535.0) if image.mode == "F" else (255.0, 4095.0, 65535.0)
    full = next((scale for scale in scales if brightest <= scale), brightest)
    gray = np.empty(values.shape, np.uint8)
    for start in range(0, image.height, rows):
        gray[start : start + rows] = np.clip(finite(start) * (255.0 / full), 0, 255)
    return Image.fromarray(gray).convert("RGB")


def _first_page_only(photograph_index: int, pages: int) -> Remark:
    return Remark(
        photograph_index=photograph_index,
        code="photograph.first_page",
        text=Text(
            ko=f"파일에 그림이 {pages}장 있어 첫 장만 읽었습니다.",
            en=f"The file holds {counted(pages, 'picture')}; only the first was read.",
        ),
    )


def _wrong_suffix(photograph_index: int, filename: str, picture: str) -> Remark:
    suffix = filename.rpartition(".")[2][:12]
    return Remark(
        photograph_index=photograph_index,
        code="photograph.suffix",
        text=Text(
            ko=f"파일 이름은 .{suffix}이지만 내용은 {picture} 사진이어서 내용대로 읽었습니다.",
            en=f"The file name ends in .{suffix} but the content is {picture}; it was read by its content.",
        ),
    )
