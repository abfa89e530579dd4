"""A scan comes in: decoded in a process with bounds, brought onto the one scale, kept beside its declaration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from pandok.common.models import Account, Site
from pandok.engines.decoding.pool import DecodingPool
from pandok.engines.files.blobs import FolderBlobs
from pandok.engines.scans.there import read_scan
from pandok.fields.xray.acts.after_import import AFTER_IMPORT
from pandok.fields.xray.acts.beginning import Shares, begin_inspection
from pandok.fields.xray.acts.keeping import StoredScan, digest_of, keep_scan, store_scan
from pandok.fields.xray.acts.machine_report import ReportFile, attach_report, keep_report, report_of
from pandok.fields.xray.declaration import Declaration
from pandok.fields.xray.lists.retention import erased_scans
from pandok.fields.xray.models import Inspection, Scan
from pandok.readers.xray.formats.reading import NamedBytes
from pandok.readers.xray.scan import Report, ScanKind
from pandok.readers.xray.standardise import MachineProfile, standardise
from pandok.readers.xray.tomography import tomography_scan


@dataclass(frozen=True)
class Imported:
    """`again`: these very files had come before; nothing was added."""

    inspection: Inspection
    again: bool = False


def import_scan(
    *,
    files: Sequence[NamedBytes],
    declaration: Declaration,
    profile: MachineProfile,
    site: Site | None,
    actor: Account | None,
    now: datetime,
    shares: Shares,
    chance: Callable[[], float],
    blobs: FolderBlobs,
    pool: DecodingPool,
    from_generator: bool = False,
) -> Imported:
    """The files of one scan to an inspection that waits for its reader. Files that came before to the same site begin
    no second one. A threat report alone goes to the scan that it speaks of. Raises ScanError, InputError, StoreError,
    RequestError xray.report_without_scan; nothing is kept then but files that the sweep takes away.
    """
    sha256 = digest_of(files)
    if (known := known_scan(sha256, site)) is not None:
        return Imported(known, again=True)
    prepared = prepared_scan(files, profile, blobs, pool, sha256)
    if isinstance(prepared, ReportFile):
        return attached(prepared, site=site, actor=actor, now=now, blobs=blobs)
    return begin_with(
        prepared,
        declaration=declaration,
        site=site,
        actor=actor,
        now=now,
        shares=shares,
        chance=chance,
        from_generator=from_generator,
    )


def prepared_scan(
    files: Sequence[NamedBytes], profile: MachineProfile, blobs: FolderBlobs, pool: DecodingPool, sha256: str
) -> StoredScan | ReportFile:
    """Decoded, on the standard scale, its files in the store: all of the work, and no record. `sha256`: `digest_of` the
    files. Raises as `import_scan`."""
    found = read_scan(pool, files)
    if (report := report_of(found, tuple(files))) is not None:
        return report
    volume = found.kind is ScanKind.VOLUME
    return store_scan(
        tomography_scan(found) if volume else standardise(found, profile), files, blobs, profile.response, sha256
    )


def attached(
    report: ReportFile, *, site: Site | None, actor: Account | None, now: datetime, blobs: FolderBlobs
) -> Imported:
    """A threat report that came alone, beside its scan. Raises RequestError xray.report_without_scan."""
    scan, again = attach_report(report, site=site, actor=actor, now=now, blobs=blobs)
    return Imported(scan.inspection, again)


def begin_with(
    stored: StoredScan,
    *,
    declaration: Declaration,
    site: Site | None,
    actor: Account | None,
    now: datetime,
    shares: Shares,
    chance: Callable[[], float],
    from_generator: bool = False,
) -> Imported:
    """An inspection for a scan whose files stand in the store."""
    with transaction.atomic():
        inspection = begin_inspection(
            declaration=declaration,
            site=site,
            actor=actor,
            now=now,
            shares=shares,
            chance=chance,
            from_generator=from_generator,
        )
        # Whoever sends the same file at the same moment waited for this number.
        if (known := known_scan(stored.sha256, site)) is not None:
            transaction.set_rollback(True)
            return Imported(known, again=True)
        scan = keep_scan(inspection, stored, actor=actor, now=now)
        if (said := stored.scan.facts.get("report")) is not None:
            maker = str((stored.scan.facts.get("machine") or {}).get("maker", ""))
            keep_report(scan, Report.model_validate(said), maker, actor=actor, now=now)
        for told in AFTER_IMPORT:
            told(scan, now)
    return Imported(inspection)


def known_scan(sha256: str, site: Site | None) -> Inspection | None:
    """The inspection that these files began at this site; not one whose images were erased since."""
    known = Scan.objects.filter(sha256=sha256, inspection__site=site).select_related("inspection")
    found = known.exclude(pk__in=erased_scans().values("scan_id")).first()
    return found.inspection if found else None
