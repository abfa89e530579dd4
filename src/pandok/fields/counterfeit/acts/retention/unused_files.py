"""Photographs and papers that no row names: sent beside a bad file, or taken out before they were read.

They are set aside after a day, when no session that holds them lives any more, and erased after two weeks. What a row
names by then, for example because a newer database was put back, is brought back. Nothing is set aside or erased while
database or clock do not fit the audit chain: to an older database, newer files belong to nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

from pandok.common.audit import writing as audit
from pandok.common.files_in_use import named_by_fields
from pandok.common.freed_pages import empty_write_ahead_log
from pandok.common.jobs.registry import every
from pandok.common.jobs.work import Work
from pandok.common.trust.doubts import doubt_of_the_chain, doubt_of_the_clock, longest_pause
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.counterfeit.acts.retention.owners import FIELD, own_owners_of
from pandok.fields.designs.models import Capture, SignalPhotograph
from pandok.fields.register.models import View

UNUSED = "unused"
UNTOUCHED = timedelta(days=1)
"""A session that holds photographs before they are read lasts ten hours."""
IN_QUARANTINE = timedelta(days=14)
LONGEST_PAUSE = timedelta(days=7)
"""A chain that was silent for longer may have met a clock that jumped ahead: files are looked at again later."""
AT_ONCE = 500
SWEEPER = "pandok-worker"


@every(24 * 3600, by_clock=True)
def sweep_unused_files(work: Work) -> None:
    if doubt_of_the_chain(work.now) or doubt_of_the_clock(work.now) or longest_pause(work.now) > LONGEST_PAUSE:
        return
    _bring_back_and_erase(work.blobs, work.now)
    _set_aside(work.blobs, work.now)
    empty_write_ahead_log()


def _set_aside(blobs: FolderBlobs, now: datetime) -> None:
    aside: list[str] = []
    names = (sha256 for sha256 in blobs.names() if _touched(blobs, sha256) <= now - UNTOUCHED)
    while part := list(islice(names, AT_ONCE)):
        used = used_files(set(part))
        aside += [sha256 for sha256 in part if sha256 not in used and blobs.set_aside(sha256, UNUSED)]
    for sha256 in aside:
        audit.tell(SWEEPER, "file.set_aside", f"picture:{sha256}", "no record names it", now)


def _bring_back_and_erase(blobs: FolderBlobs, now: datetime) -> None:
    aside = {sha256: since for sha256, why, since in blobs.in_quarantine() if why == UNUSED}
    used = used_files(set(aside))
    for sha256, since in aside.items():
        if sha256 in used:
            if blobs.bring_back(sha256):
                audit.tell(SWEEPER, "file.brought_back", f"picture:{sha256}", "a record names it", now)
        elif since <= now - IN_QUARANTINE and blobs.erase_set_aside(sha256, UNUSED):
            audit.tell(SWEEPER, "file.erased", f"picture:{sha256}", "no record names it", now)


def used_files(hashes: set[str]) -> set[str]:
    """Of these files, those that some row names."""
    used = files_of_desk(hashes)
    return used | named_by_fields(hashes - used, besides=FIELD)


def files_of_desk(hashes: set[str]) -> set[str]:
    """Those that this field names, and those that stand under it. Nearly all are views or photographs: asked first."""
    used = set(View.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))
    used |= set(SignalPhotograph.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))
    rest = hashes - used
    return used | set(own_owners_of(rest)) | set(_of_captures(rest)) if rest else used


def _of_captures(hashes: set[str]) -> Iterator[str]:
    """Photographs of captures stand in their signals too, once those are kept; these are in between."""
    open_ones = Capture.objects.filter(reading=None).values_list("photographs", flat=True)
    for photographs in open_ones.iterator(chunk_size=1000):
        for one in photographs:
            yield from {str(one.get("sha256", "")), str(one.get("original_sha256", ""))} & hashes


def _touched(blobs: FolderBlobs, sha256: str) -> datetime:
    try:
        return datetime.fromtimestamp(os.stat(blobs.path(sha256)).st_mtime, UTC)
    except FileNotFoundError:
        return datetime.max.replace(tzinfo=UTC)
