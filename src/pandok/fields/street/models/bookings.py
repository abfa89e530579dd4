"""Bookings of test beds: who has which site, or one pole of it, from when to when."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.fields.street.models.places import Pole, TestBed


class Booking(AppendOnly):
    """From `begins_at` until before `ends_at`. `pole` None: the whole test bed. Never changed: who wants another time
    cancels and books again."""

    test_bed = models.ForeignKey(TestBed, on_delete=models.PROTECT, related_name="bookings")
    pole = models.ForeignKey(Pole, null=True, on_delete=models.PROTECT, related_name="bookings")
    begins_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField(db_index=True)
    for_whom = models.CharField(max_length=100, help_text="Company, institute or department")
    purpose = models.CharField(max_length=200)
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    booked_at = models.DateTimeField()

    class Meta:
        db_table = "street_booking"
        ordering = ["begins_at", "pk"]


class BookingCancelled(AppendOnly):
    """It counts no longer; the calendar that was taken out is told so."""

    booking = models.OneToOneField(Booking, on_delete=models.PROTECT, related_name="cancelled")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()

    class Meta:
        db_table = "street_bookingcancelled"
