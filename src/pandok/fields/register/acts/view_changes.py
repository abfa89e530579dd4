"""Changes that no import brings: a photograph becomes a view, a view is taken back. Every one needs an audit event."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.core.audit import AuditEvent
from pandok.fields.register.models import Design, RegisterChange, View, ViewOrigin


def add_confirmed_view(design: Design, *, name: str, sha256: str, size_px: tuple[int, int], event: AuditEvent) -> View:
    """Search a JPEG of `size_px` (width, height) as a further view of a design. `name`: the number of its case."""
    with transaction.atomic():
        view = View.everything.create(
            design=design,
            name=name,
            sha256=sha256,
            media_type="image/jpeg",
            width=size_px[0],
            height=size_px[1],
            added_at=event.at,
            origin=ViewOrigin.CONFIRMED,
        )
        RegisterChange.objects.create(kind="added", view=view, at=event.at)
        audit.record(replace(event, details={**event.details, "view_key": view.view_key}))
    return view


def withdraw_view(view_key: int, *, event: AuditEvent) -> bool:
    """Take a view, registered or confirmed, out of search; its row and picture stay. False where it was out already or
    never there."""
    with transaction.atomic():
        changed = View.everything.filter(view_key=view_key, withdrawn_at=None).update(withdrawn_at=event.at)
        if changed:
            RegisterChange.objects.create(kind="withdrawn", view_id=view_key, at=event.at)
            audit.record(replace(event, details={**event.details, "view_key": view_key}))
    return bool(changed)
