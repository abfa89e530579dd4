"""Captures: what a phone sent, under the number that the phone gave it, so that sending twice keeps one."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pandok.core.declaration import (
    MOST_HS_DIGITS,
    MOST_IMPORTER,
    MOST_ITEM_NAME,
    MOST_NUMBER,
    MOST_QUANTITY_DIGITS,
    MOST_VALUE_DIGITS,
)
from pandok.fields.designs.models.signals import ReadingRecord, Signal


class CaptureState(models.TextChoices):
    RECEIVED = "received"
    """Kept; the reading has not been made, runs, or was interrupted."""
    READ = "read"
    UNREADABLE = "unreadable"
    FAILED = "failed"
    """The reader could not work; `reason` says why, and the reading can be tried again."""


class Capture(models.Model):
    """One signal as it came in, with what was declared. Only pandok.fields.designs.acts.captures changes it."""

    id = models.UUIDField(primary_key=True, editable=False, help_text="Made by the phone")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="captures")
    signal = models.OneToOneField(Signal, on_delete=models.PROTECT, related_name="capture")
    reading = models.ForeignKey(ReadingRecord, null=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    taken_at = models.DateTimeField(help_text="By the phone's clock, never later than received_at")

    parcel_number = models.CharField(max_length=MOST_NUMBER, blank=True)
    bl_number = models.CharField(max_length=MOST_NUMBER, blank=True)
    item_name = models.CharField(max_length=MOST_ITEM_NAME, blank=True)
    hs_code = models.CharField(max_length=MOST_HS_DIGITS, blank=True, help_text="Digits")
    value_krw = models.CharField(max_length=MOST_VALUE_DIGITS, blank=True, default="", help_text="Digits, whole won")
    importer = models.CharField(
        max_length=MOST_IMPORTER, blank=True, default="", help_text="Name or number, as written"
    )
    quantity = models.CharField(max_length=MOST_QUANTITY_DIGITS, blank=True, default="", help_text="Digits, pieces")

    filters = models.JSONField(default=dict)
    photographs = models.JSONField(default=list)
    """pandok.fields.designs.acts.photographs.KeptPhotograph as JSON: with remarks and the box that was drawn."""
    state = models.CharField(max_length=12, choices=CaptureState.choices, default=CaptureState.RECEIVED)
    reason = models.JSONField(default=dict)
    """Code and sentences (`what`, `next_step` with ko and en) of a failed reading."""
    reading_since = models.DateTimeField(null=True)
    """Since when somebody reads it; a reading that was cut off lets go after a while."""

    class Meta:
        db_table = "desk_capture"
        indexes = [models.Index(fields=["account", "-received_at"], name="capture_mine")]

    def __str__(self) -> str:
        return f"{self.id} {self.state}"
