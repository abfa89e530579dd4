"""Who an account is at the agency's identity provider."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class OpenIdLink(models.Model):
    """An account is found by issuer and subject, never by an e-mail address, which may pass to somebody else."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="openid")
    issuer = models.CharField(max_length=500)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField()

    class Meta:
        db_table = "desk_openidlink"
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="one_account_a_subject")]
