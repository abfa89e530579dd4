"""PNG: every check sum of every part, and the exact length of what is packed, before a pixel is believed."""

from __future__ import annotations

import contextlib
import hashlib
import io
import struct
import zlib
from dataclasses import dataclass
from typing import Any

import imagecodecs
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pandok.core.foreign_bytes import about_to_parse
from pandok.core.text import Text
from pandok.readers.xray.formats import refusals
from pandok.readers.xray.formats.limits import LIMITS, Limits
from pandok.readers.xray.formats.png_filters import undo_filters
from pandok.readers.xray.scan import Layer, Scan, ScanFacts, ScanImage, ScanKind, ScanRemark, locked

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_NOT_DECODED = Text(ko="PNG 화소를 풀 수 없습니다", en="the PNG's pixels cannot be decoded")
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_ADAM7 = ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1))


@dataclass(frozen=True)
class _Head:
    width: int
    height: int
    depth: int
    colour: int
    interlaced: bool


def read_png(data: bytes, *, limits: Limits = LIMITS) -> Scan:
    """16-bit (or 8-bit) grey as `COUNTS`, 8-bit colours as `PICTURE`. Raises ScanError."""
    about_to_parse("scan")
    head, packed, plain_form = _parts(data)
    if head.width * head.height > limits.pixels:
        raise refusals.too_many_pixels(head.width * head.height, limits.pixels)
    if head.colour == 4 or head.depth not in (8, 16) or (head.colour != 0 and head.depth != 8):
        raise refusals.unsupported(
            Text(
                ko=f"PNG 색 방식 {head.colour}, {head.depth}비트", en=f"PNG colours {head.colour} of {head.depth} bits"
            )
        )
    kind = ScanKind.COUNTS if head.colour == 0 else ScanKind.PICTURE
    lines = _unpacked(packed, head)
    pixels = _plain(lines, head) if plain_form and head.colour in (0, 2) else _by_library(data, kind)
    if pixels.shape[:2] != (head.height, head.width) or pixels.ndim != (2 if kind == ScanKind.COUNTS else 3):
        raise refusals.shape_disagrees(f"{head.height} x {head.width}", " x ".join(map(str, pixels.shape)))
    facts = ScanFacts(
        format="PNG", kind=kind, sha256=hashlib.sha256(data).hexdigest(), remarks=few_bits(kind, head.depth)
    )
    return Scan(facts, (ScanImage(Layer(bits=head.depth), locked(pixels)),))


def few_bits(kind: ScanKind, bits: int) -> tuple[ScanRemark, ...]:
    if kind != ScanKind.COUNTS or bits > 8:
        return ()
    return (
        refusals.remark(
            "scan.eight_bits",
            "8비트 회색 영상입니다. 측정값으로는 거칩니다.",
            "Grey of 8 bits: coarse as a measurement.",
        ),
    )


def _plain(lines: NDArray[np.uint8], head: _Head) -> NDArray[Any]:
    """Pixels of rows one after the other, grey or red, green, blue: undone here, so that nothing is unpacked twice."""
    wide = head.width * _SAMPLES[head.colour] * head.depth // 8
    rows = lines.reshape(head.height, 1 + wide)
    if not undo_filters(rows, _SAMPLES[head.colour] * head.depth // 8):
        raise refusals.damaged(_NOT_DECODED)
    values = np.ascontiguousarray(rows[:, 1:])
    if head.colour == 2:
        return values.reshape(head.height, head.width, 3)
    return values.view(">u2").astype(np.uint16) if head.depth == 16 else values


def _by_library(data: bytes, kind: ScanKind) -> NDArray[Any]:
    """Interlaced ones, those with a table of colours, those of which something is transparent."""
    try:
        if kind == ScanKind.COUNTS:
            return np.asarray(imagecodecs.png_decode(data))
        with Image.open(io.BytesIO(data), formats=("PNG",)) as image:
            return np.array(image.convert("RGB"))
    except MemoryError:
        raise
    except Exception as error:  # each codec has an error of its own
        raise refusals.damaged(_NOT_DECODED) from error


def _parts(data: bytes) -> tuple[_Head, bytes, bool]:
    """Header, what is packed, and whether that is all that says what the pixels are."""
    if data[:8] != SIGNATURE:
        raise refusals.unknown_format()
    at, head = 8, None
    packed: list[bytes] = []
    order: list[bytes] = []
    while True:
        if at + 12 > len(data):
            raise _damaged("PNG가 중간에 끊겼습니다", "the PNG ends in the middle")
        length, kind = struct.unpack_from(">I4s", data, at)
        if at + 12 + length > len(data):
            raise _damaged("PNG 구간이 파일보다 깁니다", "a part of the PNG is longer than the file")
        body = data[at + 8 : at + 8 + length]
        if zlib.crc32(data[at + 4 : at + 8 + length]) != struct.unpack_from(">I", data, at + 8 + length)[0]:
            raise refusals.checksum()
        at += 12 + length
        if not order or order[-1] != kind:
            order.append(kind)
        if kind == b"IHDR" and len(body) == 13 and head is None and len(order) == 1:
            head = _head(body)
        elif kind == b"IDAT":
            packed.append(body)
        elif kind == b"IEND":
            break
    if at != len(data):
        raise _damaged("PNG 끝 뒤에 내용이 남습니다", "something follows the end of the PNG")
    if head is None or order.count(b"IDAT") != 1:
        raise _damaged("PNG 구간의 순서가 맞지 않습니다", "the parts of the PNG are not in their order")
    return head, b"".join(packed), not head.interlaced and b"tRNS" not in order


def _head(body: bytes) -> _Head:
    width, height, depth, colour, packing, filtering, interlaced = struct.unpack(">IIBBBBB", body)
    if not width or not height or colour not in _SAMPLES or packing or filtering or interlaced > 1:
        raise _damaged("PNG 머리글이 맞지 않습니다", "the PNG's header does not fit")
    return _Head(width, height, depth, colour, interlaced == 1)


def _unpacked(packed: bytes, head: _Head) -> NDArray[np.uint8]:
    """What is packed, if it ends, with its own check sum, at the length that the header asks for."""
    bits = head.depth * _SAMPLES[head.colour]
    areas = [(head.height, head.width)]
    if head.interlaced:
        areas = [(-(-(head.height - y) // dy), -(-(head.width - x) // dx)) for y, x, dy, dx in _ADAM7]
    wanted = sum(rows * (1 + -(-columns * bits // 8)) for rows, columns in areas if rows > 0 and columns > 0)
    whole = bytearray(wanted)
    with contextlib.suppress(imagecodecs.DeflateError):  # in half the time, but without a word on what is wrong
        fits = len(imagecodecs.deflate_decode(packed, out=whole)) == wanted
        if fits and packed[-4:] == struct.pack(">I", zlib.adler32(whole)):
            return np.frombuffer(whole, np.uint8)
    unpack = zlib.decompressobj()
    try:
        found = unpack.decompress(packed, wanted + 1)
        if len(found) == wanted and not unpack.eof:
            found += unpack.decompress(unpack.unconsumed_tail, 1)
    except zlib.error as error:
        raise refusals.checksum() from error
    if len(found) != wanted or not unpack.eof or unpack.unused_data:
        raise refusals.pixels_missing(wanted, len(found))
    whole[:] = found
    return np.frombuffer(whole, np.uint8)


def _damaged(ko: str, en: str) -> Exception:
    return refusals.damaged(Text(ko=ko, en=en))
