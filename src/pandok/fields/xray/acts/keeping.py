"""A scan on the standard scale is kept: its file as it came, its planes, and a picture of each view."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.reasons import name_of
from pandok.core.audit import AuditEvent
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.xray.models import Inspection, Scan, ScanView
from pandok.fields.xray.refusals import refusal
from pandok.readers.xray.planes import packed
from pandok.readers.xray.standard import StandardScan


def keep_scan(
    *,
    inspection: Inspection,
    original: bytes,
    file_name: str,
    scan: StandardScan,
    actor: Account | None,
    now: datetime,
    blobs: FolderBlobs,
) -> Scan:
    """Files first, then the records, in one transaction. Raises RequestError where there is no view, StoreError where
    the files cannot be kept."""
    if not scan.views:
        raise refusal("no_views")
    sha256 = blobs.put(original)
    files = [(blobs.put(packed(view.levels())), blobs.put(view.preview_png())) for view in scan.views]
    with transaction.atomic():
        kept = Scan.objects.create(
            inspection=inspection,
            original_sha256=sha256,
            file_name=file_name[-255:],
            format=scan.format,
            machine=scan.machine[:120],
            taken_at=scan.taken_at,
            imported_at=now,
            imported_by=actor,
            approximate=scan.approximate,
            facts=dict(scan.facts),
            quality=dict(scan.quality),
        )
        for position, (view, (planes, preview)) in enumerate(zip(scan.views, files, strict=True)):
            rows, columns = view.shape
            ScanView.objects.create(
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
                summary=[],
            )
        audit.record(
            AuditEvent(
                name_of(actor),
                "scan.imported",
                f"scan:{kept.pk}",
                "",
                now,
                {"number": inspection.number, "sha256": sha256, "machine": kept.machine, "format": kept.format},
            )
        )
    return kept
