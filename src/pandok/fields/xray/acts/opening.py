"""What was in it: the truth about an inspection. Who read the scan does not record it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from pandok.common.models import Account
from pandok.common.reasons import LEAST_REASON
from pandok.fields.xray.acts.deciding import MOST_REMARK, checked_marks, newest_scan, sizes_of
from pandok.fields.xray.acts.inspection_moves import INSPECTIONS, locked, move
from pandok.fields.xray.decisions import Found
from pandok.fields.xray.marks import MOST_MARKS
from pandok.fields.xray.models import Opening
from pandok.fields.xray.refusals import refusal
from pandok.fields.xray.states import InspectionMover, InspectionState


def record_opening(
    *, inspection_id: UUID, officer: Account, found: Found, what: str, marks: Sequence[Any], now: datetime
) -> Opening:
    """Raises RequestError: xray.reader_opens, xray.what_missing (a hit says what it was), xray.bad_mark, xray.too_much,
    xray.no_such_way."""
    what = " ".join(what.split())
    if len(marks) > MOST_MARKS or len(what) > MOST_REMARK:
        raise refusal("too_much")
    if found.hit and len(what) < LEAST_REASON:
        raise refusal("what_missing")
    with transaction.atomic():
        inspection = locked(inspection_id)
        INSPECTIONS.must_go(inspection, InspectionState.OPENED, InspectionMover.OPENER)
        if inspection.readings.filter(reader=officer).exists():
            raise refusal("reader_opens")
        places = checked_marks(marks, sizes_of(newest_scan(inspection)))
        opening = Opening.objects.create(
            inspection=inspection,
            officer=officer,
            opened_at=now,
            found=found.value,
            what=what[:300],
            marks=[mark.model_dump(mode="json") for mark in places],
        )
        move(
            inspection,
            InspectionState.OPENED,
            by=InspectionMover.OPENER,
            actor=officer,
            reason=what,
            now=now,
            details={"found": found.value},
        )
    return opening
