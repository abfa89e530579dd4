"""What Pandok writes beside the standard tags of a DICOS file: facts that these have no place for, under a seal.

Other programs pass the block by. DICOM has no check sum of pixels: it stands here too. Pixels, their size, bits and
scale are always those of the standard tags.
"""

from __future__ import annotations

import hashlib
import json
import warnings
from dataclasses import replace
from typing import Any

import numpy as np
from pydantic import ValidationError
from pydicom import Dataset

from pandok.core.canonical import canonical, digest
from pandok.readers.xray.formats import refusals
from pandok.readers.xray.scan import Layer, Report, Scan, ScanFacts, ScanImage

CREATOR, GROUP = "PANDOK SCAN 1", 0x0011
PROGRAM = "PANDOK"
IMPLEMENTATION = "2.25.329800735698586629295641978511506172918"
"""A UUID of our own: which program wrote the file."""
OF_THE_FILE = frozenset(
    (
        *("format", "kind", "sha256", "sop_class", "instance_uid", "series_uid", "study_uid", "frame_uid"),
        *("transfer_syntax", "photometric", "report"),
    )
)
"""Facts that each file says of itself."""


def write_block(data_set: Dataset, scan: Scan, image: ScanImage | None, *, report: Report | None = None) -> None:
    """`report`: as it was; that of `scan` has words where the standard asks for some and nobody knows any."""
    facts = scan.facts
    plain: dict[str, Any] = {"facts": facts.model_dump(mode="json", exclude=set(OF_THE_FILE))}
    if image is not None:
        plain |= {"layer": image.layer.model_dump(mode="json"), "pixels": digest_of(image)}
    if report is not None:
        plain |= {"report": report.model_dump(mode="json"), "objects": digest_of_report(scan)}
    block = data_set.private_block(GROUP, CREATOR, create=True)
    block.add_new(1, "UT", json.dumps({**plain, "seal": digest(plain)}, ensure_ascii=True))


def facts_within(scan: Scan, data_set: Dataset, *, written_here: bool) -> Scan:
    """The scan with what its block adds. `written_here`: the header says so, and the block must be there.

    Raises ScanError scan.checksum where block or pixels were changed."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # Bytes where a file without kinds of values (implicit) holds it.
            said = data_set.private_block(GROUP, CREATOR)[1].value
    except KeyError:
        if written_here:
            raise refusals.checksum() from None
        return scan
    try:
        plain = json.loads(said)
        seal = plain.pop("seal")
        if digest(plain) != seal:
            raise refusals.checksum()
        facts = ScanFacts(format="", kind=scan.kind, **plain["facts"])
        layer = Layer(**plain["layer"]) if "layer" in plain else None
        if layer is not None and [plain["pixels"]] != [digest_of(one) for one in scan.images]:
            raise refusals.checksum()
        report = Report(**plain["report"]) if "report" in plain else None
        if report is not None and plain["objects"] != digest_of_report(scan):
            raise refusals.checksum()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, ValidationError) as error:
        raise refusals.checksum() from error
    remarks = tuple(dict.fromkeys((*facts.remarks, *scan.facts.remarks)))
    added = {name: getattr(facts, name) for name in ScanFacts.model_fields if name not in OF_THE_FILE}
    added["remarks"] = remarks
    if report is not None and scan.facts.report is not None:
        added["report"] = _with_images(report, scan.facts.report)
    images = scan.images
    if layer is not None:
        images = tuple(replace(one, layer=_of_both(one.layer, layer)) for one in images)
    return Scan(scan.facts.model_copy(update=added), images, scan.masks)


def digest_of(image: ScanImage) -> str:
    """sha256 of shape, kind of number, values and palette."""
    told = hashlib.sha256(f"{image.pixels.shape}{image.pixels.dtype.str}{image.palette_first}".encode())
    told.update(image.pixels.tobytes())
    if image.palette is not None:
        told.update(image.palette.tobytes())
    return told.hexdigest()


def digest_of_report(scan: Scan) -> str:
    """sha256 of decision, objects and bitmaps; without the names of images, which are made again on writing. Numbers in
    the single precision of DICOS, which is all that a file gives back."""
    report = scan.facts.report
    threats = [] if report is None else [_single(one.model_dump(exclude={"images"})) for one in report.threats]
    told = hashlib.sha256(canonical([report.decision if report else "", threats]))
    for mask in scan.masks:
        told.update(f"{mask.shape}".encode() + mask.tobytes())
    return told.hexdigest()


def _single(value: Any) -> Any:
    if isinstance(value, float):
        return float(np.float32(value))
    if isinstance(value, dict):
        return {name: _single(one) for name, one in value.items()}
    return [_single(one) for one in value] if isinstance(value, list | tuple) else value


def _with_images(report: Report, standard: Report) -> Report:
    threats = tuple(
        one.model_copy(update={"images": other.images})
        for one, other in zip(report.threats, standard.threats, strict=True)
    )
    return report.model_copy(update={"images": standard.images, "threats": threats})


def _of_both(standard: Layer, own: Layer) -> Layer:
    if (standard.bits, standard.slope, standard.intercept) != (own.bits, own.slope, own.intercept):
        # Somebody scaled the image and left the block: what it says of air no longer holds.
        return standard
    return own
