"""The same scan as the files of five makers: no two say alike what they hold.

The makers are invented; the forms are those of real files. Nothing of Pandok's own stands in them: no check sums, no
value of air but where the form of that maker says it.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import cv2
import imagecodecs
import numpy as np
import tifffile
from numpy.typing import NDArray
from pydicom import Dataset
from pydicom.dataset import FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.filewriter import dcmwrite
from pydicom.uid import UID

from pandok.demo.scans.rendering import AIR_COUNTS, Rendered
from pandok.readers.xray.colour.palette import MOST_F
from pandok.readers.xray.formats.reading import NamedBytes
from pandok.readers.xray.physics.solver import solve

TAKEN = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
PALETTE = "maker-5"
_RAW_MAKER, _RAW_MODEL = "Maker 4", "R-16"
RAW_MACHINE = f"{_RAW_MAKER} {_RAW_MODEL}"
"""As scans of `raw` name their machine."""
_DICOS_DX, _DICOM_DX = "1.2.840.10008.5.1.4.1.1.501.2.2", "1.2.840.10008.5.1.4.1.1.1.1.1"
_PLAIN, _JPEG_LOSSLESS = "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.4.70"
_PROGRAM = "2.25.70861520734514862309115834971502368"
_PALETTE_SIDE = 256

Counts = NDArray[np.uint16]


def dicos(made: Rendered, name: str) -> list[NamedBytes]:
    """A file for each energy, JPEG Lossless."""
    pairs = (("low", made.low), ("high", made.high))
    return [NamedBytes(f"{name}_{energy}.dcs", _dicom(made, energy, part, True)) for energy, part in pairs]


def dicom(made: Rendered, name: str) -> list[NamedBytes]:
    """Digital X-ray of DICOM, not compressed, a file for each energy."""
    pairs = (("low", made.low), ("high", made.high))
    return [NamedBytes(f"{name}_{energy}.dcm", _dicom(made, energy, part, False)) for energy, part in pairs]


def tiff(made: Rendered, name: str) -> list[NamedBytes]:
    """One file of two pages, deflated, low energy first."""
    target = io.BytesIO()
    with tifffile.TiffWriter(target) as file:
        for page in (made.low, made.high):
            file.write(page, compression="zlib", compressionargs={"level": 1}, metadata=None)
    return [NamedBytes(f"{name}.tif", target.getvalue())]


def raw(made: Rendered, name: str) -> list[NamedBytes]:
    """Bare values, big-endian, behind a header, and a JSON file that says so."""
    rows, columns = made.low.shape
    said = {
        "pandok_scan": 1,
        "raw": {"rows": rows, "columns": columns, "byte_order": "big", "header_bytes": 512},
        "layers": [
            {"energy": energy, "air_counts": AIR_COUNTS, "pitch_mm": list(_pitch(made))} for energy in ("low", "high")
        ],
        "facts": {"machine": {"maker": _RAW_MAKER, "model": _RAW_MODEL}, "taken_at": TAKEN.isoformat()},
    }
    values = b"MAKER 4 R-16".ljust(512, b"\0") + np.stack([made.low, made.high]).astype(">u2").tobytes()
    return [NamedBytes(f"{name}.raw", values), NamedBytes(f"{name}.json", json.dumps(said).encode())]


def pngs(made: Rendered, name: str) -> list[NamedBytes]:
    """A 16-bit PNG for each energy."""
    return [NamedBytes(f"{name}_{energy}.png", _png(part)) for energy, part in (("low", made.low), ("high", made.high))]


def colours(made: Rendered, name: str) -> list[NamedBytes]:
    """What the maker's console shows: 8 bits in colours of its own (`palette`), air white."""
    low, high = (np.maximum(part, 1).astype(np.float32) / AIR_COUNTS for part in (made.low, made.high))
    basis = solve(low, high, made.machine.response)
    # A console smooths its material; noise would draw every pixel in another colour.
    first, second = (cv2.blur(np.nan_to_num(part), (3, 3)) for part in (basis.first, basis.second))
    with np.errstate(all="ignore"):
        f = np.nan_to_num(second / (first + second))
    last = _PALETTE_SIDE - 1
    column = np.rint(np.clip(f / MOST_F, 0, 1) * last).astype(np.intp)
    row = np.rint(np.sqrt(np.clip(high, 0, 1)) * last).astype(np.intp)
    return [NamedBytes(f"{name}.png", _png(palette()[row, column][:, :, ::-1]))]


MAKERS: dict[str, Callable[[Rendered, str], list[NamedBytes]]] = {
    "maker-1-dicos": dicos,
    "maker-2-dicom": dicom,
    "maker-3-tiff": tiff,
    "maker-4-raw": raw,
    "maker-5-colours": colours,
}


def palette() -> NDArray[np.uint8]:
    """(256, 256, 3) RGB: material index across, √T down; hue runs from orange over green to violet."""
    f, root = np.meshgrid(np.linspace(0, MOST_F, _PALETTE_SIDE), np.linspace(0, 1, _PALETTE_SIDE))
    hls = np.stack([25 + f / MOST_F * 235, 0.03 + 0.97 * root**1.1, np.full_like(f, 0.8)], axis=-1).astype(np.float32)
    return np.rint(255 * cv2.cvtColor(hls, cv2.COLOR_HLS2RGB)).astype(np.uint8)


def palette_png() -> bytes:
    """As a site keeps it in `xray/palettes`."""
    return _png(palette()[:, :, ::-1])


def _png(pixels: NDArray[Any]) -> bytes:
    """Colours in the order of OpenCV: blue first."""
    done, data = cv2.imencode(".png", pixels, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    assert done
    return data.tobytes()


def _pitch(made: Rendered) -> tuple[float, float]:
    return made.machine.scanner.pitch_y, made.machine.scanner.pitch_x


def _dicom(made: Rendered, energy: str, counts: Counts, is_dicos: bool) -> bytes:
    one = Dataset()
    number = made.scene.recipe.seed * 10 + (energy == "high")
    maker = ("Maker 1", "D-160") if is_dicos else ("Maker 2", "X 140")
    one.SpecificCharacterSet = "ISO_IR 192"
    one.SOPClassUID = _DICOS_DX if is_dicos else _DICOM_DX
    one.SOPInstanceUID, one.StudyInstanceUID = f"{_PROGRAM}.2.{number}", f"{_PROGRAM}.3.{number // 10}"
    one.SeriesInstanceUID = f"{_PROGRAM}.4.{number // 10}"
    one.Manufacturer, one.ManufacturerModelName = maker
    one.Modality = "XRAY" if is_dicos else "DX"
    one.ImageType = ["ORIGINAL", "PRIMARY", "", f"{energy.upper()}_ENERGY"]
    one.AcquisitionDate, one.AcquisitionTime = TAKEN.strftime("%Y%m%d"), TAKEN.strftime("%H%M%S")
    one.TimezoneOffsetFromUTC = "+0000"
    one.SamplesPerPixel, one.PhotometricInterpretation = 1, "MONOCHROME2"
    one.Rows, one.Columns = counts.shape
    one.BitsAllocated = one.BitsStored = 16
    one.HighBit, one.PixelRepresentation = 15, 0
    one.ImagerPixelSpacing = [f"{part:g}" for part in _pitch(made)]
    one.PixelIntensityRelationship, one.PixelIntensityRelationshipSign = "LIN", 1
    one.PresentationLUTShape = "IDENTITY"
    if is_dicos:
        one.add_new(0x40101042, "CS", "BAGGAGE")
        one.add_new(0x40101048, "CS", "OPERATIONAL")
        coded = bytes(imagecodecs.jpeg8_encode(counts, lossless=True, predictor=1, bitspersample=16))
        one.PixelData = encapsulate([coded])
        one["PixelData"].is_undefined_length = True
    else:
        one.PixelData = counts.astype("<u2").tobytes()
    one["PixelData"].VR = "OB" if is_dicos else "OW"
    return _bytes(one, _JPEG_LOSSLESS if is_dicos else _PLAIN)


def _bytes(one: Dataset, syntax: str) -> bytes:
    meta: Any = FileMetaDataset()
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = one.SOPClassUID, one.SOPInstanceUID
    meta.TransferSyntaxUID, meta.ImplementationClassUID = UID(syntax), UID(f"{_PROGRAM}.1")
    one.file_meta = meta
    target = io.BytesIO()
    dcmwrite(target, one, enforce_file_format=True, little_endian=True, implicit_vr=False)
    return target.getvalue()
