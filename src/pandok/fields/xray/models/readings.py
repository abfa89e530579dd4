"""What readers said of scans, what help there was, and what was found on opening. Rows are added, never changed."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.fields.xray.decisions import Decision, Found
from pandok.fields.xray.help_sources import HelpSource
from pandok.fields.xray.models.inspections import Inspection
from pandok.fields.xray.models.scans import Scan


class HelpReading(AppendOnly):
    """What a program or another machine said of a scan, before any person read it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scan = models.ForeignKey(Scan, on_delete=models.PROTECT, related_name="help_readings")
    source = models.CharField(
        max_length=12,
        choices=[(one.value, one.value) for one in HelpSource],
        default=HelpSource.PROGRAM.value,
    )
    reader = models.CharField(max_length=200, help_text="Name and version of the reader program")
    read_at = models.DateTimeField()
    candidates = models.JSONField(default=list, help_text="Each with view, box, score and reason")

    class Meta:
        db_table = "xray_helpreading"
        ordering = ["-read_at"]


class ImageReading(AppendOnly):
    """One person's decision on a scan that was on the screen. `shown_at` is when the image was there to be read."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="readings")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="image_readings")
    shown_at = models.DateTimeField()
    decided_at = models.DateTimeField()
    decision = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Decision])
    marks = models.JSONField(default=list, help_text="Suspicions: view and box in pixels of the standard view")
    remark = models.TextField(blank=True)
    help = models.ForeignKey(
        HelpReading, null=True, blank=True, on_delete=models.PROTECT, related_name="shown_in", help_text="As shown"
    )
    further_help = models.JSONField(default=list, help_text="Ids of the help readings that were shown beside the first")
    functions = models.JSONField(default=list, help_text="Image functions that were used, in order")
    similar = models.JSONField(default=list, help_text="Numbers of past inspections that were shown beside it")

    class Meta:
        db_table = "xray_imagereading"
        ordering = ["decided_at"]
        indexes = [
            models.Index(fields=["reader", "decided_at"], name="image_reading_mine"),
            models.Index(fields=["decided_at"], name="image_reading_decided"),
        ]

    @property
    def seconds(self) -> float:
        return (self.decided_at - self.shown_at).total_seconds()


class Opening(AppendOnly):
    """What was in it. The truth about an inspection, and the label of its scan."""

    inspection = models.OneToOneField(Inspection, on_delete=models.PROTECT, primary_key=True, related_name="opening")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="openings")
    opened_at = models.DateTimeField()
    found = models.CharField(max_length=16, choices=[(one.value, one.value) for one in Found])
    what = models.CharField(max_length=300, blank=True)
    marks = models.JSONField(default=list, help_text="Where it lay: view and box in pixels of the standard view")

    class Meta:
        db_table = "xray_opening"
        ordering = ["opened_at"]


class ShownScan(models.Model):
    """Which inspection stands on whose screen since when, so that two readers are not given the same one."""

    inspection = models.OneToOneField(Inspection, on_delete=models.CASCADE, primary_key=True, related_name="shown")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    shown_at = models.DateTimeField()
    similar = models.JSONField(default=list, help_text="Numbers of past inspections that were shown beside it")

    class Meta:
        db_table = "xray_shownscan"


class ScanAhead(models.Model):
    """Which inspection a reader's browser fetched, sealed, while another stands on their screen. Nobody saw it."""

    reader = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="scan_ahead"
    )
    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="kept_ahead")
    asked_at = models.DateTimeField()

    class Meta:
        db_table = "xray_scanahead"
