"""A scan on the standard scale is kept: its files as they came, its planes, and a picture of each view."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.reasons import name_of
from pandok.core.audit import AuditEvent
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.xray.machine_class import MachineClass, machine_class_of
from pandok.fields.xray.models import Inspection, Scan, ScanFile, ScanView, ViewEmbedding
from pandok.fields.xray.refusals import refusal
from pandok.readers.xray.embedding import EMBEDDER, Vector, embedding
from pandok.readers.xray.formats.reading import NamedBytes
from pandok.readers.xray.physics.basis import DualResponse
from pandok.readers.xray.planes import packed
from pandok.readers.xray.standard import StandardScan


@dataclass(frozen=True)
class StoredScan:
    """A scan whose files stand in the store. `sha256`: of the files together; `files`: name and sha256 of each;
    `views`: sha256 of planes and preview of each view. `embeddings`: of each view, None where it shows no goods."""

    scan: StandardScan
    sha256: str
    files: tuple[tuple[str, str], ...]
    views: tuple[tuple[str, str], ...]
    embeddings: tuple[Vector | None, ...]
    machine_class: MachineClass


def store_scan(
    scan: StandardScan,
    files: Sequence[NamedBytes],
    blobs: FolderBlobs,
    response: DualResponse,
    sha256: str | None = None,
) -> StoredScan:
    """Before any transaction begins: it takes a tenth of a second. `response`: spectra of the machine. `sha256`:
    `digest_of` the files, where it is known. Raises RequestError where there is no view, StoreError where the files
    cannot be kept."""
    if not scan.views:
        raise refusal("no_views")
    return StoredScan(
        scan,
        sha256 or digest_of(files),
        tuple((one.name, blobs.put(one.data)) for one in files),
        tuple((blobs.put(packed(view.levels())), blobs.put(view.preview_jpeg())) for view in scan.views),
        # A tomography is no transmission: it cannot be compared with scans by amount and material.
        tuple(None if view.values else embedding(view, response) for view in scan.views),
        machine_class_of(scan, response),
    )


def keep_scan(inspection: Inspection, stored: StoredScan, *, actor: Account | None, now: datetime) -> Scan:
    """The records, in the caller's transaction."""
    scan = stored.scan
    kept = Scan.objects.create(
        inspection=inspection,
        sha256=stored.sha256,
        instance_uid=str(scan.facts.get("instance_uid") or "")[:64],
        format=scan.format[:40],
        machine=scan.machine[:120],
        taken_at=scan.taken_at,
        imported_at=now,
        imported_by=actor,
        approximate=scan.approximate,
        facts=dict(scan.facts),
        quality=dict(scan.quality),
    )
    for position, (name, named) in enumerate(stored.files):
        ScanFile.objects.create(scan=kept, position=position, name=name[-255:], sha256=named)
    for position, (view, (planes, preview)) in enumerate(zip(scan.views, stored.views, strict=True)):
        rows, columns = view.shape
        made = ScanView.objects.create(
            scan=kept,
            position=position,
            name=view.name[:40],
            rows=rows,
            columns=columns,
            pitch_row_mm=view.pitch_mm[0] if view.pitch_mm else None,
            pitch_column_mm=view.pitch_mm[1] if view.pitch_mm else None,
            planes=list(view.planes),
            planes_sha256=planes,
            preview_sha256=preview,
            penetration_limit=view.penetration_limit,
            slices=view.slices,
            values=list(view.values or ()),
        )
        vector = stored.embeddings[position]
        if vector is not None:
            keep_embedding(made, vector, stored.machine_class)
    details = {"number": inspection.number, "sha256": stored.sha256, "machine": kept.machine, "format": kept.format}
    audit.record(AuditEvent(name_of(actor), "scan.imported", f"scan:{kept.pk}", "", now, details))
    return kept


def keep_embedding(view: ScanView, vector: Vector, machine_class: MachineClass) -> None:
    """Nothing is added where it stands already."""
    ViewEmbedding.objects.get_or_create(
        view=view,
        embedder=EMBEDDER,
        defaults={"machine_class": machine_class.value, "vector": vector.astype("<f4").tobytes()},
    )


def digest_of(files: Sequence[NamedBytes]) -> str:
    """Of one file its sha256; of several that of their digests, in the order of their names."""
    each = [hashlib.sha256(one.data).hexdigest() for one in sorted(files, key=lambda one: one.name)]
    return each[0] if len(each) == 1 else hashlib.sha256("".join(each).encode()).hexdigest()
