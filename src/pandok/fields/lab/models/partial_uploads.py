"""Uploads that come in pieces: what was announced. How far one has come is the size of its file."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class PartialUpload(models.Model):
    """Only pandok.fields.lab.acts.submissions.partial writes it. It goes when it is handed in, given up or a day
    old."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submitter = models.CharField(max_length=40, help_text="party:<id> or account:<id>")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, help_text="Of the whole, as its sender announced it")
    begun_at = models.DateTimeField()

    class Meta:
        ordering = ["begun_at"]
        indexes = [models.Index(fields=["submitter", "begun_at"], name="partial_upload_own")]

    def __str__(self) -> str:
        return f"{self.submitter} {self.bytes}"
