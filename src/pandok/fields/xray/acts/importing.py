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
from pandok.fields.xray.declaration import Declaration
from pandok.fields.xray.lists.retention import erased_scans
from pandok.fields.xray.models import Inspection, Scan
from pandok.readers.xray.formats.reading import NamedBytes
from pandok.readers.xray.standardise import MachineProfile, standardise


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
    no second one. Raises ScanError, InputError, StoreError; nothing is kept then but files that the sweep takes away.
    """
    sha256 = digest_of(files)
    if (known := known_scan(sha256, site)) is not None:
        return Imported(known, again=True)
    return begin_with(
        prepared_scan(files, profile, blobs, pool, sha256),
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
) -> StoredScan:
    """Decoded, on the standard scale, its files in the store: all of the work, and no record. `sha256`: `digest_of` the
    files. Raises as `import_scan`."""
    return store_scan(standardise(read_scan(pool, files), profile), files, blobs, profile.response, sha256)


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
        for told in AFTER_IMPORT:
            told(scan, now)
    return Imported(inspection)


def known_scan(sha256: str, site: Site | None) -> Inspection | None:
    """The inspection that these files began at this site; not one whose images were erased since."""
    known = Scan.objects.filter(sha256=sha256, inspection__site=site).select_related("inspection")
    found = known.exclude(pk__in=erased_scans().values("scan_id")).first()
    return found.inspection if found else None
