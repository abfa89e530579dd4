"""One scan, read once by a reader program: its places are kept beside the scan, and never changed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.jobs.work import WORKER
from pandok.core.audit import Detail
from pandok.engines.files.blobs import FolderBlobs
from pandok.engines.scans.help_model import HelpModel
from pandok.fields.xray.acts.help.looking import keep_look
from pandok.fields.xray.acts.machines import profile
from pandok.fields.xray.marks import Candidate, Mark
from pandok.fields.xray.models import HelpReading, Scan, ScanView
from pandok.readers.xray.help.maps import GoodsMaps, goods_maps, readable
from pandok.readers.xray.help.reading import places_in
from pandok.readers.xray.planes import transmission_of, unpacked


def readable_views(scan: Scan) -> list[ScanView]:
    """The views that a reader program can read: two energies on a known machine, and a pitch that is fine enough."""
    if scan.approximate or not scan.quality.get("response"):
        return []
    return [view for view in scan.views.order_by("position") if readable(tuple(view.planes), _pitch(view))]


def read_with(model: HelpModel, scan: Scan, *, blobs: FolderBlobs, home: Path, now: datetime) -> HelpReading | None:
    """What `model` says of `scan`; of one that it has read, what it said then. None where it can read none of its
    views. Raises ModelError, StoreError, InputError."""
    known: HelpReading | None = scan.help_readings.filter(reader=model.title).first()
    views = readable_views(scan)
    if known is not None or not views:
        return known
    said: list[Candidate] = []
    seen = [maps_of(view, scan, blobs, home) for view in views]
    keep_look(scan, seen, now)
    for view, maps in zip(views, seen, strict=True):
        places = places_in(maps, model.shares, model.classes, model.curve, model.rule, (view.rows, view.columns))
        said += [
            Candidate(mark=Mark(view=view.name, box=one.box), score=one.score, reason=one.reason) for one in places
        ]
    said.sort(key=lambda one: -one.score)
    with transaction.atomic():
        kept = HelpReading.objects.create(
            scan=scan,
            reader=model.title,
            read_at=now,
            candidates=[one.model_dump(mode="json") for one in said],
        )
        details: dict[str, Detail] = {"number": scan.inspection.number, "reader": model.title, "places": len(said)}
        audit.tell(WORKER, "scan.helped", f"scan:{scan.pk}", "", now, details)
    return kept


def maps_of(view: ScanView, scan: Scan, blobs: FolderBlobs, home: Path) -> GoodsMaps:
    """The basis densities of a readable view, solved again from its planes. Raises StoreError, InputError."""
    pitch = _pitch(view)
    assert pitch is not None
    planes = unpacked(blobs.get(view.planes_sha256), view.rows, view.columns, len(view.planes))
    low, high = (transmission_of(planes[view.planes.index(name)]) for name in ("low", "high"))
    response = profile(home, str(scan.quality["response"])).response
    return goods_maps(low, high, pitch, response, view.penetration_limit)


def _pitch(view: ScanView) -> tuple[float, float] | None:
    if view.pitch_row_mm is None or view.pitch_column_mm is None:
        return None
    return view.pitch_row_mm, view.pitch_column_mm
