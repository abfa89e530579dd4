"""TIFF of 8 or 16 bits, or of transmission in float32: a page an energy, or the slices of a volume.

tifffile parses the directories. Strips are unpacked here, because what is too short would be filled there with zeros:
each must give exactly the rows that it stands for, lie in the file, and share no byte with anything else.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import logging
import zlib
from typing import Any, Literal

import imagecodecs
import numpy as np
import tifffile
from numpy.typing import NDArray

from pandok.core.errors import ScanError
from pandok.core.foreign_bytes import about_to_parse
from pandok.core.text import Text
from pandok.readers.xray.formats import refusals
from pandok.readers.xray.formats.limits import LIMITS, Limits
from pandok.readers.xray.formats.png import few_bits
from pandok.readers.xray.formats.sidecar import Sidecar, with_sidecar
from pandok.readers.xray.scan import Energy, Layer, Scan, ScanFacts, ScanImage, ScanKind, ScanRemark, locked

MOST_PAGES = 4_096
HIGHEST_TRANSMISSION = 2.0
_NONE, _LZW, _PACKBITS, _DEFLATE = {1}, {5}, {32773}, {8, 32946}


def read_tiff(data: bytes, *, sidecar: Sidecar | None = None, limits: Limits = LIMITS) -> Scan:
    """One page: one image. Two pages: low and high energy, said in a remark where no sidecar says it.

    float32 is `TRANSMISSION`, colours are a `PICTURE`, all else `COUNTS`. Raises ScanError.
    """
    about_to_parse("scan")
    logging.getLogger("tifffile").setLevel(logging.CRITICAL)
    try:
        with tifffile.TiffFile(io.BytesIO(data)) as file:
            pages = _pages(file)
            _check_places(file, pages, len(data))
            if sum(_numbers(page)[0] * _numbers(page)[1] for page in pages) > limits.pixels:
                raise refusals.too_many_pixels(sum(_numbers(one)[0] * _numbers(one)[1] for one in pages), limits.pixels)
            volume = sidecar is not None and sidecar.slices > 0
            found = [_pixels(data, page, file.byteorder, signed_too=volume) for page in pages]
            white_is_zero = any(int(page.photometric) == 0 for page in pages)
    except (ScanError, MemoryError):
        raise
    except Exception as error:  # what tifffile raises on damaged directories
        raise refusals.damaged(
            Text(ko="TIFF 목록을 읽을 수 없습니다", en="the TIFF's directory cannot be read")
        ) from error
    if any(one.shape != found[0].shape or one.dtype != found[0].dtype for one in found):
        raise refusals.shape_disagrees(*(" x ".join(map(str, one.shape)) for one in (found[0], found[-1])))
    return _scan(data, found, sidecar, white_is_zero=white_is_zero)


def _scan(data: bytes, found: list[NDArray[Any]], sidecar: Sidecar | None, *, white_is_zero: bool) -> Scan:
    remarks: list[ScanRemark] = []
    kind = _kind(found[0])
    bits = 8 * found[0].dtype.itemsize
    if white_is_zero:
        remarks.append(
            refusals.remark(
                "scan.white_is_zero",
                "큰 값이 어두운 영상입니다. 값은 그대로 두었습니다.",
                "High values are dark; values are kept.",
            )
        )
    remarks += few_bits(kind, bits)
    facts = ScanFacts(format="TIFF", kind=kind, sha256=hashlib.sha256(data).hexdigest())
    if sidecar is not None:
        if sidecar.slices:
            found = [np.stack(found)]
        plain = tuple(ScanImage(Layer(bits=bits), locked(one)) for one in found)
        return with_sidecar(Scan(facts.model_copy(update={"remarks": tuple(remarks)}), plain), sidecar)
    if len(found) > 2:
        raise refusals.unsupported(
            Text(ko=f"설명 파일 없는 {len(found)}쪽 TIFF", en=f"a TIFF without a .json file, pages: {len(found)}")
        )
    energies = (Energy.UNKNOWN,) if len(found) == 1 else (Energy.LOW, Energy.HIGH)
    if len(found) == 2:
        remarks.append(
            refusals.remark(
                "scan.energies_assumed",
                "첫 쪽을 저에너지, 둘째 쪽을 고에너지로 보았습니다.",
                "The first page was taken as the low energy, the second as the high one.",
            )
        )
    images = tuple(
        ScanImage(Layer(bits=bits, energy=energy), locked(one)) for one, energy in zip(found, energies, strict=True)
    )
    return Scan(facts.model_copy(update={"remarks": tuple(remarks)}), images)


def _kind(pixels: NDArray[Any]) -> ScanKind:
    if pixels.ndim == 3:
        return ScanKind.PICTURE
    return ScanKind.TRANSMISSION if pixels.dtype == np.float32 else ScanKind.COUNTS


def _pages(file: tifffile.TiffFile) -> list[Any]:
    pages = []
    for page in file.pages:
        pages.append(page)
        if len(pages) > MOST_PAGES:
            raise refusals.too_costly()
    if not pages or any(not isinstance(page, tifffile.TiffPage) for page in pages):
        raise _damaged("TIFF에 쪽이 없습니다", "the TIFF holds no page")
    return pages


def _numbers(page: Any) -> tuple[int, int, int]:
    """Rows, columns, samples of a pixel, as the tags say them."""
    return int(page.imagelength), int(page.imagewidth), int(page.samplesperpixel)


def _check_places(file: tifffile.TiffFile, pages: list[Any], size: int) -> None:
    """Everything that the file names lies in it, and nothing twice."""
    used = [(0, 16 if file.is_bigtiff else 8)]
    entry, around = (20, 16) if file.is_bigtiff else (12, 6)
    for page in pages:
        codes = [tag.code for tag in page.tags]
        if codes != sorted(set(codes)):
            raise _damaged("TIFF 항목의 순서가 맞지 않습니다", "entries of the TIFF are not in their order")
        used.append((page.offset, page.offset + around + entry * len(codes)))
        for tag in page.tags:
            if tag.valuebytecount > (8 if file.is_bigtiff else 4):
                used.append((tag.valueoffset, tag.valueoffset + tag.valuebytecount))
        used += [(start, start + length) for start, length in zip(page.dataoffsets, page.databytecounts, strict=True)]
    used.sort()
    if any(start < before for (_, before), (start, _) in itertools.pairwise(used)):
        raise _damaged("TIFF의 구간이 겹칩니다", "parts of the TIFF lie over each other")
    if used[-1][1] > size or size - used[-1][1] > 1:
        raise refusals.pixels_missing(used[-1][1], size)


def _pixels(data: bytes, page: Any, byte_order: Literal["<", ">"], *, signed_too: bool) -> NDArray[Any]:
    rows, columns, samples = _numbers(page)
    dtype = _dtype(page, samples, signed_too=signed_too)
    _check_form(page)
    wide = columns * samples * dtype.itemsize
    per_strip = int(page.rowsperstrip) or rows
    starts = range(0, rows, min(per_strip, rows))
    if len(starts) != len(page.dataoffsets) or len(starts) != len(page.databytecounts):
        raise refusals.pixels_missing(len(starts), len(page.dataoffsets))
    strips = []
    for start, offset, length in zip(starts, page.dataoffsets, page.databytecounts, strict=True):
        high = min(per_strip, rows - start)
        plain = _unpacked(data[offset : offset + length], int(page.compression), high * wide)
        strips.append(np.frombuffer(plain, dtype.newbyteorder(byte_order)).reshape(high, columns, samples))
    found = np.concatenate(strips).astype(dtype, copy=False)
    if int(page.predictor) == 2:
        # Differences were taken within a row, in the numbers of the file; they wrap.
        found = np.cumsum(found, axis=1, dtype=dtype)
    # Written so that a value which is no number fails too.
    if dtype == np.float32 and not ((found >= 0) & (found <= HIGHEST_TRANSMISSION)).all():
        raise _damaged("투과율이 아닌 값이 있습니다", "it holds values that are no transmission")
    return found[:, :, 0] if samples == 1 else found


def _dtype(page: Any, samples: int, *, signed_too: bool) -> np.dtype[Any]:
    bits, form, colours = page.bitspersample, int(page.sampleformat), int(page.photometric)
    if samples == 3 and (bits, form, colours, int(page.planarconfig)) == (8, 1, 2, 1):
        return np.dtype(np.uint8)
    if samples == 1 and colours in (0, 1) and (bits, form) in ((8, 1), (16, 1), (32, 3)):
        return np.dtype(np.float32 if form == 3 else f"u{bits // 8}")
    if signed_too and samples == 1 and colours == 1 and (bits, form) == (16, 2):
        return np.dtype(np.int16)
    raise refusals.unsupported(
        Text(
            ko=f"TIFF {bits}비트, 색 방식 {colours}, 성분 {samples}",
            en=f"TIFF, bits {bits}, colours {colours}, samples {samples}",
        )
    )


def _check_form(page: Any) -> None:
    turned = page.tags.get(274)
    if page.is_tiled:
        raise refusals.unsupported(Text(ko="타일로 나눈 TIFF", en="a TIFF in tiles"))
    if turned is not None and turned.value != 1:
        raise refusals.unsupported(Text(ko="돌려 저장한 TIFF", en="a TIFF that is stored turned"))
    if int(page.fillorder) != 1 or int(page.predictor) not in (1, 2):
        raise refusals.unsupported(Text(ko="TIFF 비트 순서 또는 예측 방식", en="bit order or predictor of the TIFF"))
    if int(page.compression) not in _NONE | _LZW | _PACKBITS | _DEFLATE:
        raise refusals.unsupported(
            Text(ko=f"TIFF 압축 {int(page.compression)}", en=f"TIFF compression {int(page.compression)}")
        )


def _unpacked(packed: bytes, compression: int, wanted: int) -> bytes:
    if compression in _NONE:
        plain = packed
    elif compression in _DEFLATE:
        unpack = zlib.decompressobj()
        try:
            plain = unpack.decompress(packed, wanted + 1)
            if len(plain) <= wanted and not unpack.eof:
                plain += unpack.decompress(unpack.unconsumed_tail, 1)
        except zlib.error as error:
            raise refusals.checksum() from error
        if not unpack.eof or len(unpack.unused_data) > 1:
            raise refusals.pixels_missing(wanted, len(plain))
    else:
        decode = imagecodecs.lzw_decode if compression in _LZW else imagecodecs.packbits_decode
        try:
            plain = bytes(decode(packed, out=wanted + 4096))
        except MemoryError:
            raise
        except Exception as error:  # each codec has an error of its own
            raise _damaged("TIFF 화소를 풀 수 없습니다", "the TIFF's pixels cannot be unpacked") from error
    if len(plain) != wanted:
        raise refusals.pixels_missing(wanted, len(plain))
    return plain


def _damaged(ko: str, en: str) -> Exception:
    return refusals.damaged(Text(ko=ko, en=en))
