"""What was taken from poles: how far, where every sensor stands now, and what is not yet packed into files."""

from __future__ import annotations

from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.fields.street.models.places import Pole, Sensor


class PoleState(models.Model):
    """Where a pole stands. Locked first by whoever takes its messages: all else of the pole follows under this lock."""

    pole = models.OneToOneField(Pole, on_delete=models.PROTECT, primary_key=True, related_name="state")
    last_heard_at = models.DateTimeField(null=True, blank=True, db_index=True)
    clock_offset_ms = models.BigIntegerField(default=0, help_text="Added to the pole's times")
    again = models.PositiveBigIntegerField(default=0, help_text="Messages that came twice")
    late = models.PositiveBigIntegerField(default=0, help_text="Readings older than a newer one of the same sensor")
    refused = models.PositiveBigIntegerField(default=0, help_text="Readings that cannot be true, or of no sensor known")
    last_refusal = models.CharField(max_length=60, blank=True)

    class Meta:
        db_table = "street_polestate"


class Spool(models.Model):
    """One spool of a pole: its numbers count from 1. A pole that lost its disk begins another. `beyond`: numbers kept
    behind a gap."""

    pole = models.ForeignKey(Pole, on_delete=models.PROTECT, related_name="spools")
    key = models.CharField(max_length=32)
    contiguous = models.PositiveBigIntegerField(default=0)
    beyond = models.JSONField(default=list)
    begun_at = models.DateTimeField()
    from_file = models.BooleanField(default=False, help_text="The numbers of a file that was read in")

    class Meta:
        db_table = "street_spool"
        constraints = [models.UniqueConstraint(fields=["pole", "key"], name="one_spool_a_key")]

    def __str__(self) -> str:
        return f"{self.pole_id} {self.key[:8]}"


class CurrentValue(models.Model):
    """The newest reading of a sensor: the latest values of all poles are one read of this table."""

    sensor = models.OneToOneField(Sensor, on_delete=models.PROTECT, primary_key=True, related_name="current")
    at = models.DateTimeField(help_text="By the pole's clock, corrected")
    value = models.FloatField()
    since = models.DateTimeField(help_text="Since when it is exactly this value: a stuck sensor shows here")
    observation = models.BigIntegerField(null=True, help_text="Its number in SensorThings")

    class Meta:
        db_table = "street_currentvalue"


class DeviceAttribute(models.Model):
    """What a device of a pole said last of itself, as maker or firmware; what was registered stays as it is. `path`: of
    LwM2M, as /3/0/3."""

    pole = models.ForeignKey(Pole, on_delete=models.PROTECT, related_name="attributes")
    path = models.CharField(max_length=20)
    value = models.CharField(max_length=200)
    said_at = models.DateTimeField()

    class Meta:
        db_table = "street_deviceattribute"
        constraints = [models.UniqueConstraint(fields=["pole", "path"], name="one_attribute_a_path")]


class TakenMessage(models.Model):
    """A message as it was taken, until its readings are packed into a file of history. The unique pair is the last
    guard against keeping one twice."""

    pole = models.ForeignKey(Pole, on_delete=models.PROTECT, related_name="+")
    spool = models.ForeignKey(Spool, on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveBigIntegerField()
    received_at = models.DateTimeField()
    offset_ms = models.BigIntegerField()
    readings = models.JSONField(help_text="[sensor, property, at in ms as the pole said it, value] each")

    class Meta:
        db_table = "street_takenmessage"
        constraints = [models.UniqueConstraint(fields=["spool", "sequence"], name="one_message_a_number")]


class HistoryFile(AppendOnly):
    """A Parquet file of readings in the home folder, `street/history/`; it holds the messages up to `last_id`."""

    first_id = models.PositiveBigIntegerField()
    last_id = models.PositiveBigIntegerField(unique=True)
    messages = models.PositiveIntegerField()
    readings = models.PositiveIntegerField()
    name = models.CharField(max_length=80, unique=True)
    sha256 = models.CharField(max_length=64)
    packed_at = models.DateTimeField()
    numbered = models.BooleanField(default=False, help_text="It says the number of every observation")

    class Meta:
        db_table = "street_historyfile"
        ordering = ["last_id"]


class ReaderState(models.Model):
    """Where a hazard reader of a pole stands, as it saved itself: it goes on from here after any stop."""

    pole = models.ForeignKey(Pole, on_delete=models.PROTECT, related_name="readers")
    reader = models.CharField(max_length=60)
    saved = models.TextField()
    left_out = models.PositiveBigIntegerField(default=0, help_text="Readings that came too late to be read")

    class Meta:
        db_table = "street_readerstate"
        constraints = [models.UniqueConstraint(fields=["pole", "reader"], name="one_state_a_reader")]
