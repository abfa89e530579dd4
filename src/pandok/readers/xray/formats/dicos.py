"""DICOS (NEMA IIC 1: CT, digital X-ray, threat reports) and DICOM images, by pydicom behind the walk of the stream."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from typing import Any

import pydicom
from numpy.typing import NDArray

from pandok.core.foreign_bytes import about_to_parse
from pandok.core.text import Text
from pandok.readers.xray.formats import refusals
from pandok.readers.xray.formats.dicom_pixels import Shape, palette_of, pixels_of, said_shape
from pandok.readers.xray.formats.dicom_stream import PIXEL_DATA, Stream, walk
from pandok.readers.xray.formats.dicom_values import Values
from pandok.readers.xray.formats.dicos_report import report_of
from pandok.readers.xray.formats.limits import LIMITS, Limits
from pandok.readers.xray.formats.own_block import IMPLEMENTATION, PROGRAM, facts_within
from pandok.readers.xray.scan import Energy, Layer, Machine, Scan, ScanFacts, ScanImage, ScanKind, locked

DICOS_CT = "1.2.840.10008.5.1.4.1.1.501.1"
DX_PRESENTATION, DX_PROCESSING = "1.2.840.10008.5.1.4.1.1.501.2.1", "1.2.840.10008.5.1.4.1.1.501.2.2"
DICOS_TDR = "1.2.840.10008.5.1.4.1.1.501.3"
_NOT_READ = {
    "1.2.840.10008.5.1.4.1.1.501.4": Text(ko="DICOS 전신 검색(AIT 2D)", en="DICOS body scans (AIT 2D)"),
    "1.2.840.10008.5.1.4.1.1.501.5": Text(ko="DICOS 전신 검색(AIT 3D)", en="DICOS body scans (AIT 3D)"),
    "1.2.840.10008.5.1.4.1.1.501.6": Text(ko="DICOS 핵사중극 공명(QR)", en="DICOS quadrupole resonance (QR)"),
}
_VOLUMES = {DICOS_CT, "1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.5.1.4.1.1.2.1"}
_IMAGES = "1.2.840.10008.5.1.4.1.1."
_LEADING_ZERO = re.compile(r"(?:^|\.)0\d")


def read_dicos(data: bytes, *, limits: Limits = LIMITS) -> Scan:
    """Pixels are those stored, unscaled: `COUNTS` for digital X-ray, `PALETTE`, `PICTURE`, `VOLUME` for CT; `REPORT`
    for a threat report. Values of other makers' identifiers with leading zeros are taken with a remark.

    Raises ScanError.
    """
    about_to_parse("scan")
    stream = walk(data, limits)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            data_set = pydicom.dcmread(io.BytesIO(stream.without_icons() if stream.with_icons else data))
            meta = Values(pydicom.Dataset(data_set.file_meta))
    except (MemoryError, RecursionError):
        raise refusals.too_costly() from None
    except Exception as error:
        raise refusals.damaged(Text(ko="DICOM으로 읽을 수 없습니다", en="it cannot be read as DICOM")) from error
    if set(map(int, data_set.keys())) != set(stream.top) - stream.with_icons:
        raise refusals.damaged(Text(ko="DICOM 항목이 서로 어긋납니다", en="its elements are out of step"))
    values = Values(data_set)
    facts = _facts(values, meta, stream, hashlib.sha256(data).hexdigest())
    if facts.sop_class == DICOS_TDR:
        report, masks = report_of(values, limits)
        found = Scan(_said(facts, values, kind=ScanKind.REPORT, report=report), (), tuple(map(locked, masks)))
    else:
        found = _with_pixels(values, data_set, stream, facts, limits)
    written_here = meta.text(0x00020012) == IMPLEMENTATION or meta.text(0x00020013) == PROGRAM
    return facts_within(found, data_set, written_here=written_here)


def _with_pixels(values: Values, data_set: pydicom.Dataset, stream: Stream, facts: ScanFacts, limits: Limits) -> Scan:
    if PIXEL_DATA not in stream.top:
        raise refusals.no_pixels()
    shape = said_shape(values, limits)
    if facts.sop_class in (DX_PRESENTATION, DX_PROCESSING) and shape.signed:
        raise refusals.disagrees(
            Text(ko="DX 화소는 음수일 수 없습니다", en="pixels of digital X-ray are never negative")
        )
    pixels = pixels_of(data_set, shape, stream.transfer_syntax, limits)
    kind = _kind(facts.sop_class, shape)
    layer = _layer(values, shape)
    images = []
    for number, one in enumerate([pixels] if kind == ScanKind.VOLUME else list(pixels), 1):
        images.append(_image(one, layer.model_copy(update={"view": str(number)}), values, shape))
    if shape.photometric == "MONOCHROME1":
        values.remark(
            "scan.white_is_zero",
            "큰 값이 어두운 영상입니다. 값은 그대로 두었습니다.",
            "High values are dark; values are kept.",
        )
    return Scan(_said(facts, values, kind=kind, photometric=shape.photometric), tuple(images))


def _image(pixels: NDArray[Any], layer: Layer, values: Values, shape: Shape) -> ScanImage:
    if shape.photometric != "PALETTE COLOR":
        return ScanImage(layer, locked(pixels))
    palette, first, bits = palette_of(values)
    return ScanImage(layer, locked(pixels), locked(palette), first, bits)


def _kind(sop_class: str, shape: Shape) -> ScanKind:
    if shape.photometric == "RGB":
        return ScanKind.PICTURE
    if shape.photometric == "PALETTE COLOR":
        return ScanKind.PALETTE
    return ScanKind.VOLUME if sop_class in _VOLUMES else ScanKind.COUNTS


def _said(facts: ScanFacts, values: Values, **more: Any) -> ScanFacts:
    """With the remarks that were gathered on the way."""
    return facts.model_copy(update={**more, "remarks": tuple(values.remarks.values())})


def _facts(values: Values, meta: Values, stream: Stream, sha256: str) -> ScanFacts:
    sop_class, instance = values.text(0x00080016), values.text(0x00080018)
    if meta.text(0x00020002) not in ("", sop_class):
        raise refusals.disagrees(Text(ko="파일 종류(SOP Class)", en="its kind (SOP class)"))
    if sop_class in _NOT_READ:
        raise refusals.unsupported(_NOT_READ[sop_class])
    if not sop_class.startswith(_IMAGES):
        raise refusals.unsupported(Text(ko=f"DICOM 종류 {sop_class[:64]}", en=f"the DICOM kind {sop_class[:64]}"))
    values.check_letters()
    uids = [values.text(tag) for tag in (0x00080018, 0x0020000E, 0x0020000D, 0x00200052)]
    if any(_LEADING_ZERO.search(one) for one in uids):
        values.remark(
            "scan.uid_leading_zeros",
            "식별자에 앞자리 0이 있습니다. 내보낼 때 새 식별자로 바꿉니다.",
            "Identifiers have leading zeros; they are replaced on export.",
        )
    if meta.text(0x00020003) not in ("", instance):
        values.remark("scan.two_identifiers", "식별자가 두 가지로 적혀 있습니다.", "The file gives two identifiers.")
    if stream.odd_lengths:
        values.remark("scan.odd_lengths", "홀수 길이의 값이 있습니다.", "Some values are of odd length.")
    taken_at, taken_local = values.moment(0x0008002A)
    for day, time in ((0x00080022, 0x00080032), (0x00080023, 0x00080033), (0x00080020, 0x00080030)):
        if not taken_local:
            taken_at, taken_local = values.day_and_time(day, time)
    _, calibrated = values.day_and_time(0x00181200, 0x00181201)
    is_dicos = sop_class.startswith(f"{_IMAGES}501.")
    return ScanFacts(
        format="DICOS" if is_dicos else "DICOM",
        kind=ScanKind.REPORT,
        sha256=sha256,
        machine=Machine(
            maker=_known(values.text(0x00080070)),
            model=_known(values.text(0x00081090)),
            serial=_known(values.text(0x00181000)),
            software=tuple(filter(None, map(_known, values.texts(0x00181020)))),
            station=_known(values.text(0x00081010)),
        ),
        site=_known(values.text(0x00080081)),
        institution=_known(values.text(0x00080080)),
        taken_at=taken_at,
        taken_local=taken_local,
        calibration_id=_calibration(values.raw(0x4010106C)),
        calibrated_local=calibrated,
        object_type=values.text(0x40101042),
        # In DICOM these tags name a patient, whom nobody needs here.
        object_id=_known(values.text(0x00100020)) if is_dicos else "",
        object_id_issuer=_known(values.text(0x00100021)) if is_dicos else "",
        scan_type=values.text(0x40101048),
        projected=values.text(0x40101039),
        acquisition=values.text(0x40101044),
        sop_class=sop_class,
        instance_uid=instance,
        series_uid=uids[1],
        study_uid=uids[2],
        frame_uid=uids[3],
        transfer_syntax=stream.transfer_syntax,
    )


def _calibration(table: Any) -> str:
    """A name for the detector calibration that the file carries: the same table, the same name."""
    return hashlib.sha256(table).hexdigest()[:16] if isinstance(table, bytes) and table else ""


def _known(text: str) -> str:
    return "" if text.lower() == "unknown" else text


def _layer(values: Values, shape: Shape) -> Layer:
    image_type = values.texts(0x00080008)
    pitch = values.numbers(0x00280030) or values.numbers(0x00181164)
    if pitch and (len(pitch) != 2 or min(pitch) <= 0):
        values.remark("scan.pitch_unknown", "화소 간격을 알 수 없습니다.", "The pixel pitch is not usable.")
        pitch = ()
    slope = values.number(0x00281053)
    sign = values.whole(0x00281041)
    return Layer(
        energy=_energy(image_type, values),
        bits=shape.bits,
        pitch_mm=(pitch[0], pitch[1]) if pitch else None,
        slice_mm=values.number(0x00180050),
        kv=values.number(0x00180060) or None,
        tube_current_ua=values.number(0x00188151) or None,
        duration_s=values.number(0x00189073) or None,
        slope=1.0 if slope is None else slope,
        intercept=values.number(0x00281052) or 0.0,
        rescale_unit=_known(values.text(0x00281054)),
        relationship=values.text(0x00281040).lower(),
        more_is_brighter=None if sign not in (1, -1) else sign == 1,
        orientation=values.numbers(0x00200037) or None,
        position_mm=values.numbers(0x00200032) or None,
        source_position_mm=values.numbers(0x40101061) or None,
        source_direction=values.numbers(0x40101060) or None,
        image_type=image_type,
    )


def _energy(image_type: tuple[str, ...], values: Values) -> Energy:
    """By the words of the image type, else by the one kind of detectors that is named (INTEGRATING, …)."""
    words = {one.upper().replace("_", " ") for one in image_type}
    for low, high in (
        ("LOW ENERGY" in words, "HIGH ENERGY" in words),
        (bool(values.text(0x40100001)), bool(values.text(0x40100002))),
    ):
        if low != high:
            return Energy.LOW if low else Energy.HIGH
    return Energy.UNKNOWN
