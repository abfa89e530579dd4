"""Pixels of a DICOM file: only where rows, columns, bits, frames and the bytes that are there agree."""

from __future__ import annotations

import struct
import warnings
from dataclasses import dataclass
from typing import Any

import imagecodecs
import numpy as np
from numpy.typing import NDArray
from pydicom import Dataset
from pydicom.encaps import generate_frames

from pandok.core.text import Text
from pandok.readers.xray.formats import refusals
from pandok.readers.xray.formats.dicom_stream import DEFLATED, EXPLICIT, IMPLICIT, PIXEL_DATA
from pandok.readers.xray.formats.dicom_values import Values
from pandok.readers.xray.formats.jpeg_stream import check_jpeg
from pandok.readers.xray.formats.limits import Limits

NATIVE = {IMPLICIT, EXPLICIT, DEFLATED}
JPEG_LOSSLESS = {"1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.4.70"}
JPEG_LS, RLE = "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.5"
LOSSY = {
    *("1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51", "1.2.840.10008.1.2.4.81"),
    *("1.2.840.10008.1.2.4.91", "1.2.840.10008.1.2.4.203"),
}
GREY = ("MONOCHROME1", "MONOCHROME2")


@dataclass(frozen=True)
class Shape:
    """As the file says it. `bits`: stored; `size`: bytes of one allocated value; `samples`: 1, or 3 for colours."""

    frames: int
    rows: int
    columns: int
    samples: int
    bits: int
    size: int
    signed: bool
    photometric: str
    by_plane: bool

    @property
    def frame_values(self) -> int:
        return self.rows * self.columns * self.samples

    @property
    def dtype(self) -> np.dtype[Any]:
        return np.dtype(("<i" if self.signed else "<u") + str(self.size))


def said_shape(values: Values, limits: Limits) -> Shape:
    """Raises ScanError: scan.disagrees, scan.unsupported, scan.damaged, scan.too_many_pixels."""
    rows, columns = values.whole(0x00280010), values.whole(0x00280011)
    allocated, stored, high = (values.whole(tag) for tag in (0x00280100, 0x00280101, 0x00280102))
    signed, samples = values.whole(0x00280103), values.whole(0x00280002)
    frames = values.whole(0x00280008) if values.has(0x00280008) else 1
    if not rows or not columns or not frames or min(rows, columns, frames) < 1:
        raise _damaged("영상의 크기가 없습니다", "the file does not say the size of its image")
    photometric = values.text(0x00280004)
    if samples not in (1, 3) or (samples == 3) != (photometric == "RGB"):
        raise refusals.unsupported(Text(ko=f"색 방식 {photometric[:30]!r}", en=f"colours {photometric[:30]!r}"))
    if photometric not in (*GREY, "PALETTE COLOR", "RGB"):
        raise refusals.unsupported(Text(ko=f"색 방식 {photometric[:30]!r}", en=f"colours {photometric[:30]!r}"))
    if allocated not in (8, 16) or not stored or stored > allocated or (samples == 3 and stored != 8):
        raise refusals.unsupported(
            Text(ko=f"{allocated}비트 중 {stored}비트 화소", en=f"pixels of {stored} in {allocated} bits")
        )
    if high != stored - 1 or signed not in (0, 1):
        raise refusals.disagrees(Text(ko="비트 설명", en="what it says of its bits"))
    shape_word = values.text(0x20500020)
    # PS3.3, C.8.11.1: the one says the other.
    contrary = {"MONOCHROME1": "IDENTITY", "MONOCHROME2": "INVERSE"}
    if contrary.get(photometric) == shape_word:
        raise refusals.disagrees(Text(ko="밝고 어두움의 방향", en="which way is bright"))
    plane = values.whole(0x00280006) or 0
    if frames * rows * columns > limits.pixels:
        raise refusals.too_many_pixels(frames * rows * columns, limits.pixels)
    per_frame = values.items(0x52009230)
    if per_frame and len(per_frame) != frames:
        raise refusals.shape_disagrees(f"{frames}", f"{len(per_frame)}")
    return Shape(frames, rows, columns, samples, stored, allocated // 8, signed == 1, photometric, plane == 1)


def pixels_of(data_set: Dataset, shape: Shape, transfer_syntax: str, limits: Limits) -> NDArray[Any]:
    """(frames, rows, columns) or (frames, rows, columns, 3), in the byte order of the machine.

    Raises ScanError: scan.no_pixels, scan.pixels_missing, scan.shape_disagrees, scan.damaged, scan.unsupported,
    scan.lossy.
    """
    raw = data_set[PIXEL_DATA].value if PIXEL_DATA in data_set else None
    if not isinstance(raw, bytes) or not raw:
        raise refusals.no_pixels()
    if transfer_syntax in NATIVE:
        found = _native(raw, shape)
    elif transfer_syntax in LOSSY:
        raise refusals.lossy(transfer_syntax)
    elif transfer_syntax in JPEG_LOSSLESS | {JPEG_LS, RLE}:
        pieces = [_decoded(one, shape, transfer_syntax, limits) for one in _frames(raw, shape.frames)]
        found = np.stack(pieces)
    else:
        raise refusals.unsupported(Text(ko=f"전송 구문 {transfer_syntax}", en=f"transfer syntax {transfer_syntax}"))
    most = int(found.max()) if not shape.signed else max(int(found.max()), -int(found.min()) - 1)
    if most >= 1 << (shape.bits - int(shape.signed)):
        raise refusals.disagrees(
            Text(ko=f"{shape.bits}비트를 넘는 화소가 있습니다", en=f"it holds pixels of more than {shape.bits} bits")
        )
    return found.astype(shape.dtype.newbyteorder("="), copy=False)


def _native(raw: bytes, shape: Shape) -> NDArray[Any]:
    wanted = shape.frames * shape.frame_values * shape.size
    if len(raw) not in (wanted, wanted + (wanted & 1)):
        raise refusals.pixels_missing(wanted, len(raw))
    flat = np.frombuffer(raw, shape.dtype, shape.frames * shape.frame_values)
    if shape.samples == 1:
        return flat.reshape(shape.frames, shape.rows, shape.columns)
    if shape.by_plane:
        return flat.reshape(shape.frames, 3, shape.rows, shape.columns).transpose(0, 2, 3, 1)
    return flat.reshape(shape.frames, shape.rows, shape.columns, 3)


def _frames(raw: bytes, frames: int) -> list[bytes]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = list(generate_frames(raw, number_of_frames=frames))
    except Exception as error:
        raise _damaged("압축 조각을 나눌 수 없습니다", "the compressed frames cannot be told apart") from error
    if len(found) != frames:
        raise refusals.pixels_missing(frames, len(found))
    return found


def _decoded(frame: bytes, shape: Shape, transfer_syntax: str, limits: Limits) -> NDArray[Any]:
    if shape.samples != 1:
        raise refusals.unsupported(Text(ko="압축된 색 화소", en="compressed pixels with colours"))
    if transfer_syntax == RLE:
        return _run_lengths(frame, shape)
    if transfer_syntax == JPEG_LS:
        found = _by_library(imagecodecs.jpegls_decode, frame)
    else:
        # Another maker's library leaves bytes of the frame before behind the end of a shorter one.
        head = check_jpeg(frame, most_pixels=limits.pixels, padding=len(frame))
        if head.process != 3:
            raise refusals.lossy(transfer_syntax)
        if (head.height, head.width) != (shape.rows, shape.columns):
            raise refusals.shape_disagrees(f"{shape.rows} x {shape.columns}", f"{head.height} x {head.width}")
        if head.precision > 8 * shape.size:
            raise refusals.disagrees(Text(ko="비트 설명", en="what it says of its bits, twice"))
        found = _by_library(imagecodecs.jpeg8_decode, frame)
    if found.shape != (shape.rows, shape.columns):
        raise refusals.shape_disagrees(f"{shape.rows} x {shape.columns}", " x ".join(map(str, found.shape)))
    if found.dtype.itemsize > shape.size:
        raise refusals.disagrees(Text(ko="비트 설명", en="what it says of its bits, twice"))
    wide = found.astype(f"u{shape.size}")
    return wide.view(f"i{shape.size}") if shape.signed else wide


def _by_library(decode: Any, frame: bytes) -> NDArray[Any]:
    try:
        found: NDArray[Any] = decode(frame)
    except MemoryError:
        raise
    except Exception as error:  # each codec has an error of its own
        raise _damaged("압축된 화소를 풀 수 없습니다", "the compressed pixels cannot be decoded") from error
    return found


def _run_lengths(frame: bytes, shape: Shape) -> NDArray[Any]:
    """PS3.5, annex G: planes of bytes, the highest first."""
    if len(frame) < 64:
        raise _damaged("RLE 머리글이 없습니다", "the run-length header is missing")
    number, *offsets = struct.unpack_from("<16I", frame)
    starts = offsets[:number]
    if number != shape.size or starts != sorted(set(starts)) or starts[0] != 64 or starts[-1] > len(frame):
        raise _damaged("RLE 구간이 맞지 않습니다", "the run-length segments do not fit")
    planes = []
    for start, end in zip(starts, [*starts[1:], len(frame)], strict=True):
        plane = _unpacked(frame[start:end], shape.rows * shape.columns)
        planes.append(np.frombuffer(plane, np.uint8).reshape(shape.rows, shape.columns))
    joined = planes[0].astype(f"u{shape.size}")
    for lower in planes[1:]:
        joined = joined << 8 | lower
    return joined.view(f"i{shape.size}") if shape.signed else joined


def _unpacked(packed: bytes, wanted: int) -> bytes:
    found, at = bytearray(), 0
    while at < len(packed) and len(found) < wanted:
        head = packed[at]
        at += 1
        if head < 128:
            found += packed[at : at + head + 1]
            at += head + 1
        elif head > 128:
            found += packed[at : at + 1] * (257 - head)
            at += 1
    if len(found) != wanted or at > len(packed) or len(packed) - at > 1:
        raise refusals.pixels_missing(wanted, len(found))
    return bytes(found)


def palette_of(values: Values) -> tuple[NDArray[np.uint16], int, int]:
    """(n, 3) uint16, the value of its first row, and bits of an entry. Raises ScanError scan.damaged, scan.unsupported.

    Entries of 8 bits come as bytes or as words, with the byte once or twice in the word; of 16 bits as words.
    """
    said = [values.numbers(0x00281101 + i) for i in range(3)]
    if values.has(0x00281221):
        raise refusals.unsupported(Text(ko="나누어 적은 색표", en="a segmented palette"))
    if any(len(one) != 3 or one != said[0] for one in said):
        raise _damaged("색표 설명이 서로 다릅니다", "the three parts of the palette differ")
    number, first, bits = int(said[0][0]) or 65536, int(said[0][1]), int(said[0][2])
    if bits not in (8, 16) or not 1 <= number <= 65536:
        raise _damaged("색표 크기가 맞지 않습니다", "the size of the palette does not fit")
    parts = []
    for i in range(3):
        raw = values.raw(0x00281201 + i)
        if not isinstance(raw, bytes):
            raise _damaged("색표가 없습니다", "the palette is missing")
        if len(raw) == 2 * number:
            words = np.frombuffer(raw, "<u2")
            parts.append(words & 0xFF if bits == 8 else words)
        elif bits == 8 and len(raw) in (number, number + (number & 1)):
            parts.append(np.frombuffer(raw, np.uint8, number).astype("<u2"))
        else:
            raise _damaged("색표 길이가 맞지 않습니다", "the palette is longer or shorter than it says")
    return np.stack(parts, axis=1).astype(np.uint16), first, bits


def _damaged(ko: str, en: str) -> Exception:
    return refusals.damaged(Text(ko=ko, en=en))
