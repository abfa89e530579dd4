"""The stored audit log."""

from __future__ import annotations

from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.core.audit import AuditEvent, AuditLink


class AuditEntry(AppendOnly):
    sequence = models.BigIntegerField(primary_key=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=200)
    action = models.CharField(max_length=100)
    object = models.CharField(max_length=200)
    reason = models.TextField(blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        db_table = "register_auditentry"
        indexes = [
            models.Index(fields=["actor", "sequence"], name="audit_actor"),
            models.Index(fields=["action", "sequence"], name="audit_action"),
            models.Index(fields=["object", "sequence"], name="audit_object"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action} {self.object}"

    def link(self) -> AuditLink:
        event = AuditEvent(self.actor, self.action, self.object, self.reason, self.at, self.details)
        return AuditLink(self.sequence, self.previous_hash, self.hash, event)
