"""Sessions as their person sees them: since when, on what, last seen."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class PersonSession(models.Model):
    """One sign-in of one person. Django's row with the same `session_key` is removed when this one ends."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sessions")
    session_key = models.CharField(max_length=40, unique=True)
    """A digest, as in Django's table; the key itself has the browser alone (pandok.common.people.session_keys)."""
    device = models.CharField(max_length=100)
    """Browser and system in words; the full line that a browser sends is not kept."""
    started_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=40, blank=True, default="")
    method = models.CharField(max_length=40, blank=True, default="")
    """How its person signed in; see `begin_session`."""

    class Meta:
        db_table = "desk_personsession"
        ordering = ["-last_seen_at"]
        indexes = [models.Index(fields=["account", "ended_at"])]
