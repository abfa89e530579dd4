"""PNG: every check sum of every part, and the exact length of what is packed, before a pixel is believed."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from dataclasses import dataclass

import imagecodecs
import numpy as np
from PIL import Image

from pandok.core.foreign_bytes import about_to_parse
from pandok.core.text import Text
from pandok.readers.xray.formats import refusals
from pandok.readers.xray.formats.limits import LIMITS, Limits
from pandok.readers.xray.scan import Layer, Scan, ScanFacts, ScanImage, ScanKind, ScanRemark, locked

SIGNATURE = b"\x89PNG\r\n\x1a\n"
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
    head, packed = _parts(data)
    if head.width * head.height > limits.pixels:
        raise refusals.too_many_pixels(head.width * head.height, limits.pixels)
    if head.colour == 4 or head.depth not in (8, 16) or (head.colour != 0 and head.depth != 8):
        raise refusals.unsupported(
            Text(
                ko=f"PNG 색 방식 {head.colour}, {head.depth}비트", en=f"PNG colours {head.colour} of {head.depth} bits"
            )
        )
    _check_packed(packed, head)
    kind = ScanKind.COUNTS if head.colour == 0 else ScanKind.PICTURE
    try:
        if kind == ScanKind.COUNTS:
            pixels = imagecodecs.png_decode(data)
        else:
            with Image.open(io.BytesIO(data), formats=("PNG",)) as image:
                pixels = np.array(image.convert("RGB"))
    except MemoryError:
        raise
    except Exception as error:  # each codec has an error of its own
        raise refusals.damaged(Text(ko="PNG 화소를 풀 수 없습니다", en="the PNG's pixels cannot be decoded")) from error
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


def _parts(data: bytes) -> tuple[_Head, bytes]:
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
    return head, b"".join(packed)


def _head(body: bytes) -> _Head:
    width, height, depth, colour, packing, filtering, interlaced = struct.unpack(">IIBBBBB", body)
    if not width or not height or colour not in _SAMPLES or packing or filtering or interlaced > 1:
        raise _damaged("PNG 머리글이 맞지 않습니다", "the PNG's header does not fit")
    return _Head(width, height, depth, colour, interlaced == 1)


def _check_packed(packed: bytes, head: _Head) -> None:
    """That unpacking ends, with its own check sum, at the length that the header asks for."""
    bits = head.depth * _SAMPLES[head.colour]
    areas = [(head.height, head.width)]
    if head.interlaced:
        areas = [(-(-(head.height - y) // dy), -(-(head.width - x) // dx)) for y, x, dy, dx in _ADAM7]
    wanted = sum(rows * (1 + -(-columns * bits // 8)) for rows, columns in areas if rows > 0 and columns > 0)
    unpack = zlib.decompressobj()
    there, left = 0, packed
    try:
        while not unpack.eof and there <= wanted:
            piece = unpack.decompress(left, 1 << 22)
            left = unpack.unconsumed_tail
            there += len(piece)
            if not piece and not left:
                break
    except zlib.error as error:
        raise refusals.checksum() from error
    if there != wanted or not unpack.eof or unpack.unused_data:
        raise refusals.pixels_missing(wanted, there)


def _damaged(ko: str, en: str) -> Exception:
    return refusals.damaged(Text(ko=ko, en=en))
