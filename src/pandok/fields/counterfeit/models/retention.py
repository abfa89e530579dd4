"""Deletion of files after their term: legal holds, plans that two persons agree on, what was erased and why."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.fields.counterfeit.models.cases import Case


class LegalHold(models.Model):
    """While it stands, no file of the case is deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="holds")
    reason = models.TextField()
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lift_reason = models.TextField(blank=True)

    class Meta:
        db_table = "desk_legalhold"
        ordering = ["-placed_at"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(lifted_at=None), name="one_standing_hold")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.placed_at}"


class DeletionState(models.TextChoices):
    PLANNED = "planned"
    """Proposed by one person; a second one must confirm."""
    CONFIRMED = "confirmed"
    """Two persons agreed; files are being erased, or erasing was interrupted and goes on."""
    DONE = "done"
    WITHDRAWN = "withdrawn"


class Deletion(models.Model):
    """A plan of deletion, and once done its certificate. Only pandok.fields.counterfeit.acts.retention changes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True, help_text="2026-D-0001")
    state = models.CharField(max_length=10, choices=DeletionState.choices, default=DeletionState.PLANNED)
    policy = models.CharField(max_length=20, help_text="Version of the retention periods")
    reason = models.TextField()
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirm_reason = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)
    certificate = models.JSONField(default=dict)
    certificate_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "desk_deletion"
        ordering = ["-planned_at"]
        indexes = [models.Index(fields=["state", "-planned_at"], name="deletion_state")]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"


class DeletionItem(models.Model):
    """One file of a plan: why it may go, and what became of it."""

    OPEN, ERASED, HELD, NEEDED = "", "erased", "held", "needed"
    OUTCOMES = [(one, one) for one in (ERASED, HELD, NEEDED)]

    deletion = models.ForeignKey(Deletion, on_delete=models.PROTECT, related_name="items")
    sha256 = models.CharField(max_length=64, db_index=True)
    rule = models.CharField(max_length=40)
    due_on = models.DateField()
    belongs_to = models.JSONField(default=list, help_text="What uses the file, in words for people: case numbers")
    size_bytes = models.PositiveBigIntegerField(default=0)
    outcome = models.CharField(max_length=10, blank=True, choices=OUTCOMES)
    at = models.DateTimeField(null=True)

    class Meta:
        db_table = "desk_deletionitem"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["deletion", "sha256"], name="one_item_a_file")]

    def __str__(self) -> str:
        return f"{self.sha256} {self.outcome}"


class ErasedFile(AppendOnly):
    """The tombstone of a file: pages say so in its place. The same bytes may come again later and be kept anew."""

    sha256 = models.CharField(max_length=64, db_index=True)
    deletion = models.ForeignKey(Deletion, on_delete=models.PROTECT, related_name="erased")
    rule = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        db_table = "desk_erasedfile"
        constraints = [models.UniqueConstraint(fields=["deletion", "sha256"], name="one_tombstone_a_deletion")]

    def __str__(self) -> str:
        return f"{self.sha256} {self.at}"
