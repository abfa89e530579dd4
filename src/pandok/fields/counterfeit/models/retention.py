"""Deletion of files after their term: legal holds, plans that two persons agree on, what was erased and why."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.common.models.deletions import DeletionPlan
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


class Deletion(DeletionPlan):
    """Of files whose term is over; `policy`: the version of the retention periods."""

    policy = models.CharField(max_length=20)

    class Meta(DeletionPlan.Meta):
        db_table = "desk_deletion"
        indexes = [models.Index(fields=["state", "-planned_at"], name="deletion_state")]


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
    """The tombstone of a file: pages say so in its place. The same bytes may come again later and be kept again."""

    sha256 = models.CharField(max_length=64, db_index=True)
    deletion = models.ForeignKey(Deletion, on_delete=models.PROTECT, related_name="erased")
    rule = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        db_table = "desk_erasedfile"
        constraints = [models.UniqueConstraint(fields=["deletion", "sha256"], name="one_tombstone_a_deletion")]

    def __str__(self) -> str:
        return f"{self.sha256} {self.at}"
