"""Scans and their standard views. Rows are added, never changed: a better standardisation is a further row."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.fields.xray.models.inspections import Inspection


class Scan(AppendOnly):
    """What a machine saw once, with what its files say of it. `sha256`: of the bytes as they came; of several files, of
    their digests together."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="scans")
    sha256 = models.CharField(max_length=64, db_index=True)
    instance_uid = models.CharField(
        max_length=64, blank=True, default="", db_index=True, help_text="DICOS: what reports of other files call it"
    )
    format = models.CharField(max_length=40)
    machine = models.CharField(max_length=120, blank=True, db_index=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approximate = models.BooleanField(help_text="Out of a picture of false colours: no measurement")
    facts = models.JSONField(default=dict, help_text="What the file says of machine, energies and geometry")
    quality = models.JSONField(default=dict, help_text="Quality report, each finding with its reason")

    class Meta:
        db_table = "xray_scan"
        ordering = ["imported_at"]

    def __str__(self) -> str:
        return f"{self.machine} {self.sha256[:8]}"


class ScanFile(AppendOnly):
    """One file of a scan as it came, unchanged. `sha256` names it in the store."""

    scan = models.ForeignKey(Scan, on_delete=models.PROTECT, related_name="files")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=255, blank=True)
    sha256 = models.CharField(max_length=64, db_index=True)

    class Meta:
        db_table = "xray_scanfile"
        ordering = ["scan", "position"]
        constraints = [models.UniqueConstraint(fields=["scan", "position"], name="one_file_a_position")]


class ScanView(AppendOnly):
    """One direction of a scan on the standard scale.

    `planes`: which of low, high, material stand in the file `planes_sha256`, in this order (uint16, row-wise
    differences, gzip: pandok.readers.xray.planes); `preview_sha256` a JPEG in standard colours (a PNG in older homes).
    """

    scan = models.ForeignKey(Scan, on_delete=models.PROTECT, related_name="views")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    rows = models.PositiveIntegerField()
    columns = models.PositiveIntegerField()
    pitch_row_mm = models.FloatField(null=True, blank=True)
    pitch_column_mm = models.FloatField(null=True, blank=True)
    planes = models.JSONField(default=list)
    planes_sha256 = models.CharField(max_length=64, db_index=True)
    preview_sha256 = models.CharField(max_length=64, db_index=True)
    penetration_limit = models.FloatField(help_text="Transmission below which nothing is told")
    slices = models.PositiveIntegerField(
        default=1, help_text="Of a tomography: rows and columns are those of one slice"
    )
    values = models.JSONField(
        default=list, help_text="Of a tomography: values of the file that transmissions 1 and 0 stand for"
    )

    class Meta:
        db_table = "xray_scanview"
        ordering = ["scan", "position"]
        constraints = [
            models.UniqueConstraint(fields=["scan", "position"], name="one_view_a_position"),
            models.UniqueConstraint(fields=["scan", "name"], name="one_view_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.scan_id} {self.position}"
