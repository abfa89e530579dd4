"""A container's scan against the empty ones of its type: what differs is kept as places beside the scan."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.jobs.work import WORKER
from pandok.core.audit import Detail
from pandok.core.text import Text
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.xray.acts.structure.banks import bank_with, digest_of_bank
from pandok.fields.xray.help_sources import HelpSource
from pandok.fields.xray.lists.structure import BankKey, bank_key, empties_of, newest_figure
from pandok.fields.xray.lists.uncompared import NO_CONTAINER, can_be_compared, shows_no_container
from pandok.fields.xray.marks import Candidate, Mark
from pandok.fields.xray.models import HelpReading, Scan
from pandok.readers.xray.containers.comparing import LEAST_BANK, Difference, compared
from pandok.readers.xray.containers.finding import NoContainer
from pandok.readers.xray.containers.kinds import ZONE_WORDS
from pandok.readers.xray.containers.placing import container_in
from pandok.readers.xray.planes import transmission_of, unpacked

PROGRAM = "container-structure 1"
UNMEASURED_LIMIT = 6.0
"""z from which a place is named, until the site has measured where one in a hundred of its empty containers lies."""
MOST_PLACES = 12


def compare_structure(scan: Scan, *, blobs: FolderBlobs, now: datetime) -> HelpReading | None:
    """None where no type is declared, too few empty ones are known, or no container is seen, which is told to the trail
    once; of a scan that was compared with these very ones, what was found then. Raises StoreError."""
    if not can_be_compared(scan):
        return None
    key = bank_key(scan)
    empties = empties_of(key)
    if len(empties) < LEAST_BANK:
        return None
    kind = f"{key.container_type}, {len(empties)}" + (", computed" if key.from_generator else "")
    title = f"{PROGRAM} ({kind}, {digest_of_bank(empties)[:8]})"
    known: HelpReading | None = scan.help_readings.filter(reader=title).first()
    if known is not None:
        return known
    view = scan.views.order_by("position")[0]
    planes = unpacked(blobs.get(view.planes_sha256), view.rows, view.columns, len(view.planes))
    high = transmission_of(planes[view.planes.index("high")])
    figure = newest_figure(key)
    limit = figure.limit if figure else UNMEASURED_LIMIT
    try:
        bank = bank_with(empties, blobs)
        found = compared(high, bank, limit=limit, penetration_limit=view.penetration_limit)
        place = container_in(high, bank.kind, found.turned)
    except NoContainer:
        _tell_no_container(scan, now)
        return None
    said = [
        Candidate(
            mark=Mark(view=view.name, box=place.pixels(one.box, (view.rows, view.columns))),
            score=round(1 - limit / (2 * one.z), 4) if one.z > limit else 0.5,
            reason=_reason(one, key, len(empties)),
        )
        for one in found.differences[:MOST_PLACES]
    ]
    with transaction.atomic():
        kept = HelpReading.objects.create(
            scan=scan,
            source=HelpSource.STRUCTURE.value,
            reader=title,
            read_at=now,
            candidates=[one.model_dump(mode="json") for one in said],
        )
        details: dict[str, Detail] = {"number": scan.inspection.number, "reader": title, "places": len(said)}
        audit.tell(WORKER, "scan.helped", f"scan:{scan.pk}", "", now, details)
    return kept


def _tell_no_container(scan: Scan, now: datetime) -> None:
    with transaction.atomic():
        if not shows_no_container(scan):
            audit.tell(WORKER, NO_CONTAINER, f"scan:{scan.pk}", "", now, {"number": scan.inspection.number})


def _reason(one: Difference, key: BankKey, count: int) -> Text:
    zone = ZONE_WORDS[one.zone]
    if one.against == "mirror":
        return Text(
            ko=f"{zone.ko}: 컨테이너 자신의 반대쪽보다 어둡습니다(z {one.z:.1f}). 어느 쪽이 다른지는 알 수 없습니다.",
            en=f"{zone.en}: darker than the container's own mirror half (z {one.z:.1f}). Which half is odd is "
            "not known.",
        )
    computed = key.from_generator
    return Text(
        ko=f"{zone.ko}: {'계산으로 만든 ' if computed else ''}빈 {key.container_type} 컨테이너 {count}대보다 어둡습니다"
        f"(z {one.z:.1f}, ln T {one.ln_t:+.2f}).",
        en=f"{zone.en}: darker than {count}{' computed' if computed else ''} empty {key.container_type} containers "
        f"(z {one.z:.1f}, ln T {one.ln_t:+.2f}).",
    )
