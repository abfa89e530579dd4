"""Replays: what was asked of a stored period, and what came."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly


class Replay(AppendOnly):
    """`result`: question and answer as replay/laboratory writes them; `sha256` of its canonical bytes, for who carries
    it on."""

    asked_at = models.DateTimeField(db_index=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    result = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        db_table = "street_replay"
        ordering = ["-asked_at", "-pk"]
