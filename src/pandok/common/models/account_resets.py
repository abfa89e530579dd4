"""Resets of accounts that vote: one administrator asks, another agrees."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class AccountReset(models.Model):
    """Only pandok.common.people.resets changes it."""

    SECOND_STEP, PASSWORD = "second-step", "password"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="resets")
    kind = models.CharField(max_length=20)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    """None: the operator at the command line of the server."""
    asked_at = models.DateTimeField()
    reason = models.TextField()
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "desk_accountreset"
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["account", "kind", "agreed_at"], name="reset_open")]
