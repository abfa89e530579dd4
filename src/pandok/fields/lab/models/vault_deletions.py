"""Deletion in the vault: a key destroyed by two persons or by the term agreed at deposit, with its certificate."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.fields.counterfeit.models import DeletionState
from pandok.fields.lab.models.deposits import Deposit, VaultObject


class VaultDeletion(models.Model):
    """Only pandok.fields.lab.acts.vault.deleting changes it. Where it names no objects it is the whole deposit."""

    REQUEST, TERM = "request", "term"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True, help_text="2026-V-0001")
    deposit = models.ForeignKey(Deposit, on_delete=models.PROTECT, related_name="deletions")
    objects_named = models.ManyToManyField(VaultObject, blank=True, related_name="deletions")
    ground = models.CharField(max_length=10, choices=[(one, one) for one in (REQUEST, TERM)])
    state = models.CharField(max_length=10, choices=DeletionState.choices, default=DeletionState.PLANNED)
    reason = models.CharField(max_length=500)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirm_reason = models.CharField(max_length=500, blank=True)
    keys_destroyed_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    certificate = models.JSONField(default=dict)
    certificate_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-planned_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["deposit"],
                condition=models.Q(state__in=["planned", "confirmed"]),
                name="one_open_vault_deletion",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"
