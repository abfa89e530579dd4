"""Invitations: a link with which a person sets their password, once."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Invitation(models.Model):
    """Only the hash of the link's token is kept. A newer invitation of the same account closes the older one."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations")
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    """Who holds the link first. None: the operator at the command line, or the mail to the person."""
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    """When it was used, or overtaken by a newer one."""

    class Meta:
        db_table = "desk_invitation"
