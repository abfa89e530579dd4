"""Resources for trials, and who has them when."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly


class TrialResource(models.Model):
    """A site, a piece of equipment, or the post of a coordinator. No private person stands here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True, help_text="2026-RS-000012")
    kind = models.CharField(max_length=20)
    region = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    body = models.CharField(max_length=200, help_text="Whose it is")
    post = models.CharField(max_length=200, blank=True, help_text="Whom to ask: a post")
    place = models.CharField(max_length=200, blank=True)
    hours = models.CharField(max_length=200, blank=True)
    rules = models.TextField(blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    booked = models.BooleanField(default=False, help_text="It is used by booking alone")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "programme_resource"
        ordering = ["title", "number"]

    def __str__(self) -> str:
        return self.number


class ResourceBooking(AppendOnly):
    """From `begins_at` until before `ends_at`. Who wants another time cancels and books again."""

    resource = models.ForeignKey(TrialResource, on_delete=models.PROTECT, related_name="bookings")
    begins_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField(db_index=True)
    for_whom = models.CharField(max_length=100, help_text="Company, institute or department")
    purpose = models.CharField(max_length=200)
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    booked_at = models.DateTimeField()

    class Meta:
        db_table = "programme_resourcebooking"
        ordering = ["begins_at", "pk"]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.begins_at}"


class ResourceBookingCancelled(AppendOnly):
    """It counts no longer; the calendar that was taken out is told so."""

    booking = models.OneToOneField(ResourceBooking, on_delete=models.PROTECT, related_name="cancelled")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()

    class Meta:
        db_table = "programme_resourcebookingcancelled"

    def __str__(self) -> str:
        return str(self.booking_id)
