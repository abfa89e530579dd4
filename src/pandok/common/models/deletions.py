"""A deletion that two persons agree on: proposed, confirmed, carried out, with its certificate."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.core.deletion import DeletionState


class DeletionPlan(models.Model):
    """A plan of deletion, and once done its certificate. Only pandok.common.records.deletion changes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True)
    state = models.CharField(
        max_length=10, choices=[(one.value, one.value) for one in DeletionState], default=DeletionState.PLANNED.value
    )
    reason = models.TextField()
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirm_reason = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    certificate = models.JSONField(default=dict)
    certificate_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True
        ordering = ["-planned_at"]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"
