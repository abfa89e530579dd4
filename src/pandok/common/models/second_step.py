"""The second step of signing in: a secret shared with a person's authenticator app, and codes for when it is lost."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class SecondStep(models.Model):
    """One a person. The secret is sealed (pandok.engines.vault.secrets); a used time step never counts again."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="second_step")
    sealed_secret = models.TextField()
    set_up_at = models.DateTimeField()
    last_step = models.BigIntegerField()
    """Number of the 30-second step whose code was accepted last."""

    class Meta:
        db_table = "desk_secondstep"


class RecoveryCode(models.Model):
    """One of ten codes that stand in for the app, once each. Only a keyed hash is kept."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "desk_recoverycode"
        constraints = [models.UniqueConstraint(fields=["account", "digest"], name="one_recovery_code_a_digest")]
