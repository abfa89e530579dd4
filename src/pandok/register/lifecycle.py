"""Changes that no import brings: time passes, and a view is taken back. Every one needs an audit event."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db import transaction

from pandok.core.audit import AuditEvent
from pandok.core.rights import LegalStatus
from pandok.register import audit
from pandok.register.models import Design, RegisterChange, StatusChange, View


def expire_rights(*, on: date, event: AuditEvent, batch: int = 500) -> int:
    """Rights in force whose last day was before `on` become expired; returns how many. May be called every day."""
    total = 0
    due = Design.objects.filter(status=LegalStatus.IN_FORCE.value, expires_on__lt=on).order_by("pk")
    while designs := list(due[:batch]):
        with transaction.atomic():
            StatusChange.objects.bulk_create(
                StatusChange(
                    design=design,
                    effective_on=design.expires_on,
                    source="term",
                    recorded_at=event.at,
                    old=design.status,
                    new=LegalStatus.EXPIRED.value,
                    old_word=design.status_word,
                    new_word=design.status_word,
                )
                for design in designs
            )
            for design in designs:
                design.status, design.status_since = LegalStatus.EXPIRED.value, design.expires_on
            Design.objects.bulk_update(designs, ["status", "status_since"])
            views = View.objects.filter(design__in=designs, withdrawn_at=None)
            RegisterChange.objects.bulk_create(RegisterChange(kind="filter", view=view, at=event.at) for view in views)
            audit.record(replace(event, details={**event.details, "expired": len(designs)}))
        total += len(designs)
    return total


def withdraw_view(view_key: int, *, event: AuditEvent) -> bool:
    """Take a view out of search; its row and picture stay. False where it was out already or never there."""
    with transaction.atomic():
        changed = View.objects.filter(view_key=view_key, withdrawn_at=None).update(withdrawn_at=event.at)
        if changed:
            RegisterChange.objects.create(kind="withdrawn", view_id=view_key, at=event.at)
            audit.record(replace(event, details={**event.details, "view_key": view_key}))
    return bool(changed)
