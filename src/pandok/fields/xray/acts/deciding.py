"""One key decides: clear, open, or a second look by another reader; and what was decided by mistake is taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from pydantic import TypeAdapter, ValidationError

from pandok.common.models import Account
from pandok.common.reasons import checked_reason
from pandok.fields.xray.acts.inspection_moves import locked, move
from pandok.fields.xray.acts.showing import shown_to
from pandok.fields.xray.decisions import Decision
from pandok.fields.xray.lists.help_shown import help_for
from pandok.fields.xray.lists.retention import erasure_of
from pandok.fields.xray.marks import MOST_MARKS, Mark, Size
from pandok.fields.xray.models import ImageReading, Inspection, Scan, ShownScan
from pandok.fields.xray.refusals import refusal
from pandok.fields.xray.states import READABLE, InspectionMover, InspectionState

TAKE_BACK_WITHIN = timedelta(minutes=10)
MOST_REMARK = 2000
MOST_FUNCTIONS = 200
_MARKS = TypeAdapter(list[Mark])


def decide(
    *,
    inspection_id: UUID,
    reader: Account,
    decision: Decision,
    marks: Sequence[Any],
    remark: str,
    functions: Sequence[str],
    now: datetime,
) -> ImageReading:
    """What a reader decides on the scan that stands on their screen.

    What was drawn beforehand is opened although its reader cleared it. Raises RequestError: xray.not_shown,
    xray.decided, xray.no_mark, xray.bad_mark, xray.too_much, xray.second_look_given, xray.own_second_look.
    """
    if len(marks) > MOST_MARKS or len(remark) > MOST_REMARK:
        raise refusal("too_much")
    with transaction.atomic():
        inspection = locked(inspection_id)
        if inspection.stands not in READABLE:
            raise refusal("decided")
        shown = shown_to(inspection, reader, now)
        if inspection.stands is InspectionState.SECOND_LOOK:
            if decision is Decision.SECOND_LOOK:
                raise refusal("second_look_given")
            if inspection.readings.filter(reader=reader).exists():
                raise refusal("own_second_look")
        scan = newest_scan(inspection)
        places = checked_marks(marks, sizes_of(scan))
        if decision is Decision.OPEN and not places:
            raise refusal("no_mark")
        helped = help_for(inspection, scan, shown.shown_at)
        reading = ImageReading.objects.create(
            inspection=inspection,
            reader=reader,
            shown_at=shown.shown_at,
            decided_at=now,
            decision=decision.value,
            marks=[mark.model_dump(mode="json") for mark in places],
            remark=remark.strip(),
            help=helped[0] if helped else None,
            further_help=[str(one.pk) for one in helped[1:]],
            similar=shown.similar,
            functions=[one[:40] for one in functions[:MOST_FUNCTIONS]],
        )
        shown.delete()
        to, by = decision.leads_to, InspectionMover.READER
        if decision is Decision.CLEAR and inspection.opened_by_draw:
            to, by = InspectionState.OPENING, InspectionMover.RULE
        details = {"decision": decision.value, "marks": len(places), "seconds": round(reading.seconds)}
        move(inspection, to, by=by, actor=reader, reason=reading.remark, now=now, details=details)
    return reading


def take_back(*, inspection_id: UUID, reader: Account, now: datetime) -> Inspection:
    """The reader's own last decision, pressed by mistake: it waits again, and stands on their screen.

    Raises RequestError: xray.not_yours, xray.too_late, xray.drawn, xray.no_such_way where it was opened meanwhile.
    """
    with transaction.atomic():
        inspection = locked(inspection_id)
        last = inspection.readings.order_by("-decided_at").first()
        if last is None or last.reader_id != reader.pk:
            raise refusal("not_yours")
        if inspection.opened_by_draw and last.decision == Decision.CLEAR:
            raise refusal("drawn")
        if now - last.decided_at > TAKE_BACK_WITHIN:
            raise refusal("too_late")
        move(inspection, InspectionState.WAITING, by=InspectionMover.READER, actor=reader, reason="", now=now)
        ShownScan.objects.update_or_create(inspection=inspection, defaults={"reader": reader, "shown_at": now})
    return inspection


def have_read_again(*, inspection_id: UUID, supervisor: Account, reason: str, now: datetime) -> Inspection:
    """The supervisor puts it before a reader again. Raises RequestError: request.reason, xray.no_such_way,
    xray.erased."""
    reason = checked_reason(reason)
    with transaction.atomic():
        inspection = locked(inspection_id)
        if erasure_of(newest_scan(inspection)) is not None:
            raise refusal("erased")
        move(
            inspection,
            InspectionState.WAITING,
            by=InspectionMover.SUPERVISOR,
            actor=supervisor,
            reason=reason,
            now=now,
        )
    return inspection


def newest_scan(inspection: Inspection) -> Scan:
    """The scan that is read. Raises RequestError where there is none yet."""
    scan: Scan | None = inspection.scans.order_by("-imported_at").first()
    if scan is None:
        raise refusal("no_views")
    return scan


def sizes_of(scan: Scan) -> dict[str, Size]:
    """Rows and columns of each view, by its name."""
    return {view.name: (view.rows, view.columns) for view in scan.views.all()}


def checked_marks(marks: Sequence[Any], sizes: Mapping[str, Size]) -> list[Mark]:
    """Raises RequestError xray.bad_mark where one is no box within its view."""
    try:
        places = _MARKS.validate_python(list(marks), strict=False)
    except ValidationError as error:
        raise refusal("bad_mark") from error
    if not all(mark.lies_in(sizes) for mark in places):
        raise refusal("bad_mark")
    return places


def usable_marks(marks: Sequence[Any], sizes: Mapping[str, Size]) -> list[Mark]:
    """Those that are boxes within their view, at most so many as are taken."""
    found = []
    for one in marks[:MOST_MARKS]:
        try:
            mark = Mark.model_validate(one)
        except ValidationError:
            continue
        if mark.lies_in(sizes):
            found.append(mark)
    return found
