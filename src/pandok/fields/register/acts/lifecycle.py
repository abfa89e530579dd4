"""Changes that no import brings: a view is taken back. Every one needs an audit event."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.core.audit import AuditEvent
from pandok.fields.register.models import RegisterChange, View


def withdraw_view(view_key: int, *, event: AuditEvent) -> bool:
    """Take a view out of search; its row and picture stay. False where it was out already or never there."""
    with transaction.atomic():
        changed = View.objects.filter(view_key=view_key, withdrawn_at=None).update(withdrawn_at=event.at)
        if changed:
            RegisterChange.objects.create(kind="withdrawn", view_id=view_key, at=event.at)
            audit.record(replace(event, details={**event.details, "view_key": view_key}))
    return bool(changed)
