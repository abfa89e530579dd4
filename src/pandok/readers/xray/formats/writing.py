"""Writing a scan: made, read again from its bytes, compared value by value; only then is there something to keep."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

import numpy as np

from pandok.core.reading import Value
from pandok.readers.xray.formats import refusals
from pandok.readers.xray.formats.dicos import read_dicos
from pandok.readers.xray.formats.dicos_write import write_dicos
from pandok.readers.xray.formats.limits import Limits
from pandok.readers.xray.formats.own_block import OF_THE_FILE
from pandok.readers.xray.formats.reading import read_file
from pandok.readers.xray.formats.tiff_write import write_facts, write_tiff
from pandok.readers.xray.scan import Energy, Scan, ScanImage, ScanKind, Step, locked, same_pixels

_MENDED = ("scan.uid_leading_zeros", "scan.two_identifiers", "scan.odd_lengths", "scan.no_checksum")
"""Remarks that no longer hold of what is written here."""
AIR_COUNTS = 60_000
"""Of counts that are made of transmission; leaves room up to 1.09."""


class WriteForm(StrEnum):
    DICOS = "dicos"
    TIFF = "tiff"
    FACTS = "facts"
    """A JSON file alone, for what has no pixels."""


@dataclass(frozen=True)
class WrittenFile:
    name: str
    data: bytes


def form_for(scan: Scan, wished: WriteForm) -> WriteForm:
    """The wished form where it holds the scan without loss, else the one that does: DICOS has no colours of a console,
    TIFF no threats, and neither what a scanner says without an image."""
    if scan.kind == ScanKind.REPORT:
        return WriteForm.FACTS if scan.facts.report is None else WriteForm.DICOS
    return WriteForm.TIFF if scan.kind == ScanKind.PICTURE else wished


def written(
    scan: Scan, form: WriteForm, *, name: str, now: datetime, program: str, compressed: bool = False
) -> tuple[WrittenFile, ...]:
    """The files of a scan, with where it comes from written into them. `name`: without its ending.

    Raises ScanError: scan.not_writable, scan.unequal_after_writing.
    """
    step = Step(what=f"written as {form}", program=program, at=now, sha256_before=scan.facts.sha256)
    remarks = tuple(one for one in scan.facts.remarks if one.code not in _MENDED)
    whole = scan.with_step(step).with_facts(remarks=remarks)
    limits = Limits(bytes=2_000_000_000, pixels=1_000_000_000)
    if form == WriteForm.FACTS:
        data = write_facts(whole)
        _compare(whole, read_file(data), form)
        return (WrittenFile(f"{name}.json", data),)
    if form == WriteForm.TIFF:
        data, beside = write_tiff(whole)
        files = (WrittenFile(f"{name}.tif", data), WrittenFile(f"{name}.json", beside))
        _compare(whole, read_file(data, f"{name}.tif", beside, limits), form)
        return files
    whole = _in_float32(whole)
    parts = write_dicos(whole, now=now, compressed=compressed)
    back = [read_dicos(one, limits=limits) for one in parts]
    together = Scan(
        back[0].facts,
        tuple(image for one in back for image in one.images),
        tuple(mask for one in back for mask in one.masks),
    )
    _compare(whole, together, form)
    ends = _ends(whole.images) if len(parts) > 1 else [""]
    return tuple(WrittenFile(f"{name}{end}.dcs", part) for end, part in zip(ends, parts, strict=True))


def _in_float32(scan: Scan) -> Scan:
    """DICOS keeps numbers of reports in 32 bits: rounded before writing, so that what is read again is the same."""
    report = scan.facts.report
    if report is None:
        return scan

    def rounded(value: Any) -> Any:
        if isinstance(value, float):
            return float(np.float32(value))
        if isinstance(value, tuple):
            return tuple(map(rounded, value))
        if isinstance(value, Value):
            return value.model_copy(update={name: rounded(one) for name, one in value})
        return value

    return scan.with_facts(report=rounded(report).model_copy(update={"scale": report.scale}))


def _compare(scan: Scan, back: Scan, form: WriteForm) -> None:
    said, read = (one.facts.model_dump(exclude=set(OF_THE_FILE)) for one in (scan, back))
    layers = [one.layer for one in scan.images] == [one.layer for one in back.images]
    threats = _threats(scan) == _threats(back)
    if scan.kind != back.kind or said != read or not layers or not threats or not same_pixels(scan, back):
        raise refusals.unequal_after_writing(form.value)


def _threats(scan: Scan) -> list[object]:
    """Without the names of images: those are made again where they are not valid."""
    report = scan.facts.report
    return (
        [] if report is None else [report.decision, *(one.model_copy(update={"images": ()}) for one in report.threats)]
    )


def _ends(images: Iterable[ScanImage]) -> list[str]:
    """What tells the files of one scan apart: view where there are several, and energy."""
    all_images = list(images)
    several = len({one.layer.view for one in all_images}) > 1
    ends = []
    for number, one in enumerate(all_images, 1):
        view = f"_view{one.layer.view}" if several and one.layer.view.isalnum() else ""
        energy = f"_{one.layer.energy}" if one.layer.energy is not Energy.UNKNOWN else ""
        ends.append(f"{view}{energy}" or f"_{number}")
    return ends if len(set(ends)) == len(ends) else [f"_{number}" for number in range(1, len(ends) + 1)]


def as_counts(scan: Scan, *, now: datetime, program: str) -> Scan:
    """Transmission in float32 as counts of 16 bits, air 60,000: rounded once, by at most 1/120,000, and said so."""
    if scan.kind != ScanKind.TRANSMISSION:
        return scan
    images = []
    for one in scan.images:
        counts = np.clip(np.rint(one.pixels.astype(np.float64) * AIR_COUNTS), 0, 65_535).astype(np.uint16)
        layer = one.layer.model_copy(update={"air_counts": float(AIR_COUNTS), "bits": 16})
        images.append(replace(one, layer=layer, pixels=locked(counts)))
    step = Step(what=f"transmission rounded to counts, air {AIR_COUNTS}", program=program, at=now)
    facts = scan.facts.model_copy(update={"kind": ScanKind.COUNTS})
    return Scan(facts, tuple(images), scan.masks).with_step(step)
