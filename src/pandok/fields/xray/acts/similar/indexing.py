"""Past scans enter the index when they were decided on, and leave it when they wait again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from django.db.models import QuerySet

from pandok.core.errors import InputError
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.xray.acts.keeping import keep_embedding
from pandok.fields.xray.acts.machines import DEFAULT, profile
from pandok.fields.xray.lists.retention import erased_scans
from pandok.fields.xray.machine_class import MachineClass, machine_class_of
from pandok.fields.xray.models import Inspection, Scan, ScanView, ViewEmbedding
from pandok.fields.xray.similar_index import Shelf, SimilarIndexes, heading_of
from pandok.fields.xray.states import READABLE
from pandok.readers.xray.embedding import EMBEDDER, embedding
from pandok.readers.xray.physics.basis import DualResponse
from pandok.readers.xray.planes import material_of, transmission_of, unpacked
from pandok.readers.xray.standard import StandardScan, StandardView

A_BATCH = 2000
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Indexed:
    """`embedded`: views that had no vector of today's embedder; `indexed`: views that can be found now. `failed`:
    numbers of inspections whose scan could not be embedded: the spectra of its machine are gone."""

    embedded: int
    indexed: int
    failed: tuple[str, ...]


def index_inspection(inspection: Inspection, indexes: SimilarIndexes) -> None:
    """What can be found of it afterwards is what may be: all of its views once it was decided on, else none."""
    _put(ViewEmbedding.objects.filter(view__scan__inspection=inspection, embedder=EMBEDDER), indexes)


def forget_scan(scan: Scan, indexes: SimilarIndexes) -> None:
    """Its images are erased: nothing looks like it any more. May be called again."""
    for row in ViewEmbedding.objects.filter(view__scan=scan).select_related("view__scan__inspection"):
        inspection = row.view.scan.inspection
        indexes.remove(
            Shelf(inspection.site_id, MachineClass(row.machine_class), inspection.from_generator), [row.view_id]
        )


def index_all(
    *, home: Path, blobs: FolderBlobs, indexes: SimilarIndexes, progress: Progress = lambda _done, _total: None
) -> Indexed:
    """Everything that stands in the records: missing vectors are made, the indexes brought up to them and put in order.
    May be called again, and beside readers at work."""
    without = ScanView.objects.exclude(pk__in=ViewEmbedding.objects.filter(embedder=EMBEDDER).values("view_id"))
    left = Scan.objects.exclude(pk__in=erased_scans().values("scan_id"))
    scans = left.filter(views__in=without).distinct().order_by("imported_at")
    total, failed, embedded = scans.count(), [], 0
    for number, scan in enumerate(scans.select_related("inspection").iterator(), 1):
        try:
            embedded += embed_scan(scan, home, blobs)
        except InputError:
            failed.append(scan.inspection.number)
        progress(number, total)
    rows = ViewEmbedding.objects.filter(embedder=EMBEDDER).order_by("pk")
    shelves: set[Shelf] = set()
    last, indexed = 0, 0
    while batch := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:A_BATCH]):
        touched, count = _put(ViewEmbedding.objects.filter(pk__in=batch), indexes)
        shelves |= touched
        indexed += count
        last = batch[-1]
    for shelf in sorted(shelves, key=lambda one: str(one.folder)):
        indexes.of(shelf).rebuild()
    return Indexed(embedded, indexed, tuple(failed))


def embed_scan(scan: Scan, home: Path, blobs: FolderBlobs) -> int:
    """Vectors of its views out of what the store keeps; how many were made. Raises InputError where the spectra of its
    machine are no longer known, StoreError where its planes are gone."""
    views = list(scan.views.order_by("position"))
    if any(view.values for view in views):
        return 0  # a tomography, which is no transmission
    response = profile(home, str(scan.quality.get("response") or DEFAULT)).response
    read = [_standard_view(view, blobs) for view in views]
    machine_class = machine_class_of(StandardScan(tuple(read), scan.format, approximate=scan.approximate), response)
    return sum(_embed(view, one, response, machine_class) for view, one in zip(views, read, strict=True))


def _embed(view: ScanView, read: StandardView, response: DualResponse, machine_class: MachineClass) -> int:
    vector = embedding(read, response)
    if vector is None:
        return 0
    keep_embedding(view, vector, machine_class)
    return 1


def _standard_view(view: ScanView, blobs: FolderBlobs) -> StandardView:
    planes = unpacked(blobs.get(view.planes_sha256), view.rows, view.columns, len(view.planes))
    named = dict(zip(view.planes, planes, strict=True))
    pitch = (view.pitch_row_mm, view.pitch_column_mm)
    return StandardView(
        view.name,
        transmission_of(named["high"]),
        transmission_of(named["low"]) if "low" in named else None,
        material_of(named["material"]) if "material" in named else None,
        None if pitch[0] is None or pitch[1] is None else (pitch[0], pitch[1]),
        view.penetration_limit,
    )


def _put(rows: QuerySet[ViewEmbedding], indexes: SimilarIndexes) -> tuple[set[Shelf], int]:
    """These vectors into their indexes, or out of them; which shelves, and how many can be found."""
    into: dict[Shelf, list[ViewEmbedding]] = defaultdict(list)
    out: dict[Shelf, list[int]] = defaultdict(list)
    erased = set(erased_scans().values_list("scan_id", flat=True))
    for row in rows.select_related("view__scan__inspection"):
        inspection = row.view.scan.inspection
        shelf = Shelf(inspection.site_id, MachineClass(row.machine_class), inspection.from_generator)
        if inspection.stands in READABLE or row.view.scan_id in erased:
            out[shelf].append(row.view_id)
        else:
            into[shelf].append(row)
    for shelf, gone in out.items():
        indexes.remove(shelf, gone)
    for shelf, found in into.items():
        headings: Iterable[int] = (heading_of(one.view.scan.inspection.hs_code) for one in found)
        indexes.add(shelf, [one.view_id for one in found], np.stack([one.values for one in found]), list(headings))
    return set(into) | set(out), sum(len(one) for one in into.values())
