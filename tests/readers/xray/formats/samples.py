"""Small scans of every form, drawn here, with what a right reading gives."""

from __future__ import annotations

import io
import json
import struct
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache

import imagecodecs
import numpy as np
import pydicom
import tifffile
from numpy.typing import NDArray
from PIL import Image
from pydicom.encaps import encapsulate
from pydicom.filewriter import dcmwrite

from pandok.readers.xray.formats.dicos_write import write_dicos
from pandok.readers.xray.formats.reading import NamedBytes, read_files
from pandok.readers.xray.formats.sidecar import RawShape, Sidecar, sealed
from pandok.readers.xray.formats.tiff_write import write_tiff
from pandok.readers.xray.scan import (
    Assessment,
    Energy,
    Layer,
    Reference,
    Report,
    Scan,
    ScanFacts,
    ScanImage,
    ScanKind,
    Threat,
    locked,
)

NOW = datetime(2026, 11, 29, 3, 4, 5, tzinfo=UTC)


def bag(rows: int = 48, columns: int = 70, seed: int = 1) -> NDArray[np.uint16]:
    """Air, a box, a bar, and noise: 16 bits."""
    noise = np.random.default_rng(seed)
    drawn = np.full((rows, columns), 60_000.0)
    drawn[rows // 5 : -rows // 5, columns // 6 : -columns // 6] *= 0.4
    drawn[rows // 3 : rows // 2, columns // 4 : columns // 2] *= 0.1
    return np.clip(noise.normal(drawn, np.sqrt(drawn)), 0, 65_535).astype(np.uint16)


def counts(*energies: Energy) -> Scan:
    images = tuple(
        ScanImage(Layer(energy=energy, kv=160.0, pitch_mm=(1.25, 1.5), air_counts=60_000.0), locked(bag(seed=number)))
        for number, energy in enumerate(energies or (Energy.UNKNOWN,), 1)
    )
    return Scan(
        ScanFacts(format="", kind=ScanKind.COUNTS, site="부산 신항", taken_at=NOW, object_type="BAGGAGE"), images
    )


def volume() -> Scan:
    pixels = np.stack([bag(20, 24, seed) for seed in range(7)])
    image = ScanImage(Layer(energy=Energy.HIGH, slice_mm=2.0, pitch_mm=(1.0, 1.0)), locked(pixels))
    return Scan(ScanFacts(format="", kind=ScanKind.VOLUME, object_type="BAGGAGE"), (image,))


def palette() -> Scan:
    colours = (np.arange(128)[:, None] * np.array([2, 1, 0]) + 1).astype(np.uint16)
    image = ScanImage(Layer(), locked((bag() >> 9).astype(np.uint16)), locked(colours), 0, 8)
    return Scan(ScanFacts(format="", kind=ScanKind.PALETTE, object_type="CARGO"), (image,))


def report() -> Scan:
    mask = np.zeros((2, 5, 9), bool)
    mask[0, 1:4, 2:7] = True
    threats = tuple(
        Threat(
            object_id=number,
            base=(1.0, 2.0, 3.0),
            extents=(9.0, 5.0, 2.0),
            mask=0 if number == 1 else None,
            images=(Reference(sop_class="1.2.840.10008.5.1.4.1.1.501.2.2", instance_uid="1.2.3.4"),),
            assessments=(Assessment(flag="THREAT", category="PI", description="bottle", probability=0.9),),
        )
        for number in (1, 2)
    )
    told = Report(decision="CLEAR", objects_said=2, alarms_said=1, made_by="MACHINE", threats=threats)
    return Scan(ScanFacts(format="", kind=ScanKind.REPORT, object_type="BAGGAGE", report=told), (), (locked(mask),))


def without_block(data: bytes) -> bytes:
    """As another maker would write it: without Pandok's check sums."""
    one = pydicom.dcmread(io.BytesIO(data))
    one.remove_private_tags()
    one.file_meta.ImplementationClassUID = pydicom.uid.UID("1.2.3")
    one.file_meta.ImplementationVersionName = "ANOTHER"
    target = io.BytesIO()
    dcmwrite(target, one, enforce_file_format=True)
    return target.getvalue()


def with_syntax(data: bytes, syntax: str, frames: list[bytes] | None = None, *, implicit: bool = False) -> bytes:
    """The same data set in another transfer syntax."""
    one = pydicom.dcmread(io.BytesIO(data))
    one.file_meta.TransferSyntaxUID = pydicom.uid.UID(syntax)
    if frames is not None:
        one.PixelData = encapsulate(frames)
        one["PixelData"].VR = "OB"
        one["PixelData"].is_undefined_length = True
    target = io.BytesIO()
    dcmwrite(target, one, implicit_vr=implicit, little_endian=True, enforce_file_format=True)
    return target.getvalue()


def run_length_coded(pixels: NDArray[np.uint16]) -> bytes:
    """PS3.5, annex G, with pydicom's encoder."""
    from pydicom.pixels.encoders import RLELosslessEncoder

    return next(
        iter(
            RLELosslessEncoder.iter_encode(
                pixels,
                rows=pixels.shape[0],
                columns=pixels.shape[1],
                samples_per_pixel=1,
                bits_allocated=16,
                bits_stored=16,
                pixel_representation=0,
                photometric_interpretation="MONOCHROME2",
                number_of_frames=1,
            )
        )
    )


def colours(rows: int = 64, columns: int = 80) -> NDArray[np.uint8]:
    drawn = np.repeat(bag(rows, columns)[:, :, None] >> 8, 3, axis=2) * np.array([255, 200, 120]) // 255
    return drawn.astype(np.uint8)


def png(pixels: NDArray[np.generic]) -> bytes:
    return bytes(imagecodecs.png_encode(pixels))


def jpeg(**options: object) -> bytes:
    target = io.BytesIO()
    Image.fromarray(colours()).save(target, "JPEG", quality=88, **options)
    return target.getvalue()


def tiff(*pages: NDArray[np.generic], **options: object) -> bytes:
    target = io.BytesIO()
    with tifffile.TiffWriter(target) as file:
        for page in pages:
            file.write(page, metadata=None, **options)
    return target.getvalue()


def lzw(page: NDArray[np.uint16]) -> bytes:
    target = io.BytesIO()
    Image.fromarray(page).save(target, "TIFF", compression="tiff_lzw")
    return target.getvalue()


HCV = (
    "<DataForm><Version>V01.07</Version><TruckId>1</TruckId><Site>990004</Site><Date>2026-03-15T22:46:40.997Z</Date>"
    "<InTraining>0</InTraining><InReference>0</InReference><AdminData><Vehicle><PlateNumber>12가3456</PlateNumber>"
    "<OCR>97</OCR><Trailers><Trailer><PlateNumber/><OCR>-1</OCR><Containers><Container><ContainerId>CSQU3054383"
    "</ContainerId><OCR>99</OCR></Container><Container><ContainerId>TSTU1000410</ContainerId><OCR>-1</OCR></Container>"
    "</Containers></Trailer></Trailers></Vehicle></AdminData><ProcessInstructions><IsContainerEmpty>0</IsContainerEmpty>"
    "</ProcessInstructions><Operations><Operation Type='1'><Start>2026-03-15T22:46:12Z</Start><Site>990004</Site>"
    "<Verdict Value='2'>2</Verdict></Operation><Operation Type='3'><Start>2026-03-15T22:46:43.823Z</Start>"
    "<Login>OPERATOR06</Login><Workstation>WS01</Workstation></Operation></Operations></DataForm>"
)


@dataclass(frozen=True)
class Sample:
    """`files`: of one scan; `aim`: which of them is corrupted. `guarded`: a check sum stands over the pixels; where it
    does not, bytes from `pixels_from` on may come out changed, never fewer or in another shape."""

    name: str
    files: tuple[NamedBytes, ...]
    guarded: bool = False
    pixels_from: int = 0
    aim: int = 0
    truth: Scan = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "truth", read_files(self.files))


def _one(name: str, data: bytes, *, pixels: bytes | None = None, guarded: bool = False) -> Sample:
    start = data.index(pixels) if pixels is not None else len(data)
    return Sample(name, (NamedBytes(name, data),), guarded, start)


@cache
def samples() -> tuple[Sample, ...]:
    plain, dual = counts(), counts(Energy.LOW, Energy.HIGH)
    pixels = plain.images[0].pixels
    raw_pixels = pixels.astype("<u2").tobytes()
    own, own_squeezed = write_dicos(plain, now=NOW)[0], write_dicos(plain, now=NOW, compressed=True)[0]
    native, squeezed = without_block(own), without_block(own_squeezed)
    rle, jpeg_ls = run_length_coded(pixels), bytes(imagecodecs.jpegls_encode(pixels))
    deflated = with_syntax(native, "1.2.840.10008.1.2.1.99")
    implicit = with_syntax(native, "1.2.840.10008.1.2", implicit=True)
    volume_native = without_block(write_dicos(volume(), now=NOW)[0])
    volume_squeezed = without_block(write_dicos(volume(), now=NOW, compressed=True)[0])
    painted, told = (without_block(write_dicos(one, now=NOW)[0]) for one in (palette(), report()))
    beside = sealed(Sidecar(pandok_scan=1, raw=RawShape(rows=48, columns=70)))
    summed = sealed(Sidecar(pandok_scan=1, raw=RawShape(rows=48, columns=70), sha256=_sha256(raw_pixels)))
    written, its_json = write_tiff(dual)
    page = tiff(pixels)
    lossless = squeezed.index(b"\xff\xda")
    first_slice = volume_squeezed.index(b"\xff\xda")
    utf16 = b"\xff\xfe" + HCV.encode("utf-16-le")
    found = [
        _one("dx.dcs", native, pixels=raw_pixels[:64]),
        Sample("dx-lossless.dcs", (NamedBytes("a.dcs", squeezed),), pixels_from=lossless),
        # What is deflated has no check sum either, and everything stands in it.
        Sample("dx-deflated.dcs", (NamedBytes("a.dcs", deflated),), pixels_from=300),
        _one("dx-implicit.dcm", implicit, pixels=raw_pixels[:64]),
        _one("dx-rle.dcm", with_syntax(native, "1.2.840.10008.1.2.5", [rle]), pixels=rle[64:128]),
        Sample(
            "dx-jpeg-ls.dcm",
            (NamedBytes("a.dcm", with_syntax(native, "1.2.840.10008.1.2.4.80", [jpeg_ls])),),
            pixels_from=native.index(raw_pixels[:64]) - 12,
        ),
        _one("ct.dcs", volume_native, pixels=volume().images[0].pixels.astype("<u2").tobytes()[:64]),
        Sample("ct-lossless.dcs", (NamedBytes("a.dcs", volume_squeezed),), pixels_from=first_slice),
        _one("palette.dcs", painted, pixels=(palette().images[0].palette[:, 0] * 257).astype("<u2").tobytes()),
        _one("own.dcs", own, guarded=True),
        _one("own-lossless.dcs", own_squeezed, guarded=True),
        Sample("report.dcs", (NamedBytes("a.dcs", told),), pixels_from=0),
        _one("own-report.dcs", write_dicos(report(), now=NOW)[0], guarded=True),
        _one("plain.tif", page, pixels=raw_pixels[:64]),
        _one("deflated.tif", tiff(pixels, dual.images[1].pixels, compression="zlib"), guarded=True),
        Sample("lzw.tif", (NamedBytes("a.tif", lzw(pixels)),), pixels_from=8),
        _one(
            "transmission.tif", tiff((pixels / np.float32(60_000)).astype(np.float32), compression="zlib"), guarded=True
        ),
        Sample("dual.tif", (NamedBytes("a.tif", written), NamedBytes("a.json", its_json)), guarded=True),
        Sample("dual.json", (NamedBytes("a.tif", written), NamedBytes("a.json", its_json)), guarded=True, aim=1),
        _one("grey.png", png(pixels), guarded=True),
        Sample(
            "dual.png",
            (NamedBytes("a_low.png", png(pixels)), NamedBytes("a_high.png", png(dual.images[1].pixels))),
            guarded=True,
            aim=1,
        ),
        _one("colours.png", png(colours()), guarded=True),
        Sample("raw", (NamedBytes("a.raw", raw_pixels), NamedBytes("a.json", beside))),
        Sample("raw-summed", (NamedBytes("a.raw", raw_pixels), NamedBytes("a.json", summed)), guarded=True),
        Sample("console.jpg", (NamedBytes("a.jpg", jpeg()),), pixels_from=2),
        Sample("hcv.xml", (NamedBytes("a.xml", utf16),)),
    ]
    return tuple(found)


def _sha256(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()


def nested(levels: int, *, implicit: bool = False) -> bytes:
    """A DICOM file whose sequences nest so deep: pydicom's own reader recurses into them."""
    tag = struct.pack("<HH", 0x0040, 0xA730)
    if implicit:
        head = tag + struct.pack("<I", 0xFFFFFFFF) + struct.pack("<HHI", 0xFFFE, 0xE000, 0xFFFFFFFF)
    else:
        head = tag + b"SQ\0\0" + struct.pack("<I", 0xFFFFFFFF) + struct.pack("<HHI", 0xFFFE, 0xE000, 0xFFFFFFFF)
    tail = struct.pack("<HHI", 0xFFFE, 0xE00D, 0) + struct.pack("<HHI", 0xFFFE, 0xE0DD, 0)
    base = write_dicos(counts(), now=NOW)[0]
    if implicit:
        base = with_syntax(base, "1.2.840.10008.1.2", implicit=True)
    at = 144 + struct.unpack_from("<I", base, 140)[0]
    return base[:at] + head * levels + tail * levels


def deflated_bomb(size: int) -> bytes:
    base = with_syntax(write_dicos(counts(), now=NOW)[0], "1.2.840.10008.1.2.1.99")
    at = 144 + struct.unpack_from("<I", base, 140)[0]
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    return base[:at] + pack.compress(bytes(size)) + pack.flush()


def as_json(value: object) -> bytes:
    return json.dumps(value).encode()
