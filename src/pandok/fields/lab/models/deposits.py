"""Deposits (기탁) and the sealed objects in them."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.fields.lab.models.projects import LabProject


class Deposit(models.Model):
    """Data that somebody left with the lab, and on which terms. The terms are never changed; only expiry may come
    nearer. Access ends at `expires_at` by itself; `keep_keys_days` later the key is destroyed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    owner = models.CharField(max_length=200)
    legal_basis = models.CharField(max_length=300)
    purpose = models.TextField()
    licence = models.CharField(max_length=200)
    source = models.CharField(max_length=300, blank=True)
    projects = models.ManyToManyField(LabProject, related_name="deposits", help_text="To these it may be granted")
    expires_at = models.DateTimeField()
    keep_keys_days = models.PositiveSmallIntegerField(default=30)
    deposited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    deposited_at = models.DateTimeField()
    keys_destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-deposited_at"]

    @property
    def destroy_at(self) -> datetime:
        return self.expires_at + timedelta(days=self.keep_keys_days)

    @property
    def deleted(self) -> bool:
        return self.keys_destroyed_at is not None

    def open_at(self, now: datetime) -> bool:
        return not self.deleted and now < self.expires_at

    def __str__(self) -> str:
        return self.name


class ObjectKind(models.TextChoices):
    """Where an object stands on the way from raw data to a model."""

    RAW = "raw"
    MASKED = "masked"
    LABELLED = "labelled"
    SPLIT = "split"
    INPUTS = "inputs"
    LABELS = "labels"
    REPORT = "report"
    SCORES = "scores"


class VaultObject(models.Model):
    """One sealed file. `sha256` (of the plain bytes) goes with the key: afterwards only the keyed hash remains, which
    tells nothing to whom does not have the record. `lists_records`: its records are known one by one (VaultRecord)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    deposit = models.ForeignKey(Deposit, on_delete=models.PROTECT, related_name="contents")
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=ObjectKind.choices)
    media_type = models.CharField(max_length=100)
    version = models.PositiveIntegerField(default=1)
    sha256 = models.CharField(max_length=64, blank=True)
    keyed_hash = models.CharField(max_length=64, db_index=True)
    size_bytes = models.PositiveBigIntegerField()
    sealed_path = models.CharField(max_length=120)
    sealed_sha256 = models.CharField(max_length=64)
    cipher = models.CharField(max_length=40)
    lists_records = models.BooleanField(default=False)
    report = models.JSONField(default=dict, blank=True, help_text="Personal data found and masked: counts, no values")
    stored_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    stored_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "version"]
        constraints = [
            models.UniqueConstraint(fields=["deposit", "name", "version"], name="one_vault_object_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"


class SharingConfirmation(AppendOnly):
    """A person has looked at a document that cannot be masked, and answers for its being opened under grants."""

    object = models.OneToOneField(VaultObject, on_delete=models.PROTECT, related_name="sharing_confirmation")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.object_id} {self.by_id}"


class VaultRecord(AppendOnly):
    """The keyed hash of one record inside an object (a row, a case). It stays when the object is deleted."""

    object = models.ForeignKey(VaultObject, on_delete=models.PROTECT, related_name="records")
    keyed_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["keyed_hash", "object"], name="one_vault_record")]

    def __str__(self) -> str:
        return f"{self.object_id} {self.keyed_hash[:12]}"


class Lineage(AppendOnly):
    """What was made from what, by which step of which tool. The last step ends at a model, by its sha256."""

    source = models.ForeignKey(VaultObject, on_delete=models.PROTECT, related_name="made")
    made = models.ForeignKey(VaultObject, null=True, on_delete=models.PROTECT, related_name="made_from")
    model_sha256 = models.CharField(max_length=64, blank=True)
    step = models.CharField(max_length=60)
    by_records = models.BooleanField(default=False, help_text="What was made lists its records by the source's ids")
    tool = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["source", "made", "step"], name="one_lineage_edge"),
            models.UniqueConstraint(
                fields=["source", "model_sha256", "step"],
                condition=models.Q(made=None),
                name="one_lineage_edge_to_a_model",
            ),
            models.CheckConstraint(
                condition=models.Q(made__isnull=False) ^ ~models.Q(model_sha256=""), name="lineage_object_or_model"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.step}"
