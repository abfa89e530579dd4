"""The bytes of one scan, of whatever form, to a `Scan`: the content decides, never the name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pandok.core.text import Text
from pandok.readers.xray.formats import refusals
from pandok.readers.xray.formats.dicos import read_dicos
from pandok.readers.xray.formats.limits import LIMITS, Limits
from pandok.readers.xray.formats.picture import read_jpeg
from pandok.readers.xray.formats.png import SIGNATURE, read_png
from pandok.readers.xray.formats.raw import read_raw
from pandok.readers.xray.formats.sidecar import Sidecar, read_facts, read_sidecar, with_sidecar
from pandok.readers.xray.formats.tiff import read_tiff
from pandok.readers.xray.formats.vendor_xml import read_vendor_xml
from pandok.readers.xray.scan import Energy, Report, Scan, ScanImage, ScanKind

_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_XML = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<\0", b"\xfe\xff\0<")
_LOW, _HIGH = (
    re.compile(r"(?:^|[_\-. ])(?:low|le|lo)(?=[_\-. ]|$)", re.I),
    re.compile(r"(?:^|[_\-. ])(?:high|he|hi)(?=[_\-. ]|$)", re.I),
)


@dataclass(frozen=True)
class NamedBytes:
    name: str
    data: bytes


def form_of(data: bytes) -> str:
    """ "DICOM", "TIFF", "PNG", "JPEG", "XML", "JSON" or "" for what only a sidecar can explain."""
    if data[128:132] == b"DICM":
        return "DICOM"
    if data.startswith(_TIFF):
        return "TIFF"
    if data.startswith(SIGNATURE):
        return "PNG"
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(_XML) or data[:64].lstrip().startswith(b"<?xml"):
        return "XML"
    return "JSON" if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" else ""


def energy_in_name(name: str) -> Energy:
    """
    >>> energy_in_name("bag101_A_low.png"), energy_in_name("parcel-HE.tif"), energy_in_name("slow.png")
    (<Energy.LOW: 'low'>, <Energy.HIGH: 'high'>, <Energy.UNKNOWN: ''>)
    """
    stem = name.rpartition(".")[0] or name
    low, high = _LOW.search(stem), _HIGH.search(stem)
    if bool(low) == bool(high):
        return Energy.UNKNOWN
    return Energy.LOW if low else Energy.HIGH


def read_file(data: bytes, name: str = "", sidecar: bytes | None = None, limits: Limits = LIMITS) -> Scan:
    """One file, with the JSON file beside it where there is one. Raises ScanError."""
    if not data:
        raise refusals.empty()
    if len(data) > limits.bytes:
        raise refusals.too_many_bytes(len(data), limits.bytes)
    beside = read_sidecar(sidecar) if sidecar is not None else None
    if beside is not None and beside.sha256 and beside.sha256 != hashlib.sha256(data).hexdigest():
        raise refusals.checksum()
    found = _read(data, name, beside, limits)
    said = energy_in_name(name)
    if beside is None and len(found.images) == 1 and found.images[0].layer.energy is Energy.UNKNOWN:
        return replace(found, images=(_as_energy(found.images[0], said),))
    return found


def sidecar_wanted(name: str) -> bool:
    """Whether a file of this name says nothing of itself by custom."""
    return name.lower().endswith((".raw", ".img", ".bin"))


def _read(data: bytes, name: str, beside: Sidecar | None, limits: Limits) -> Scan:
    form = form_of(data)
    if beside is not None and beside.raw is not None:
        return read_raw(data, beside, limits=limits)
    if form == "TIFF":
        return read_tiff(data, sidecar=beside, limits=limits)
    plain: dict[str, Callable[..., Scan]] = {
        "DICOM": read_dicos,
        "PNG": read_png,
        "JPEG": read_jpeg,
        "XML": read_vendor_xml,
    }
    if form in plain:
        found = plain[form](data, limits=limits)
        return with_sidecar(found, beside) if beside is not None and form in ("PNG", "JPEG") else found
    if form == "JSON":
        return read_facts(data)
    if beside is not None:
        return read_raw(data, beside, limits=limits)
    if sidecar_wanted(name):
        raise refusals.sidecar_missing()
    raise refusals.unknown_format()


def read_files(files: Sequence[NamedBytes], *, limits: Limits = LIMITS) -> Scan:
    """The files of one scan: one of any form; low and high energy in a file each; pictures with the scanner's XML; a
    JSON file goes to the file whose name it shares. Raises ScanError.
    """
    if not files:
        raise refusals.empty()
    if len(files) == 1:
        return read_file(files[0].data, files[0].name, limits=limits)
    sidecars = {_stem(one.name): one.data for one in files if form_of(one.data) == "JSON"}
    rasters = [one for one in files if form_of(one.data) != "JSON"]
    if not rasters:
        raise refusals.unknown_format("JSON")
    scans = [read_file(one.data, one.name, sidecars.get(_stem(one.name)), limits) for one in rasters]
    facts_only = [one for one in scans if one.facts.cargo is not None and not one.images]
    reports = [one for one in scans if one.facts.report is not None]
    rest = [one for one in scans if one not in facts_only and one not in reports]
    if reports and (not rest or len(reports) > 1):
        raise refusals.energies_disagree(
            Text(ko="위협 보고는 영상 하나에 하나만 함께 올립니다", en="one threat report goes with one image")
        )
    if len(facts_only) > 1 or len(rest) > 2:
        raise refusals.energies_disagree(Text(ko="파일이 너무 많습니다", en="there are too many files"))
    if not rest:
        return facts_only[0]
    found = rest[0] if len(rest) == 1 else joined(*rest)
    if reports:
        found = with_report(found, reports[0], {one.facts.instance_uid for one in rest})
    return with_cargo(found, facts_only[0]) if facts_only else found


def joined(one: Scan, other: Scan) -> Scan:
    """Two files of one scan, an energy each: low first. Raises ScanError scan.energies_disagree."""
    images = [*one.images, *other.images]
    if one.kind != other.kind or len(images) != 2 or one.kind not in (ScanKind.COUNTS, ScanKind.TRANSMISSION):
        raise refusals.energies_disagree(Text(ko="종류가 다릅니다", en="they are of different kinds"))
    if one.facts.study_uid and other.facts.study_uid and one.facts.study_uid != other.facts.study_uid:
        raise refusals.energies_disagree(Text(ko="다른 검색의 영상입니다", en="they are of different scans"))
    if {image.layer.energy for image in images} != {Energy.LOW, Energy.HIGH}:
        raise refusals.energies_disagree(
            Text(ko="어느 것이 저에너지인지 알 수 없습니다", en="it is not known which is the low energy")
        )
    if images[0].pixels.shape != images[1].pixels.shape:
        shapes = [" x ".join(map(str, image.pixels.shape)) for image in images]
        raise refusals.energies_disagree(
            Text(ko=f"크기가 다릅니다({', '.join(shapes)})", en=f"their sizes differ ({', '.join(shapes)})")
        )
    low, high = sorted((one, other), key=lambda scan: scan.images[0].layer.energy == Energy.HIGH)
    remarks = dict.fromkeys((*low.facts.remarks, *high.facts.remarks))
    both = hashlib.sha256((low.facts.sha256 + high.facts.sha256).encode()).hexdigest()
    facts = low.facts.model_copy(update={"sha256": both, "remarks": tuple(remarks)})
    return Scan(facts, (*low.images, *high.images))


def with_report(scan: Scan, beside: Scan, uids: set[str]) -> Scan:
    """The scan with what its machine's own detector reported of it. `uids`: of its images. Raises ScanError
    scan.energies_disagree where the report speaks of another image."""
    report = beside.facts.report
    assert report is not None
    if not images_of_report(report) & uids:
        raise refusals.energies_disagree(
            Text(ko="위협 보고가 다른 영상에 대한 것입니다", en="the threat report speaks of another image")
        )
    both = hashlib.sha256((scan.facts.sha256 + beside.facts.sha256).encode()).hexdigest()
    remarks = tuple(dict.fromkeys((*scan.facts.remarks, *beside.facts.remarks)))
    return replace(scan.with_facts(report=report, remarks=remarks, sha256=both), masks=beside.masks)


def images_of_report(report: Report) -> set[str]:
    """Instance UIDs of the images that it speaks of."""
    every = (*report.images, *(image for threat in report.threats for image in threat.images))
    return {one.instance_uid for one in every if one.instance_uid}


def with_cargo(scan: Scan, beside: Scan) -> Scan:
    """The scan with what the scanner's own file says; times, site and machine where the picture knows none."""
    said, known = beside.facts, scan.facts
    both = hashlib.sha256((known.sha256 + said.sha256).encode()).hexdigest()
    return scan.with_facts(
        cargo=said.cargo,
        machine=known.machine if any(known.machine.model_dump().values()) else said.machine,
        site=known.site or said.site,
        taken_at=known.taken_at or said.taken_at,
        taken_local=known.taken_local or said.taken_local,
        object_type=known.object_type or said.object_type,
        remarks=tuple(dict.fromkeys((*known.remarks, *said.remarks))),
        sha256=both,
    )


def _as_energy(image: ScanImage, energy: Energy) -> ScanImage:
    return replace(image, layer=image.layer.model_copy(update={"energy": energy}))


def _stem(name: str) -> str:
    plain = name.replace("\\", "/").rpartition("/")[2]
    return plain.rpartition(".")[0] or plain
