"""What others recorded: the measure of what poles missed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pandok.fields.street.hazard_kinds import HazardKind
from pandok.fields.street.models.places import Pole, TestBed


class OutsideRecord(models.Model):
    """One event that somebody else recorded (119, the road office, a resident's call), at a pole or somewhere in a test
    bed. Entered by hand or from a table; withdrawn where it was wrong, never removed."""

    test_bed = models.ForeignKey(TestBed, on_delete=models.PROTECT, related_name="outside_records")
    pole = models.ForeignKey(Pole, null=True, blank=True, on_delete=models.PROTECT, related_name="outside_records")
    hazard = models.CharField(max_length=12, choices=[(one.value, one.value) for one in HazardKind])
    began_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField()
    source = models.CharField(max_length=200)
    source_key = models.CharField(max_length=100, blank=True, help_text="Its number there")
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "street_outsiderecord"
        ordering = ["-began_at", "pk"]

    def __str__(self) -> str:
        return f"{self.hazard} {self.began_at:%Y-%m-%d %H:%M}"
