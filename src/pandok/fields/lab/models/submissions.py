"""Submissions: a model as data, with its sheet, as one company handed it in. Of refused ones the reasons are kept."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.core.lab.submission import SubmissionSheet
from pandok.fields.lab.models.problems import ProblemPack


class Submission(models.Model):
    """One upload. Only pandok.fields.lab.acts.submissions writes it, once.

    `submitter` is the organisation it counts for (see pandok.fields.lab.acts.budget.organisations); `upload_key`
    is the number
    that the form carried, so that the same upload twice is one submission. The zip itself is not kept: of a refused one
    only hash and reasons stay, of an accepted one the model and its sheet.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pack = models.ForeignKey(ProblemPack, on_delete=models.PROTECT, related_name="submissions")
    submitter = models.CharField(max_length=40, help_text="party:<id> or account:<id>")
    submitter_name = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="submissions")
    received_at = models.DateTimeField()
    upload_key = models.UUIDField()
    upload_sha256 = models.CharField(max_length=64)
    upload_bytes = models.PositiveBigIntegerField()
    name = models.CharField(max_length=120, blank=True)
    version = models.CharField(max_length=40, blank=True)
    sheet_values = models.JSONField(default=dict, help_text="submission.json as it was checked")
    card = models.TextField(blank=True, help_text="card.md")
    model_sha256 = models.CharField(max_length=64, blank=True, help_text="A file of the blob store")
    model_bytes = models.PositiveBigIntegerField(default=0)
    canonical_sha256 = models.CharField(max_length=64, blank=True)
    sample_outputs = models.JSONField(default=dict, help_text="case_id of a public case -> list of numbers")
    refusals = models.JSONField(default=list, help_text="[{code, where}]; empty: accepted")

    class Meta:
        ordering = ["-received_at"]
        constraints = [models.UniqueConstraint(fields=["submitter", "upload_key"], name="one_submission_an_upload")]
        indexes = [models.Index(fields=["submitter", "-received_at"], name="submission_own")]

    @property
    def accepted(self) -> bool:
        return not self.refusals

    @property
    def sheet(self) -> SubmissionSheet:
        """Only of an accepted one."""
        return SubmissionSheet.model_validate(self.sheet_values)

    def __str__(self) -> str:
        return f"{self.submitter_name} {self.name} {self.version}"
