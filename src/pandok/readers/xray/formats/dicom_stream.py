"""The stream of a DICOM file, walked element by element before anything is believed.

pydicom reads on over much that does not fit, and recurses where sequences nest. Here every length must lie in what
holds it, tags must rise, sequences must end where they say, nothing may be left over; the walk keeps its own stack.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field

from pydicom.datadict import dictionary_VR

from pandok.core.text import Text
from pandok.readers.xray.formats import refusals
from pandok.readers.xray.formats.limits import LIMITS, Limits

IMPLICIT, EXPLICIT, DEFLATED, BIG = (
    "1.2.840.10008.1.2",
    "1.2.840.10008.1.2.1",
    "1.2.840.10008.1.2.1.99",
    "1.2.840.10008.1.2.2",
)
PIXEL_DATA = 0x7FE00010
_LONG = frozenset((b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV"))
_SHORT = frozenset(
    (
        *(b"AE", b"AS", b"AT", b"CS", b"DA", b"DS", b"DT", b"FL", b"FD", b"IS"),
        *(b"LO", b"LT", b"PN", b"SH", b"SL", b"SS", b"ST", b"TM", b"UI", b"UL", b"US"),
    )
)
_UNDEFINED = 0xFFFFFFFF
_ITEM, _ITEM_END, _SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD


@dataclass
class Stream:
    """`plain`: the file with an inflated data set. `top`: tags of the data set with where they begin in it.
    `with_icons`: those in which compressed pixels nest."""

    transfer_syntax: str
    plain: bytes
    top: dict[int, int] = field(default_factory=dict)
    with_icons: set[int] = field(default_factory=set)
    odd_lengths: int = 0

    def without_icons(self) -> bytes:
        """The file without those elements. pydicom takes the end of such an icon for the end of its sequence, and loses
        all that follows, the pixels too (pydicom #2324)."""
        kept, tags = bytearray(), sorted(self.top, key=self.top.__getitem__)
        ends = [*(self.top[tag] for tag in tags[1:]), len(self.plain)]
        kept += self.plain[: self.top[tags[0]]] if tags else self.plain
        for tag, end in zip(tags, ends, strict=True):
            if tag not in self.with_icons:
                kept += self.plain[self.top[tag] : end]
        return bytes(kept)


@dataclass
class _Level:
    """`end` None where a delimiter ends it. `items`: a sequence or fragments, no data set. `last`: the tag before."""

    end: int | None
    items: bool
    fragments: bool = False
    last: int = -1
    explicit: bool = True


def walk(data: bytes, limits: Limits = LIMITS) -> Stream:
    """Raises ScanError: scan.damaged, scan.too_deep, scan.too_many_bytes, scan.unsupported."""
    if len(data) < 144 or data[128:132] != b"DICM":
        raise refusals.unknown_format()
    start, syntax = _meta(data)
    plain = data
    if syntax == DEFLATED:
        plain = data[:start] + _inflated(data[start:], limits.inflated_bytes)
    elif syntax == BIG:
        raise refusals.unsupported(Text(ko="빅 엔디언 DICOM", en="big-endian DICOM"))
    found = Stream(syntax, plain)
    _Walk(found, start, explicit=syntax != IMPLICIT, limits=limits).run()
    return found


def _meta(data: bytes) -> tuple[int, str]:
    """Where the data set begins, and its transfer syntax. The group is explicit and little-endian."""
    tag, kind, length = struct.unpack_from("<I2sH", data, 132)
    if _tag(tag) >> 16 != 2:
        raise _damaged("파일 머리글이 없습니다", "the header is missing")
    at, start, syntax, last = 132, len(data), "", 0x0001FFFF
    if _tag(tag) == 0x00020000:
        if kind != b"UL" or length != 4:
            raise _damaged("파일 머리글의 길이 항목이 맞지 않습니다", "the length of the header does not fit")
        at, start, last = 144, 144 + struct.unpack_from("<I", data, 140)[0], 0x00020000
    if start > len(data):
        raise _damaged("파일 머리글이 파일보다 깁니다", "the header is longer than the file")
    while at < start:
        if at + 8 > start:
            raise _ran_over(at)
        if start == len(data) and struct.unpack_from("<H", data, at)[0] != 2:
            start = at  # a header that does not say its length ends where its group does
            break
        raw, kind, length = struct.unpack_from("<I2sH", data, at)
        tag, at = _tag(raw), at + 8
        if kind in _LONG:
            if at + 4 > start:
                raise _ran_over(at)
            length, at = struct.unpack_from("<I", data, at)[0], at + 4
        elif kind not in _SHORT:
            raise _damaged("파일 머리글에 모르는 값 종류가 있습니다", "the header holds a value of an unknown kind")
        if tag >> 16 != 2 or tag <= last or at + length > start:
            raise _damaged("파일 머리글의 순서나 길이가 맞지 않습니다", "order or lengths of the header do not fit")
        if tag == 0x00020010:
            syntax = data[at : at + length].rstrip(b"\0 ").decode("ascii", "replace")
        at, last = at + length, tag
    if not syntax:
        raise _damaged("전송 구문이 없습니다", "the header names no transfer syntax")
    return start, syntax


def _inflated(packed: bytes, most: int) -> bytes:
    unpack = zlib.decompressobj(-15)
    try:
        plain = unpack.decompress(packed, most + 1)
    except zlib.error as error:
        raise _damaged("압축을 풀 수 없습니다", "the compressed part cannot be unpacked") from error
    if len(plain) > most:
        raise refusals.too_many_bytes(len(plain), most)
    # One byte makes the length even. Some writers leave the check sums of gzip or zlib behind: then they must be right.
    left = unpack.unused_data
    sums = (struct.pack("<II", zlib.crc32(plain), len(plain)), struct.pack(">I", zlib.adler32(plain)))
    if not unpack.eof or (len(left) > 1 and left not in (*sums, *(one + b"\0" for one in sums))):
        raise _damaged("압축된 부분이 중간에 끊겼습니다", "the compressed part ends in the middle")
    return plain


class _Walk:
    def __init__(self, found: Stream, start: int, *, explicit: bool, limits: Limits):
        self._found, self._data, self._at, self._limits = found, found.plain, start, limits
        self._stack = [_Level(len(found.plain), items=False, explicit=explicit)]
        self._elements = 0

    def run(self) -> None:
        while self._stack:
            level = self._stack[-1]
            if level.end is not None and self._at >= level.end:
                if self._at > level.end:
                    raise _ran_over(self._at)
                self._stack.pop()
            elif level.items:
                self._item(level)
            else:
                self._element(level)

    def _take(self, size: int) -> int:
        """The place before `size` more bytes of the innermost level that says its end."""
        at, end = self._at, next(one.end for one in reversed(self._stack) if one.end is not None)
        if at + size > end:
            raise _ran_over(at)
        self._at += size
        return at

    def _push(self, level: _Level) -> None:
        if len(self._stack) > 2 * self._limits.depth:
            raise refusals.too_deep(self._limits.depth)
        self._stack.append(level)

    def _item(self, level: _Level) -> None:
        raw, length = struct.unpack_from("<II", self._data, self._take(8))
        tag = _tag(raw)
        self._count()
        if tag == _SEQUENCE_END and level.end is None and length == 0:
            self._stack.pop()
        elif tag != _ITEM:
            raise _damaged("묶음 안에 항목이 아닌 것이 있습니다", "a sequence holds something that is no item")
        elif level.fragments:
            if length == _UNDEFINED:
                raise _damaged("압축 조각의 길이가 없습니다", "a fragment does not say its length")
            self._take(length)
        else:
            end = None if length == _UNDEFINED else self._bounded(length)
            self._push(_Level(end, items=False, explicit=level.explicit))

    def _bounded(self, length: int) -> int:
        end = self._at + length
        if end > next(one.end for one in reversed(self._stack) if one.end is not None):
            raise _ran_over(self._at)
        return end

    def _element(self, level: _Level) -> None:
        start = self._take(4)
        tag = _tag(struct.unpack_from("<I", self._data, start)[0])
        self._count()
        if tag == _ITEM_END and level.end is None:
            if struct.unpack_from("<I", self._data, self._take(4))[0]:
                raise _damaged("항목 끝 표시가 맞지 않습니다", "the end of an item does not fit")
            self._stack.pop()
            return
        if tag <= level.last or tag >> 16 in (0, 2, 0xFFFE):
            raise _damaged("항목의 순서가 맞지 않습니다", f"elements are not in their order (at byte {self._at:,})")
        level.last = tag
        kind, length = self._kind_and_length(tag, level.explicit)
        if len(self._stack) == 1:
            self._found.top[tag] = start
        if kind == b"SQ" or (length == _UNDEFINED and kind == b"UN"):
            # A sequence of unknown kind is written implicitly (PS3.5, 6.2.2).
            explicit = level.explicit and kind == b"SQ"
            end = None if length == _UNDEFINED else self._bounded(length)
            self._push(_Level(end, items=True, explicit=explicit))
        elif length == _UNDEFINED:
            if tag != PIXEL_DATA:
                raise _damaged("길이가 없는 항목이 있습니다", "an element does not say its length")
            if len(self._stack) > 1:
                self._found.with_icons.add(next(reversed(self._found.top)))
            self._push(_Level(None, items=True, fragments=True))
        else:
            self._found.odd_lengths += length & 1
            self._take(length)

    def _kind_and_length(self, tag: int, explicit: bool) -> tuple[bytes, int]:
        if not explicit:
            length = struct.unpack_from("<I", self._data, self._take(4))[0]
            kind = _kind_of(tag)
            if length == _UNDEFINED and kind != b"SQ" and tag != PIXEL_DATA:
                kind = b"UN"
            return kind, length
        at = self._take(4)
        kind = self._data[at : at + 2]
        if kind in _SHORT:
            return kind, struct.unpack_from("<H", self._data, at + 2)[0]
        if kind not in _LONG or self._data[at + 2 : at + 4] != b"\0\0":
            raise _damaged("모르는 값 종류가 있습니다", f"a value is of an unknown kind (at byte {at:,})")
        return kind, struct.unpack_from("<I", self._data, self._take(4))[0]

    def _count(self) -> None:
        self._elements += 1
        if self._elements > self._limits.elements:
            raise refusals.too_costly()


def _kind_of(tag: int) -> bytes:
    try:
        return dictionary_VR(tag)[:2].encode()
    except KeyError:
        return b"UN"


def _tag(raw: int) -> int:
    """Group before element, from the little-endian pair."""
    return (raw & 0xFFFF) << 16 | raw >> 16


def _damaged(ko: str, en: str) -> Exception:
    return refusals.damaged(Text(ko=ko, en=en))


def _ran_over(at: int) -> Exception:
    return _damaged(f"{at:,}번째 바이트에서 길이가 맞지 않습니다", f"a length does not fit (at byte {at:,})")
