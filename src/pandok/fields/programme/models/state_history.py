"""The columns of a history that programme records keep alike: what happened, from where to where, who and why."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly


class StateHistory(AppendOnly):
    """A model of it adds the key of its record, and that `sequence` is unique within it."""

    sequence = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    from_state = models.CharField(max_length=12, blank=True)
    to_state = models.CharField(max_length=12)
    reason = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ["sequence"]
