"""Deletion of images after their term: holds, and plans that two persons agree on. Readings, openings, marks and what
the image was measured to be stay: they are labels and figures."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models.deletions import DeletionPlan
from pandok.fields.xray.models.inspections import Inspection
from pandok.fields.xray.models.scans import Scan


class ScanHold(models.Model):
    """While it stands, no image of the inspection is deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="holds")
    reason = models.TextField()
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lift_reason = models.TextField(blank=True)

    class Meta:
        db_table = "xray_scanhold"
        ordering = ["-placed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection"], condition=models.Q(lifted_at=None), name="one_standing_scan_hold"
            )
        ]

    def __str__(self) -> str:
        return f"{self.inspection_id} {self.placed_at}"


class ScanDeletion(DeletionPlan):
    """Of images whose term is over; `policy`: the version of the retention periods."""

    policy = models.CharField(max_length=20)

    class Meta(DeletionPlan.Meta):
        db_table = "xray_scandeletion"


class ScanDeletionItem(models.Model):
    """One scan of a plan: why its images may go, and what became of them."""

    OPEN, ERASED, HELD, NEEDED = "", "erased", "held", "needed"
    OUTCOMES = [(one, one) for one in (ERASED, HELD, NEEDED)]

    deletion = models.ForeignKey(ScanDeletion, on_delete=models.PROTECT, related_name="items")
    scan = models.ForeignKey(Scan, on_delete=models.PROTECT, related_name="deletion_items")
    rule = models.CharField(max_length=40)
    due_on = models.DateField()
    size_bytes = models.PositiveBigIntegerField(default=0)
    outcome = models.CharField(max_length=10, blank=True, choices=OUTCOMES)
    at = models.DateTimeField(null=True)

    class Meta:
        db_table = "xray_scandeletionitem"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["deletion", "scan"], name="one_item_a_scan")]

    def __str__(self) -> str:
        return f"{self.scan_id} {self.outcome}"
