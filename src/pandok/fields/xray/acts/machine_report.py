"""What the machine's own detector reported of a scan (DICOS TDR): its boxes stand beside it as help of a machine.

The share that is read without help goes without these as well. What the machine calls no threat is not drawn; a box
that lies outside of the image is not either, and is counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account, Site
from pandok.common.models.locking import locked
from pandok.common.reasons import name_of
from pandok.core.audit import Detail
from pandok.core.text import Text
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.xray.acts.keeping import digest_of
from pandok.fields.xray.help_sources import HelpSource
from pandok.fields.xray.lists.retention import erased_scans
from pandok.fields.xray.marks import Candidate, Mark, Size
from pandok.fields.xray.models import HelpReading, Scan, ScanFile
from pandok.fields.xray.refusals import refusal
from pandok.readers.xray.formats.reading import NamedBytes, images_of_report
from pandok.readers.xray.scan import Assessment, Report, Threat
from pandok.readers.xray.scan import Scan as FoundScan

THREATS = frozenset({"THREAT", "HIGH_THREAT"})
SURE, DOUBTED = 1.0, 0.5
"""The score of a threat without a probability, and of one that the machine itself calls less likely than not: it is a
threat all the same, and is drawn."""
MOST_PLACES = 100


@dataclass(frozen=True)
class ReportFile:
    """A report that came as a file of its own."""

    report: Report
    maker: str
    files: tuple[NamedBytes, ...]


def report_of(found: FoundScan, files: tuple[NamedBytes, ...]) -> ReportFile | None:
    """None where the files are an image, or hold no threat report."""
    report = found.facts.report
    if report is None or found.images:
        return None
    return ReportFile(report, found.facts.machine.maker, files)


def attach_report(
    came: ReportFile, *, site: Site | None, actor: Account | None, now: datetime, blobs: FolderBlobs
) -> tuple[Scan, bool]:
    """The scan of this site that it speaks of, and whether this very file had come before. Raises RequestError
    xray.report_without_scan where that scan is not here, StoreError."""
    sha256 = digest_of(came.files)
    here = Scan.objects.filter(inspection__site=site, instance_uid__in=images_of_report(came.report))
    scan = here.exclude(pk__in=erased_scans().values("scan_id")).order_by("-imported_at").first()
    if scan is None:
        raise refusal("report_without_scan")
    (file,) = came.files
    kept = blobs.put(file.data)
    with transaction.atomic():
        scan = locked(Scan, scan.pk, "inspection")
        if scan.files.filter(sha256=sha256).exists():
            return scan, True
        position = scan.files.count()
        ScanFile.objects.create(scan=scan, position=position, name=file.name[-255:], sha256=kept)
        keep_report(scan, came.report, came.maker, actor=actor, now=now)
    return scan, False


def keep_report(scan: Scan, report: Report, maker: str, *, actor: Account | None, now: datetime) -> HelpReading:
    """In the caller's transaction."""
    views = {view.name: (view.rows, view.columns) for view in scan.views.order_by("position")}
    threats = [one for one in report.threats if _worst(one) is not None]
    said = [found for one in threats if (found := _candidate(one, views)) is not None][:MOST_PLACES]
    said.sort(key=lambda one: -one.score)
    reading = HelpReading.objects.create(
        scan=scan,
        source=HelpSource.MACHINE.value,
        reader=" ".join(filter(None, (maker, *report.algorithm)))[:200] or "DICOS TDR",
        read_at=now,
        candidates=[one.model_dump(mode="json") for one in said],
    )
    details: dict[str, Detail] = {
        "number": scan.inspection.number,
        "reader": reading.reader,
        "places": len(said),
        "outside": len(threats) - len(said),
    }
    audit.tell(name_of(actor), "scan.machine_reported", f"scan:{scan.pk}", "", now, details)
    return reading


def _worst(threat: Threat) -> Assessment | None:
    """The gravest assessment that calls it a threat."""
    found = [one for one in threat.assessments if one.flag in THREATS]
    return max(found, key=lambda one: (one.flag == "HIGH_THREAT", one.probability or 0.0), default=None)


def _candidate(threat: Threat, views: Mapping[str, Size]) -> Candidate | None:
    """Its box in the first view, cut at the edges of the image; None where it lies outside, or no box is said."""
    worst = _worst(threat)
    if worst is None or len(threat.base) < 2 or len(threat.extents) < 2 or not views:
        return None
    name, (rows, columns) = next(iter(views.items()))
    x1, x2 = (min(max(round(one), 0), columns) for one in (threat.base[0], threat.base[0] + threat.extents[0]))
    y1, y2 = (min(max(round(one), 0), rows) for one in (threat.base[1], threat.base[1] + threat.extents[1]))
    if x1 >= x2 or y1 >= y2:
        return None
    probability = worst.probability if worst.probability is not None and 0 <= worst.probability <= 1 else None
    return Candidate(
        mark=Mark(view=name, box=(x1, y1, x2, y2)),
        score=SURE if probability is None else max(DOUBTED, round(probability, 4)),
        reason=_reason(threat, worst, probability),
    )


def _reason(threat: Threat, worst: Assessment, probability: float | None) -> Text:
    what = ", ".join(filter(None, (worst.category, worst.description)))[:120] or worst.flag
    ko, en = f"장비 자체 탐지: {what}", f"found by the machine: {what}"
    if probability is None:
        ko, en = f"{ko}, 확률 없음", f"{en}, no probability given"
    else:
        ko, en = f"{ko}, 확률 {probability:.2f}", f"{en}, probability {probability:.2f}"
    if len(threat.base) > 2 and len(threat.extents) > 2 and threat.extents[2] > 1:
        first, last = round(threat.base[2]) + 1, round(threat.base[2] + threat.extents[2])
        ko, en = f"{ko}, 단층 {first}–{last}", f"{en}, slices {first}–{last}"
    return Text(ko=ko, en=en)
