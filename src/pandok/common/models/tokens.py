"""Tokens with which programs call the API, and accounts that are no person but an agency's system."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class SystemAccount(models.Model):
    """Marks an account as an agency's system: it has no password and acts only through tokens."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="system")
    title = models.CharField(max_length=100)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "desk_systemaccount"

    def __str__(self) -> str:
        return self.title


class ApiToken(models.Model):
    """One token. Only its hash is kept; the token itself is shown once. It allows what its account's roles and
    `scopes` both allow."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    title = models.CharField(max_length=100)
    prefix = models.CharField(max_length=12, unique=True)
    sha256 = models.CharField(max_length=64)
    scopes = models.JSONField(default=list, help_text="Names of actions (pandok.common.roles.Action), in small letters")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "desk_apitoken"
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.title} ({self.prefix}…)"
