"""Proofs: made here of a released confirm run, or brought in from another site and put to an acceptance test."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.core.lab.proof_pack import Statement
from pandok.fields.lab.states.acceptance_states import AcceptanceState


class ProofRecord(models.Model):
    """One proof pack among the blobs, and where it stands. Only pandok.fields.lab.acts.proofs changes it."""

    MADE, IMPORTED = "made", "imported"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, help_text="2026-P-000001, of the site that made it")
    origin = models.CharField(max_length=10, choices=[(one, one) for one in (MADE, IMPORTED)])
    site = models.CharField(max_length=300)
    run_id = models.CharField(max_length=64, blank=True)
    problem_id = models.CharField(max_length=61)
    registration_sha256 = models.CharField(max_length=64, db_index=True)
    model_sha256 = models.CharField(max_length=64, db_index=True)
    submitter = models.CharField(max_length=40, blank=True, help_text="Whose model: sees the own proofs")
    verdict = models.CharField(max_length=20)
    statement_values = models.JSONField()
    pack_sha256 = models.CharField(max_length=64, unique=True, help_text="proof.zip, a file of the blob store")
    signed_by = models.CharField(max_length=64, help_text="Id of the key")
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    expires_on = models.DateField()
    drifted_at = models.DateTimeField(null=True, blank=True)
    drift_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-kept_at"]
        constraints = [
            models.UniqueConstraint(fields=["run_id"], condition=models.Q(origin="made"), name="one_proof_a_run"),
            models.UniqueConstraint(fields=["number"], condition=models.Q(origin="made"), name="one_proof_a_number"),
            models.UniqueConstraint(
                fields=["site", "number"], condition=models.Q(origin="imported"), name="one_imported_proof_a_number"
            ),
        ]

    @property
    def statement(self) -> Statement:
        return Statement.model_validate(self.statement_values)

    def __str__(self) -> str:
        return f"{self.number} {self.site}"


class TrustedKey(AppendOnly):
    """The public key of another site, as an evaluator received it over another way than the proofs. It speaks for this
    site only; a site that was renamed stands twice."""

    key_id = models.CharField(max_length=64, db_index=True)
    public = models.CharField(max_length=60)
    site = models.CharField(max_length=200)
    reason = models.TextField(help_text="How it was received and compared")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["site", "added_at"]
        constraints = [models.UniqueConstraint(fields=["key_id", "site"], name="one_key_a_site")]

    def __str__(self) -> str:
        return f"{self.site} {self.key_id[:12]}"


class AcceptanceTest(models.Model):
    """The receiving site's own small sealed set: registered first, measured once, decided by the field owner."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proof = models.ForeignKey(ProofRecord, on_delete=models.PROTECT, related_name="acceptances")
    registration_values = models.JSONField()
    registration_sha256 = models.CharField(max_length=64, unique=True)
    planned_n = models.PositiveIntegerField()
    state = models.CharField(
        max_length=12,
        choices=[(one.value, one.value) for one in AcceptanceState],
        default=AcceptanceState.REGISTERED.value,
    )
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    reason = models.TextField()
    run_id = models.CharField(max_length=64, blank=True)
    measured_values = models.JSONField(default=dict)
    verdict = models.CharField(max_length=20, blank=True)
    measured_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-registered_at"]

    def __str__(self) -> str:
        return f"{self.proof_id} {self.state}"
