"""Readings: what the reader said of photographs, and reading them again with other filters or boxes."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import BaseModel, Field

from pandok.common import house
from pandok.common.models import Account
from pandok.core.reading import Box, Reading
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.designs import server_desk as desk
from pandok.fields.designs.acts.photographs import MOST_PHOTOGRAPHS
from pandok.fields.designs.acts.readings import read_again, readings_visible_to
from pandok.fields.designs.models import ReadingRecord, SignalPhotograph
from pandok.fields.designs.photograph_reader import ReadingFilters
from pandok.fields.designs.roles import Action
from pandok.fields.register.right_standing import as_they_stand
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.paging import page_by_time
from pandok.web.api.refusals import answers, not_found, refusal
from pandok.web.api.request_values import Asked, Cursor, Limit, Page, one_of

router = Router(tags=["readings"])
Side = Annotated[int, Field(ge=0, le=100_000)]


class PhotographOut(BaseModel):
    """`sha256` names the picture that is shown: GET /api/v1/pictures/{sha256}. `original_sha256` is that of the file as
    it was sent, of which the pixels were read; it is kept, and not served."""

    sha256: str
    original_sha256: str
    width_px: int
    height_px: int


class ReadingRow(BaseModel):
    id: UUID
    signal_id: UUID
    account: str
    read_at: datetime
    outcome: Annotated[str, one_of("candidates", "nothing_close", "unreadable")]
    reader: str


class ReadingOut(ReadingRow):
    filters: ReadingFilters
    photographs: list[PhotographOut]
    reading: Reading


class ReadingQuery(BaseModel):
    cursor: Cursor = ""
    limit: Limit = 50


class BoxIn(Asked):
    """In pixels of the kept photograph; `x2`, `y2` lie just outside."""

    x1: Side
    y1: Side
    x2: Side
    y2: Side


class AgainIn(Asked):
    """`boxes`: for each photograph the box around the article, or null for the reader's own choice."""

    filters: ReadingFilters = ReadingFilters()
    boxes: list[BoxIn | None] = Field(default=[], max_length=MOST_PHOTOGRAPHS)


@router.get("", auth=may(Action.SEE_OWN_READINGS), response=answers(Page[ReadingRow]), summary="Readings, newest first")
def list_readings(request: HttpRequest, asked: Query[ReadingQuery]) -> Page[ReadingRow]:
    rows = readings_visible_to(actor_of(request)).select_related("actor")
    return page_by_time(rows, field="read_at", cursor=asked.cursor, limit=asked.limit, shape=_row)


@router.get(
    "/{uuid:reading_id}", auth=may(Action.SEE_OWN_READINGS), response=answers(ReadingOut), summary="One reading"
)
def get_reading(request: HttpRequest, reading_id: UUID) -> ReadingOut:
    return reading_out(visible_reading(actor_of(request), reading_id))


@router.post(
    "/{uuid:reading_id}/again",
    auth=may(Action.READ_PHOTOGRAPHS),
    response=answers(ReadingOut, 201),
    summary="Read the same photographs again",
)
@once(status=201)
def read_reading_again(request: HttpRequest, reading_id: UUID, asked: AgainIn) -> ReadingOut:
    """A new reading; the earlier one stays. A case takes it with POST /cases/{id}/attach-reading."""
    actor = actor_of(request)
    record = visible_reading(actor, reading_id)
    photographs = list(record.signal.photographs.all())
    boxes: list[Box | None] = []
    for place, box in enumerate(asked.boxes):
        if box is None:
            boxes.append(None)
            continue
        photograph = photographs[place] if place < len(photographs) else None
        inside = photograph and box.x1 < box.x2 <= photograph.width_px and box.y1 < box.y2 <= photograph.height_px
        if not inside:
            raise refusal(422, errors=[{"place": ["body", "boxes", str(place)], "why": "not inside the photograph"}])
        boxes.append(Box(**box.model_dump()))
    again = read_again(
        record=record,
        filters=asked.filters,
        boxes=boxes,
        actor=actor,
        now=timezone.now(),
        desk=desk.desk(),
        blobs=house.blobs(),
    )
    return reading_out(again)


def visible_reading(account: Account, reading_id: UUID) -> ReadingRecord:
    record = readings_visible_to(account).select_related("actor", "signal").filter(id=reading_id).first()
    if record is None:
        raise not_found()
    return record


def reading_out(record: ReadingRecord) -> ReadingOut:
    """With the rights of its candidates as they stand at this moment."""
    today = timezone.now().astimezone(OFFICE_ZONE).date()
    return ReadingOut(
        **_row(record).model_dump(),
        filters=ReadingFilters.model_validate(record.filters),
        photographs=[photograph_out(one) for one in record.signal.photographs.all()],
        reading=as_they_stand(record.reading, today).model_copy(update={"marks": record.marks}),
    )


def photograph_out(one: SignalPhotograph) -> PhotographOut:
    return PhotographOut(
        sha256=one.sha256,
        original_sha256=one.read_sha256,
        width_px=one.width_px,
        height_px=one.height_px,
    )


def _row(record: ReadingRecord) -> ReadingRow:
    return ReadingRow(
        id=record.id,
        signal_id=record.signal_id,
        account=record.actor.get_username(),
        read_at=record.read_at,
        outcome=record.outcome,
        reader=record.reader,
    )
