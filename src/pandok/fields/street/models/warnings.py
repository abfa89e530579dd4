"""Warnings to residents."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.fields.street.models.alerts import Alert
from pandok.fields.street.resident_text import LONG, SHORT, ResidentClass
from pandok.fields.street.warning_states import WarningState


class ResidentWarning(models.Model):
    """What residents are told of one alert. Only pandok.fields.street.acts.warning changes it. `cap12` and `cap11` are
    the documents as they were sent, with those of the cancellation behind them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="warnings")
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in ResidentClass])
    form = models.PositiveSmallIntegerField(choices=[(SHORT, SHORT), (LONG, LONG)], help_text="Most characters")
    text_ko = models.TextField()
    text_en = models.TextField(blank=True)
    area = models.CharField(max_length=200)
    radius_km = models.FloatField()
    simulated = models.BooleanField(help_text="Sent as an exercise")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=[(one.value, one.value) for one in WarningState])
    state_since = models.DateTimeField()
    cap12 = models.TextField(blank=True)
    cap11 = models.TextField(blank=True)
    cancel12 = models.TextField(blank=True)
    cancel11 = models.TextField(blank=True)

    class Meta:
        db_table = "street_residentwarning"
        ordering = ["-written_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def stands(self) -> WarningState:
        return WarningState(self.state)
