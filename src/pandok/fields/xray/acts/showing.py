"""Which scan is read next, and on whose screen it stands. Two readers are never given the same one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from pandok.common.models import Account
from pandok.fields.xray.acts.inspection_moves import locked
from pandok.fields.xray.lists.waiting import KEPT_FOR, on_screen_of, waiting_for
from pandok.fields.xray.models import Inspection, ScanAhead, ShownScan
from pandok.fields.xray.refusals import refusal
from pandok.fields.xray.states import READABLE

_TRIES = 5


def show_next(*, reader: Account, now: datetime) -> Inspection | None:
    """The next scan, now on this reader's screen; None: nothing waits. Where one stood there already, its time goes on
    from when it was first shown, so that loading the page again gains nothing."""
    if (again := on_screen_of(reader, now)) is not None:
        return again
    for _ in range(_TRIES):
        found = waiting_for(reader, now).first()
        if found is None:
            return None
        if _taken(found, reader, now):
            return found
    return None


def shown_to(inspection: Inspection, reader: Account, now: datetime) -> ShownScan:
    """Since when it stands on this reader's screen. Raises RequestError where it does not."""
    shown = ShownScan.objects.filter(inspection=inspection, reader=reader).first()
    if shown is None or shown.shown_at > now:
        raise refusal("not_shown")
    return shown


def _taken(found: Inspection, reader: Account, now: datetime) -> bool:
    with transaction.atomic():
        inspection = locked(found.pk)
        if inspection.stands not in READABLE:
            return False
        shown = ShownScan.objects.filter(inspection=inspection).first()
        if shown is not None and shown.reader_id != reader.pk and shown.shown_at > now - KEPT_FOR:
            return False
        if shown is None:
            ShownScan.objects.create(inspection=inspection, reader=reader, shown_at=now)
        else:
            shown.reader, shown.shown_at = reader, now
            shown.save(update_fields=["reader", "shown_at"])
        ScanAhead.objects.filter(inspection=inspection).delete()
    return True
