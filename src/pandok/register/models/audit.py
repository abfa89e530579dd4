"""The stored audit log."""

from __future__ import annotations

from django.db import models

from pandok.core.audit import AuditEvent, AuditLink
from pandok.register.models.append_only import AppendOnly


class AuditEntry(AppendOnly):
    sequence = models.BigIntegerField(primary_key=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=200)
    action = models.CharField(max_length=100, db_index=True)
    object = models.CharField(max_length=200, db_index=True)
    reason = models.TextField(blank=True)
    details = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.sequence} {self.action} {self.object}"

    def link(self) -> AuditLink:
        event = AuditEvent(self.actor, self.action, self.object, self.reason, self.at, self.details)
        return AuditLink(self.sequence, self.previous_hash, self.hash, event)
