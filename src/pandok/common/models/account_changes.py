"""What others than the person did to an account that votes: it votes again once somebody else confirmed."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class AccountChange(models.Model):
    """Only pandok.common.people.changes changes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=20)
    """A value of pandok.common.people.changes.Change."""
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    """None: the operator at the command line of the server, or the identity provider."""
    is_from_provider = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    reason = models.TextField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    """None in a confirmed change: the operator."""
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "desk_accountchange"
        ordering = ["made_at"]
        indexes = [models.Index(fields=["account", "confirmed_at"], name="change_open")]
