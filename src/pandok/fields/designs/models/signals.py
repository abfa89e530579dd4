"""Signals with their photographs, and readings. Rows are added, never changed."""

from __future__ import annotations

import uuid
from functools import cached_property

from django.conf import settings
from django.db import models

from pandok.core.reading import MarksFound, Reading


class Signal(models.Model):
    """What was caught: the photographs of one article, with the person and the time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="signals")
    caught_at = models.DateTimeField()

    class Meta:
        db_table = "desk_signal"


class SignalPhotograph(models.Model):
    """One photograph of a signal. `sha256` names the picture that is shown: upright, without metadata;
    `original_sha256` the file as it came, of which the pixels are read ("" where only the picture was kept)."""

    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="photographs")
    position = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    original_sha256 = models.CharField(max_length=64, blank=True, default="", db_index=True)
    width_px = models.PositiveIntegerField()
    height_px = models.PositiveIntegerField()

    class Meta:
        db_table = "desk_signalphotograph"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["signal", "position"], name="one_photograph_a_position")]

    @property
    def read_sha256(self) -> str:
        """Names the file that is read."""
        return self.original_sha256 or self.sha256


class ReadingRecord(models.Model):
    """What one reader said of one signal under given filters. Reading again adds a row; only the end of retention takes
    the text and codes out of one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="readings")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="readings")
    read_at = models.DateTimeField()
    filters = models.JSONField(default=dict)
    boxes = models.JSONField(default=list)
    """For each photograph the box the officer chose (`[x1, y1, x2, y2]` in pixels) or null."""
    outcome = models.CharField(max_length=16)
    reader = models.CharField(max_length=200)
    value = models.JSONField()
    """pandok.core.reading.Reading as JSON."""
    picture_sizes = models.JSONField(default=dict)
    """Width and height in pixels of each registered view shown as evidence, by sha256."""

    class Meta:
        db_table = "desk_readingrecord"
        ordering = ["-read_at"]
        indexes = [models.Index(fields=["actor", "-read_at"]), models.Index(fields=["-read_at"])]

    @cached_property
    def reading(self) -> Reading:
        """As it was made; `marks` may have come later."""
        return Reading.model_validate(self.value)

    @property
    def marks(self) -> MarksFound:
        """Text and codes, also where they were read after the shape."""
        found = self.reading.marks
        later = None if found.looked_for else ReadingMarks.objects.filter(reading=self).first()
        return MarksFound.model_validate(later.value) if later else found


class ReadingMarks(models.Model):
    """Text and codes that were read after the shape, because many photographs were waiting."""

    reading = models.OneToOneField(
        ReadingRecord, on_delete=models.CASCADE, primary_key=True, related_name="marks_read_later"
    )
    value = models.JSONField()
    """pandok.core.reading.MarksFound as JSON."""
    read_at = models.DateTimeField()

    class Meta:
        db_table = "desk_readingmarks"
