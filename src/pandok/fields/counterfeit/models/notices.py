"""Notices to parties: what was said, by which way it went, when it was opened and what was answered."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.common.models.parties import Party
from pandok.fields.counterfeit.models.cases import Case
from pandok.fields.counterfeit.outcomes import Answer


class Notice(models.Model):
    """One message to one party. Content is frozen when it is issued; a correction is a new notice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notices")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="notices")
    template = models.CharField(max_length=40)
    template_version = models.CharField(max_length=20)
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=300)
    content = models.JSONField()
    """The values that the template was filled with; page, mail and PDF are drawn from them."""
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    delivery_key = models.CharField(max_length=200, unique=True)
    document_number = models.CharField(
        max_length=40, blank=True, default="", help_text="ICN-2026-000123; empty: of old"
    )

    class Meta:
        db_table = "desk_notice"
        ordering = ["-issued_at"]
        indexes = [models.Index(fields=["party", "-issued_at"], name="notice_party")]
        constraints = [
            models.UniqueConstraint(
                fields=["document_number"], condition=~models.Q(document_number=""), name="one_document_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.case_id}"


class NoticeOpening(AppendOnly):
    """A person of the party opened the notice: when, and what was opened (page, pdf)."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="openings")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    what = models.CharField(max_length=10)

    class Meta:
        db_table = "desk_noticeopening"
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.at}"


class HolderAnswer(AppendOnly):
    """What the holder answered, with a reason. Several may follow each other; the last one counts."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="answers")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="answers")
    answer = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Answer])
    reason = models.TextField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "desk_holderanswer"
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.answer}"


class ImporterStatement(AppendOnly):
    """What the importer said when heard."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="statements")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="statements")
    text = models.TextField()
    asks_release = models.BooleanField(default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "desk_importerstatement"
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.at}"
