"""Papers of a case and the holders' guides that officers see beside the candidates."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models.parties import Party
from pandok.fields.counterfeit.models.cases import Case
from pandok.fields.register.models import Design


class CaseDocument(models.Model):
    """A file that a party or an officer put to a case; its content is in the blobs."""

    KINDS = [(kind, kind) for kind in ("appraisal", "licence", "parallel_import", "power_of_attorney", "suit", "other")]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=20, choices=KINDS)
    filename = models.CharField(max_length=200)
    media_type = models.CharField(max_length=60)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="documents")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    shared_with = models.JSONField(default=list, help_text="Kinds of party that may see it beside customs")

    class Meta:
        db_table = "desk_casedocument"
        ordering = ["uploaded_at"]

    def __str__(self) -> str:
        return self.filename


class IdentificationGuide(models.Model):
    """How to recognise the holder's goods, for officers. `design` null: all rights of the holder. Newer ones follow."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="guides")
    design = models.ForeignKey(Design, null=True, blank=True, on_delete=models.PROTECT, related_name="guides")
    title = models.CharField(max_length=200)
    text = models.TextField()
    pictures = models.JSONField(default=list, help_text="sha256 of pictures in the blobs")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "desk_identificationguide"
        ordering = ["-written_at"]

    def __str__(self) -> str:
        return self.title
