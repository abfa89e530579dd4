"""Deletion in the vault: a key destroyed by two persons or by the term agreed at deposit, with its certificate."""

from __future__ import annotations

from django.db import models

from pandok.common.models.deletions import DeletionPlan
from pandok.fields.lab.models.deposits import Deposit, VaultObject


class VaultDeletion(DeletionPlan):
    """Where it names no objects it is the whole deposit."""

    REQUEST, TERM = "request", "term"

    deposit = models.ForeignKey(Deposit, on_delete=models.PROTECT, related_name="deletions")
    objects_named = models.ManyToManyField(VaultObject, blank=True, related_name="deletions")
    ground = models.CharField(max_length=10, choices=[(one, one) for one in (REQUEST, TERM)])
    keys_destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta(DeletionPlan.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["deposit"],
                condition=models.Q(state__in=["planned", "confirmed"]),
                name="one_open_vault_deletion",
            )
        ]
