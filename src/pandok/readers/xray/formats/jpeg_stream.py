"""A JPEG stream, checked before it is decoded: does it hold exactly the samples of the size that it says?

Decoders fill what is missing with grey and leave what is left over, without a word. The Huffman codes say how long each
is, so that the samples can be counted without decoding them: the bits must be used up to the last byte, by as many
samples as the size asks for. Tables ITU-T T.81, B and H.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pandok.core.text import Text
from pandok.readers.xray.formats import refusals
from pandok.readers.xray.formats.code_lengths import (
    END_OF_BLOCK,
    NO_CODE,
    NONE,
    PADDING,
    TOO_SHORT,
    blocks_end,
    lossless_end,
    next_marker,
)

_NO_LENGTH = {0x01, *range(0xD0, 0xD9)}
_FRAMES = {0xC0, 0xC1, 0xC2, 0xC3}
_OTHER_FRAMES = {0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
_MARKER = re.compile(rb"\xff+[^\x00\xff]")


@dataclass
class Component:
    name: int
    across: int
    down: int


@dataclass
class JpegFrame:
    """`process`: 0 baseline, 1 extended, 2 progressive, 3 lossless."""

    process: int
    precision: int
    height: int
    width: int
    components: list[Component]
    scans: int = 0
    counted: bool = False


@dataclass
class _State:
    frame: JpegFrame | None = None
    tables: dict[tuple[int, int], _Codes] = field(default_factory=dict)
    restart: int = 0


@dataclass
class _Codes:
    """Of one Huffman table, by the next 16 bits: `bits` of code and value together (0: no such code), `symbol`."""

    bits: NDArray[np.uint8]
    symbol: NDArray[np.uint8]


def check_jpeg(data: bytes, *, most_pixels: int, padding: int = 1) -> JpegFrame:
    """The frame that the stream holds. `padding`: bytes that may follow its end.

    Raises ScanError scan.damaged, scan.pixels_missing, scan.unsupported, scan.too_many_pixels.
    """
    if data[:2] != b"\xff\xd8":
        raise _damaged("JPEG 시작 표시가 없습니다", "the JPEG does not begin as one")
    state, at = _State(), 2
    while True:
        marker, at = _marker(data, at)
        if marker == 0xD9:
            break
        if marker in _NO_LENGTH:
            raise _damaged("JPEG 표시의 순서가 맞지 않습니다", "the JPEG's markers are not in their order")
        if at + 2 > len(data) or (length := struct.unpack_from(">H", data, at)[0]) < 2 or at + length > len(data):
            raise _damaged("JPEG 구간의 길이가 맞지 않습니다", "a segment of the JPEG is longer than the file")
        body, at = data[at + 2 : at + length], at + length
        if marker in _FRAMES:
            state.frame = _frame(marker - 0xC0, body, state.frame, most_pixels)
        elif marker in _OTHER_FRAMES:
            raise refusals.unsupported(Text(ko="산술 부호 또는 계층 JPEG", en="arithmetic or hierarchical JPEG"))
        elif marker == 0xC4:
            _read_tables(body, state.tables)
        elif marker == 0xDD:
            if len(body) != 2:
                raise _damaged("JPEG 재시작 간격이 맞지 않습니다", "the JPEG's restart interval does not fit")
            state.restart = struct.unpack(">H", body)[0]
        elif marker == 0xDA:
            at = _scan(data, at, body, state)
        elif marker == 0xDC:
            raise refusals.unsupported(Text(ko="높이를 나중에 적는 JPEG", en="a JPEG that says its height later"))
    if len(data) - at > padding:
        raise _damaged("JPEG 끝 뒤에 내용이 남습니다", "something follows the end of the JPEG")
    if state.frame is None or not state.frame.counted:
        raise _damaged("JPEG에 화소가 없습니다", "the JPEG holds no pixels")
    return state.frame


def _marker(data: bytes, at: int) -> tuple[int, int]:
    found = _MARKER.match(data, at)
    if found is None:
        raise _damaged("JPEG가 중간에 끊겼거나 표시가 없습니다", "the JPEG ends, or lacks a marker, in the middle")
    return found.group()[-1], found.end()


def _frame(process: int, body: bytes, before: JpegFrame | None, most_pixels: int) -> JpegFrame:
    if before is not None or len(body) < 6 or len(body) != 6 + 3 * body[5]:
        raise _damaged("JPEG 영상 머리글이 맞지 않습니다", "the JPEG's frame header does not fit")
    precision, height, width, number = struct.unpack_from(">BHHB", body)
    parts = [Component(body[i], body[i + 1] >> 4, body[i + 1] & 15) for i in range(6, len(body), 3)]
    depths = range(2, 17) if process == 3 else ((8,) if process != 1 else (8, 12))
    if height < 1 or width < 1 or number not in (1, 3, 4) or precision not in depths:
        raise _damaged("JPEG 크기나 비트가 맞지 않습니다", "size or bits of the JPEG do not fit")
    if not all(one.across in (1, 2, 3, 4) and one.down in (1, 2, 3, 4) for one in parts):
        raise _damaged("JPEG 성분의 비율이 맞지 않습니다", "the JPEG's components do not fit")
    if height * width > most_pixels:
        raise refusals.too_many_pixels(height * width, most_pixels)
    return JpegFrame(process, precision, height, width, parts)


def _read_tables(body: bytes, tables: dict[tuple[int, int], _Codes]) -> None:
    at = 0
    while at < len(body):
        counts = body[at + 1 : at + 17]
        values = body[at + 17 : at + 17 + sum(counts)]
        if len(counts) != 16 or len(values) != sum(counts) or body[at] >> 4 > 1 or body[at] & 15 > 3:
            raise _damaged("JPEG 부호표가 맞지 않습니다", "a code table of the JPEG does not fit")
        tables[body[at] >> 4, body[at] & 15] = _codes(counts, values)
        at += 17 + len(values)


def _codes(counts: bytes, values: bytes) -> _Codes:
    bits, symbol = np.zeros(1 << 16, np.uint8), np.zeros(1 << 16, np.uint8)
    code = taken = 0
    for length, number in enumerate(counts, 1):
        for value in values[taken : taken + number]:
            first, last = code << (16 - length), (code + 1) << (16 - length)
            if last > 1 << 16:
                raise _damaged("JPEG 부호표가 맞지 않습니다", "a code table of the JPEG does not fit")
            # A value of 16 stands for 32,768 and carries no further bits (H.1.2.2); AC values are run and size.
            size = 0 if value == 16 else value & 15
            bits[first:last], symbol[first:last] = length + size, value
            code += 1
        taken += number
        code <<= 1
    return _Codes(bits, symbol)


def _scan(data: bytes, at: int, body: bytes, state: _State) -> int:
    """Counts the samples of one scan; the place after it."""
    frame = state.frame
    if frame is None or not body or len(body) != 4 + 2 * body[0]:
        raise _damaged("JPEG 스캔 머리글이 맞지 않습니다", "the JPEG's scan header does not fit")
    parts = [(body[i], body[i + 1] >> 4, body[i + 1] & 15) for i in range(1, len(body) - 3, 2)]
    known = {one.name: one for one in frame.components}
    if len({name for name, _, _ in parts}) != len(parts) or any(name not in known for name, _, _ in parts):
        raise _damaged("JPEG 스캔의 성분이 맞지 않습니다", "the components of the JPEG's scan do not fit")
    first, high = body[-3], body[-1] >> 4
    segments, at = _segments(data, at)
    if frame.process == 3:
        _count_lossless(frame, [known[name] for name, _, _ in parts], parts, segments, state)
        frame.counted = True
    elif frame.process == 2 and (first != 0 or high != 0):
        pass  # Refinements of progressive pictures: what counts the blocks is their first scan.
    else:
        _count_blocks(frame, parts, known, segments, state)
        frame.counted = True
    frame.scans += 1
    return at


def _segments(data: bytes, at: int) -> tuple[list[bytes], int]:
    """Coded bytes between restart markers, without stuffing, and the place of the marker that ends them."""
    found: list[bytes] = []
    start, flat = at, np.frombuffer(data, np.uint8)
    while True:
        end = _MARKER.match(data, found_at) if (found_at := next_marker(flat, at)) != NONE else None
        if end is None:
            raise _damaged("JPEG가 중간에 끊겼습니다", "the JPEG ends in the middle")
        marker = end.group()[-1]
        found.append(data[start : end.start()].replace(b"\xff\x00", b"\xff"))
        if not 0xD0 <= marker <= 0xD7:
            return found, end.start()
        if marker - 0xD0 != (len(found) - 1) % 8:
            raise _damaged("JPEG 재시작 표시의 순서가 맞지 않습니다", "the JPEG's restart markers are not in order")
        start = at = end.end()


def _units(frame: JpegFrame, parts: list[tuple[int, int, int]], known: dict[int, Component]) -> int:
    """How many minimum coded units a scan of blocks holds."""
    across, down = max(one.across for one in frame.components), max(one.down for one in frame.components)
    if len(parts) > 1:
        return -(-frame.width // (8 * across)) * -(-frame.height // (8 * down))
    part = known[parts[0][0]]
    width, height = -(-frame.width * part.across // across), -(-frame.height * part.down // down)
    return -(-width // 8) * -(-height // 8)


def _intervals(units: int, segments: list[bytes], restart: int) -> list[tuple[bytes, int]]:
    """Each piece with its units."""
    wanted = [units] if not restart else [restart] * (units // restart) + ([units % restart] if units % restart else [])
    if len(wanted) != len(segments):
        raise refusals.pixels_missing(len(wanted), len(segments))
    return list(zip(segments, wanted, strict=True))


def _count_lossless(
    frame: JpegFrame,
    components: list[Component],
    parts: list[tuple[int, int, int]],
    segments: list[bytes],
    state: _State,
) -> None:
    if len(components) != 1 or len(frame.components) != 1:
        raise refusals.unsupported(Text(ko="색이 있는 무손실 JPEG", en="lossless JPEG with colours"))
    codes = state.tables.get((0, parts[0][1]))
    if codes is None:
        raise _damaged("JPEG 부호표가 없습니다", "the JPEG lacks a code table")
    for piece, units in _intervals(frame.width * frame.height, segments, state.restart):
        _check_end(piece, lossless_end(_padded(piece), codes.bits, units))


def _count_blocks(
    frame: JpegFrame,
    parts: list[tuple[int, int, int]],
    known: dict[int, Component],
    segments: list[bytes],
    state: _State,
) -> None:
    only_dc = frame.process == 2
    order: list[tuple[int, int]] = []
    for name, dc, ac in parts:
        times = known[name].across * known[name].down if len(parts) > 1 else 1
        order += [(dc, ac)] * times
    if any((0, dc) not in state.tables or (not only_dc and (1, ac) not in state.tables) for dc, ac in order):
        raise _damaged("JPEG 부호표가 없습니다", "the JPEG lacks a code table")
    none = np.zeros(1 << 16, np.uint8)
    first = np.stack([state.tables[0, dc].bits for dc, _ in order])
    others = np.stack([none if only_dc else state.tables[1, ac].bits for _, ac in order])
    on = np.stack([none if only_dc else _coefficients_on(state.tables[1, ac].symbol) for _, ac in order])
    for piece, units in _intervals(_units(frame, parts, known), segments, state.restart):
        _check_end(piece, blocks_end(_padded(piece), first, others, on, only_dc, units))


def _coefficients_on(symbol: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """How many coefficients a code leads on; 64: end of block. A run of sixteen zeros has no value."""
    return np.where(symbol == 0, END_OF_BLOCK, (symbol >> 4) + 1).astype(np.uint8)


def _padded(piece: bytes) -> NDArray[np.uint8]:
    return np.frombuffer(piece + b"\xff" * PADDING, np.uint8)


def _check_end(piece: bytes, at: int) -> None:
    """All bits used, up to what fills the last byte: ones, or the zeros of some encoders. `at`: of `code_lengths`."""
    if at == NO_CODE:
        raise _no_code()
    if at == TOO_SHORT:
        raise _too_short()
    left = 8 * len(piece) - at
    if left < 0:
        raise _too_short()
    if left > 7:
        raise _damaged("JPEG에 화소보다 많은 내용이 있습니다", "the JPEG holds more than its pixels")
    if left and piece[-1] & ((1 << left) - 1) not in (0, (1 << left) - 1):
        raise _damaged("JPEG의 마지막 비트가 맞지 않습니다", "the last bits of the JPEG do not fit")


def _damaged(ko: str, en: str) -> Exception:
    return refusals.damaged(Text(ko=ko, en=en))


def _no_code() -> Exception:
    return _damaged("JPEG에 없는 부호가 나옵니다", "the JPEG holds a code that is not in its table")


def _too_short() -> Exception:
    return _damaged("JPEG의 화소가 모자랍니다", "the JPEG holds fewer pixels than its size says")
