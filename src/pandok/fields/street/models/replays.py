"""Replays: what was asked of a stored period, and what came."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly


class RegisteredReplay(AppendOnly):
    """A question to a stored period that was locked before the period was read for it: `plan` as replay/comparison_plan
    holds it, `registration` as a proof of the lab names it."""

    plan = models.JSONField()
    registration = models.JSONField()
    sha256 = models.CharField(max_length=64, unique=True, help_text="Of the registration")
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "street_registeredreplay"
        ordering = ["-registered_at", "-pk"]


class Replay(AppendOnly):
    """`result`: question and answer as replay/laboratory writes them; `sha256` of its canonical bytes, for who carries
    it on."""

    asked_at = models.DateTimeField(db_index=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    result = models.JSONField()
    sha256 = models.CharField(max_length=64)
    registered = models.OneToOneField(RegisteredReplay, null=True, on_delete=models.PROTECT, related_name="replay")
    """What it answers, where that was registered; a registration is answered once."""

    class Meta:
        db_table = "street_replay"
        ordering = ["-asked_at", "-pk"]
