"""Scans as DICOS V03: a digital X-ray file for each image, a CT for a volume, a threat report.

Invalid identifiers (leading zeros) are replaced by ones made of the old ones; the image itself always gets its own.
What DICOS has no place for stands in a sealed block of Pandok's own (`own_block`).
"""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from datetime import UTC, datetime
from typing import Any

import imagecodecs
import numpy as np
from numpy.typing import NDArray
from pydicom import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.filewriter import dcmwrite
from pydicom.sequence import Sequence as Items
from pydicom.uid import UID

from pandok.readers.xray.formats import refusals
from pandok.readers.xray.formats.dicom_stream import EXPLICIT
from pandok.readers.xray.formats.dicos import DICOS_CT, DICOS_TDR, DX_PROCESSING
from pandok.readers.xray.formats.own_block import IMPLEMENTATION, PROGRAM, write_block
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
)

JPEG_LOSSLESS_FIRST_ORDER = "1.2.840.10008.1.2.4.70"
_VALID_UID = re.compile(r"(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))+")
_ENERGY_WORDS = {Energy.LOW: "LOW ENERGY", Energy.HIGH: "HIGH ENERGY"}
_NO = "unknown"


def write_dicos(scan: Scan, *, now: datetime, compressed: bool = False) -> tuple[bytes, ...]:
    """One file an image; one for a volume or a report. `compressed`: JPEG Lossless. `now` with a zone.

    Raises ScanError scan.not_writable for what DICOS cannot hold without loss: pictures, transmission in float32.
    """
    if scan.kind == ScanKind.REPORT and scan.facts.report is not None:
        return (_bytes(_report(scan, now), DICOS_TDR, EXPLICIT),)
    allowed = {ScanKind.COUNTS, ScanKind.PALETTE, ScanKind.VOLUME}
    if scan.kind not in allowed or not scan.images or any(one.pixels.dtype.kind not in "ui" for one in scan.images):
        raise refusals.not_writable(scan.kind.value, "DICOS")
    return tuple(_written(scan, number, image, now, compressed) for number, image in enumerate(scan.images))


def _written(scan: Scan, number: int, image: ScanImage, now: datetime, compressed: bool) -> bytes:
    data_set = _common(scan.facts, now, f"{number}{hashlib.sha256(image.pixels.tobytes()).hexdigest()}")
    sop_class = DICOS_CT if scan.kind == ScanKind.VOLUME else DX_PROCESSING
    frames = image.pixels if scan.kind == ScanKind.VOLUME else image.pixels[np.newaxis]
    data_set.SOPClassUID = sop_class
    data_set.InstanceNumber = number
    data_set.Modality = "CT" if sop_class == DICOS_CT else "XRAY"
    data_set.PhotometricInterpretation = "MONOCHROME2"
    if image.palette is not None or scan.facts.photometric == "MONOCHROME1":
        data_set.PhotometricInterpretation = "PALETTE COLOR" if image.palette is not None else "MONOCHROME1"
    _describe(data_set, image, frames, is_volume=sop_class == DICOS_CT)
    if image.palette is not None:
        _paint(data_set, image, image.palette)
    write_block(data_set, scan, image)
    syntax = EXPLICIT
    if compressed:
        syntax = JPEG_LOSSLESS_FIRST_ORDER
        data_set.PixelData = encapsulate([_jpeg(one) for one in frames])
        data_set["PixelData"].is_undefined_length = True
        data_set["PixelData"].VR = "OB"
    else:
        raw = frames.astype(frames.dtype.newbyteorder("<"), copy=False).tobytes()
        data_set.PixelData = raw + b"\0" * (len(raw) & 1)
        data_set["PixelData"].VR = "OW" if frames.dtype.itemsize == 2 else "OB"
    return _bytes(data_set, sop_class, syntax)


def _jpeg(frame: NDArray[Any]) -> bytes:
    plain = frame.view(f"u{frame.dtype.itemsize}")
    bits = 8 * frame.dtype.itemsize
    return bytes(imagecodecs.jpeg8_encode(np.ascontiguousarray(plain), lossless=True, predictor=1, bitspersample=bits))


def _common(facts: ScanFacts, now: datetime, seed: str) -> Dataset:
    """What every DICOS file carries."""
    moment = now.astimezone(UTC)
    taken = facts.taken_at.astimezone(UTC) if facts.taken_at else _local(facts.taken_local) or moment
    calibrated = _local(facts.calibrated_local) or taken
    one = Dataset()
    if facts.taken_at is not None:
        one.TimezoneOffsetFromUTC = "+0000"
    one.SpecificCharacterSet = "ISO_IR 192"
    one.InstanceCreationDate, one.InstanceCreationTime = _day(moment), _time(moment)
    one.StudyDate = one.SeriesDate = one.ContentDate = _day(taken)
    one.StudyTime = one.SeriesTime = one.ContentTime = _time(taken)
    one.AcquisitionDateTime = _day(taken) + _time(taken)
    one.SOPInstanceUID = _made("instance", facts.instance_uid + facts.sha256 + seed)
    one.StudyInstanceUID = _kept(facts.study_uid, "study", facts.sha256)
    one.SeriesInstanceUID = _kept(facts.series_uid, "series", facts.sha256)
    one.FrameOfReferenceUID = _kept(facts.frame_uid, "frame", facts.sha256)
    one.Manufacturer = facts.machine.maker or _NO
    one.ManufacturerModelName = facts.machine.model or _NO
    one.DeviceSerialNumber = facts.machine.serial or _NO
    one.SoftwareVersions = list(facts.machine.software) or _NO
    one.StationName = facts.machine.station[:16] or _NO
    one.InstitutionName = facts.institution[:64] or _NO
    one.InstitutionAddress = facts.site or _NO
    one.InstitutionalDepartmentName = ""
    one.PatientID = facts.object_id[:64] or _NO
    one.IssuerOfPatientID = facts.object_id_issuer[:64] or _NO
    one.TypeOfPatientID = "TEXT"
    one.PatientSex = "U"
    one.OtherPatientIDsSequence = Items()
    one.DateOfLastCalibration, one.TimeOfLastCalibration = _day(calibrated), _time(calibrated)
    one.StudyID = _NO
    one.PositionReferenceIndicator = ""
    one.AcquisitionContextSequence = Items()
    # Coordinate system, image origin, effective energy: other libraries refuse a file without them.
    one.add_new(0x00082108, "CS", "LHS")
    one.add_new(0x00080118, "CS", "MACHINE")
    one.add_new(0x43000902, "FL", 0.0)
    one.add_new(0x4010103A, "CS", "V03")
    one.add_new(0x40101042, "CS", facts.object_type or "UNKNOWN")
    one.add_new(0x40101044, "CS", facts.acquisition or "SUCCESSFUL")
    one.add_new(0x40101048, "CS", facts.scan_type or "OPERATIONAL")
    if facts.projected:
        one.add_new(0x40101039, "CS", facts.projected)
    one.add_new(0x40101064, "SQ", Items())
    return one


def _describe(one: Dataset, image: ScanImage, frames: NDArray[Any], *, is_volume: bool) -> None:
    layer = image.layer
    one.SamplesPerPixel = 1
    one.Rows, one.Columns = frames.shape[1:]
    one.BitsAllocated = 8 * frames.dtype.itemsize
    one.BitsStored = layer.bits
    one.HighBit = layer.bits - 1
    one.PixelRepresentation = int(frames.dtype.kind == "i")
    one.BurnedInAnnotation = "NO"
    one.PresentationLUTShape = "INVERSE" if one.PhotometricInterpretation == "MONOCHROME1" else "IDENTITY"
    one.LossyImageCompression = "00"
    kinds = [word for word in layer.image_type if word.upper().replace("_", " ") not in _ENERGY_WORDS.values()]
    energy = _ENERGY_WORDS.get(layer.energy, "SINGLE ENERGY")
    if is_volume:
        # An original has to say how long it took; where nobody knows, it is called derived.
        first = "ORIGINAL" if layer.duration_s else "DERIVED"
        one.ImageType = [first, energy if layer.energy else "HIGH ENERGY", "VOLUME", "NONE"]
        _volume(one, layer, frames)
        return
    one.ImageType = [*(kinds[:2] or ["ORIGINAL", "INTENSITY"]), *([energy] if layer.energy else [])]
    one.PresentationIntentType = "FOR PROCESSING"
    one.KVP = _decimal(layer.kv or 0)
    one.XRayTubeCurrentInuA = _decimal(layer.tube_current_ua or 0)
    one.DetectorType = ""
    one.PixelIntensityRelationship = layer.relationship.upper() or "LIN"
    one.PixelIntensityRelationshipSign = -1 if layer.more_is_brighter is False else 1
    one.RescaleIntercept, one.RescaleSlope = _decimal(layer.intercept), _decimal(layer.slope)
    one.RescaleType = layer.rescale_unit or _NO
    one.ImageOrientationPatient = list(map(_decimal, layer.orientation or (1, 0, 0, 0, 1, 0)))
    one.ImagePositionPatient = list(map(_decimal, layer.position_mm or (0, 0, 0)))
    if layer.pitch_mm is not None:
        one.ImagerPixelSpacing = list(map(_decimal, layer.pitch_mm))
    if layer.source_direction:
        one.add_new(0x40101060, "FL", list(layer.source_direction))
    if layer.source_position_mm:
        one.add_new(0x40101061, "FL", list(layer.source_position_mm))


def _volume(one: Dataset, layer: Layer, frames: NDArray[Any]) -> None:
    one.NumberOfFrames = len(frames)
    one.PixelPresentation = "MONOCHROME"
    one.VolumetricProperties, one.VolumeBasedCalculationTechnique = "VOLUME", "NONE"
    one.StudyDescription = f"{one.ImageType[1]} SCAN"
    one.AcquisitionDuration = layer.duration_s or 0.0
    slice_mm = layer.slice_mm or 1.0
    details, kind, plane, measures, values = (Dataset() for _ in range(5))
    details.KVP, details.FilterType, details.FocalSpots = _decimal(layer.kv or 0), "NONE", "0"
    kind.FrameType = list(one.ImageType)
    kind.PixelPresentation = "MONOCHROME"
    kind.VolumetricProperties, kind.VolumeBasedCalculationTechnique = "VOLUME", "NONE"
    plane.ImageOrientationPatient = list(map(_decimal, layer.orientation or (1, 0, 0, 0, 1, 0)))
    measures.SliceThickness = _decimal(slice_mm)
    measures.PixelSpacing = list(map(_decimal, layer.pitch_mm or (1, 1)))
    values.RescaleIntercept, values.RescaleSlope = _decimal(layer.intercept), _decimal(layer.slope)
    values.RescaleType = layer.rescale_unit or _NO
    shared = Dataset()
    shared.CTXRayDetailsSequence = Items([details])
    shared.CTImageFrameTypeSequence = Items([kind])
    shared.PlaneOrientationSequence = Items([plane])
    shared.PixelMeasuresSequence = Items([measures])
    shared.PixelValueTransformationSequence = Items([values])
    one.SharedFunctionalGroupsSequence = Items([shared])
    start = layer.position_mm or (0.0, 0.0, 0.0)
    per_frame = []
    for number in range(len(frames)):
        position, frame = Dataset(), Dataset()
        position.ImagePositionPatient = [_decimal(start[0]), _decimal(start[1]), _decimal(start[2] + number * slice_mm)]
        frame.PlanePositionSequence = Items([position])
        per_frame.append(frame)
    one.PerFrameFunctionalGroupsSequence = Items(per_frame)


def _paint(one: Dataset, image: ScanImage, palette: NDArray[np.uint16]) -> None:
    said = [len(palette) % 65536, image.palette_first, image.palette_bits]
    for place in range(3):
        one.add_new(0x00281101 + place, "US", said)
        column = palette[:, place]
        words = column * 257 if image.palette_bits == 8 else column
        one.add_new(0x00281201 + place, "OW", words.astype("<u2").tobytes())


def _report(scan: Scan, now: datetime) -> Dataset:
    original = scan.facts.report
    assert original is not None
    report = _filled(original)
    scan = scan.with_facts(report=report)
    decided = report.decided_at.astimezone(UTC) if report.decided_at else now.astimezone(UTC)
    one = _common(scan.facts, now, "report")
    one.SOPClassUID, one.Modality, one.InstanceNumber = DICOS_TDR, "TDR", 1
    one.ReferencedStudySequence = Items([_reference(image) for image in report.images])
    one.add_new(0x40101011, "SQ", Items([_threat(threat, scan, now) for threat in report.threats]))
    one.add_new(0x40101024, "CS", report.aborted)
    one.add_new(0x40101027, "CS", report.made_by)
    one.add_new(0x40101029, "LO", list(report.algorithm))
    one.add_new(0x4010102B, "DT", _day(decided) + _time(decided) + "+0000")
    one.add_new(0x40101031, "CS", report.decision)
    one.add_new(0x40101033, "US", len(report.threats))
    if report.alarms_said is not None:
        one.add_new(0x40101034, "US", report.alarms_said)
    one.add_new(0x40101069, "FL", report.processing_ms or 0.0)
    one.add_new(0x4010106D, "CS", "NO")
    one.add_new(0x40101075, "FD", report.scale or 1.0)
    write_block(one, scan, None, report=original)
    return one


def _filled(report: Report) -> Report:
    """With words where the standard asks for some; the block keeps that nobody knew any."""

    def assessed(one: Assessment) -> Assessment:
        return one.model_copy(
            update={
                "flag": one.flag or "UNKNOWN",
                "category": one.category or "UNKNOWN",
                "ability": one.ability or "NO_INTERFERENCE",
            }
        )

    threats = tuple(
        one.model_copy(update={"assessments": tuple(map(assessed, one.assessments))}) for one in report.threats
    )
    return report.model_copy(
        update={
            "threats": threats,
            "decision": report.decision or "UNKNOWN",
            "algorithm": (*report.algorithm, _NO, _NO)[: max(2, len(report.algorithm))],
            "aborted": report.aborted or "SUCCESS",
            "made_by": report.made_by or "MACHINE",
        }
    )


def _reference(image: Reference) -> Dataset:
    one = Dataset()
    one.ReferencedSOPClassUID = image.sop_class
    one.ReferencedSOPInstanceUID = _kept(image.instance_uid, "image", image.instance_uid)
    return one


def _threat(threat: Threat, scan: Scan, now: datetime) -> Dataset:
    box, shown, one = Dataset(), Dataset(), Dataset()
    box.add_new(0x40101004, "FL", list(threat.base))
    box.add_new(0x40101005, "FL", list(threat.extents))
    bitmap = b""
    if threat.mask is not None:
        bitmap = np.packbits(scan.masks[threat.mask].reshape(-1), bitorder="little").tobytes()
    box.add_new(0x40101006, "OB", bitmap + b"\0" * (len(bitmap) & 1))
    shown.ReferencedInstanceSequence = Items([_reference(image) for image in threat.images])
    shown.add_new(0x40101001, "SQ", Items([box]))
    for tag, number in ((0x40101017, threat.mass), (0x40101018, threat.density), (0x40101019, threat.z_effective)):
        if number is not None:
            shown.add_new(tag, "FL", number)
    if threat.polygon:
        shown.add_new(0x4010101D, "FL", list(threat.polygon))
    if threat.location:
        shown.add_new(0x40101078, "ST", threat.location)
    one.add_new(0x40101010, "US", threat.object_id)
    one.add_new(0x40101037, "SQ", Items([shown]))
    one.add_new(0x40101038, "SQ", Items([_assessment(each) for each in threat.assessments]))
    moment = now.astimezone(UTC)
    one.add_new(0x40101080, "DT", _day(moment) + _time(moment))
    one.add_new(0x40101081, "DT", _day(moment) + _time(moment))
    one.add_new(0x40101082, "FL", 0.0)
    return one


def _assessment(said: Assessment) -> Dataset:
    one = Dataset()
    one.add_new(0x40101012, "CS", said.category)
    if said.description:
        one.add_new(0x40101013, "LT", said.description)
    one.add_new(0x40101014, "CS", said.ability)
    one.add_new(0x40101015, "CS", said.flag)
    if said.probability is not None:
        one.add_new(0x40101016, "FL", said.probability)
    return one


def _bytes(data_set: Dataset, sop_class: str, syntax: str) -> bytes:
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = UID(sop_class)
    meta.MediaStorageSOPInstanceUID = data_set.SOPInstanceUID
    meta.add_new(0x00020004, "CS", "V03")
    meta.TransferSyntaxUID = UID(syntax)
    meta.ImplementationClassUID = UID(IMPLEMENTATION)
    meta.ImplementationVersionName = PROGRAM
    data_set.file_meta = meta
    target = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        dcmwrite(target, data_set, enforce_file_format=True, little_endian=True, implicit_vr=False)
    return target.getvalue()


def _kept(uid: str, what: str, otherwise: str) -> str:
    """The identifier itself where it is valid, else one made of it."""
    return uid if _VALID_UID.fullmatch(uid) and len(uid) <= 64 else _made(what, uid or otherwise)


def _made(what: str, seed: str) -> str:
    return f"2.25.{int(hashlib.sha256(f'{what}/{seed}'.encode()).hexdigest()[:30], 16)}"


def _decimal(number: float) -> str:
    """A DS of at most 16 letters that reads back as the same number where that is possible."""
    for digits in range(17, 0, -1):
        text = f"{number:.{digits}g}"
        if len(text) <= 16:
            return text
    return "0"


def _local(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def _day(moment: datetime) -> str:
    return moment.strftime("%Y%m%d")


def _time(moment: datetime) -> str:
    return moment.strftime("%H%M%S.%f")
