"""Sets that people are measured and tested with, for programs. Their pictures are looked at on the page alone, where
each look is kept: what was not looked at there cannot be accepted here."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from pydantic import BaseModel, Field

from pandok.common.reasons import MOST_REASON
from pandok.fields.academy.acts.reviewing.sets import look_at_pictures
from pandok.fields.academy.lists.sets import looks_of_sets, next_to_look_at, waiting_pictures
from pandok.fields.academy.roles import Action
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Asked

router = Router(tags=["academy"])
_REVIEWS = may(Action.REVIEW_LESSONS)


class MeasuringSetOut(BaseModel):
    """`threats`, `harmless`: that people are measured with. `waits`: for a second look; of these `own` were made by
    you, and another person looks. `next`: the first ones that wait for you, as the page shows them."""

    name: str
    threats: int
    harmless: int
    waits: int
    own: int
    rejected: int
    next: list[UUID]


class PictureLookIn(Asked):
    """`reason`: needed where `accepted` is false."""

    accepted: bool
    reason: str = Field(default="", max_length=MOST_REASON)


class PictureLookOut(BaseModel):
    picture: UUID
    accepted: bool
    at: datetime


@router.get(
    "/measuring-sets",
    auth=_REVIEWS,
    response=answers(list[MeasuringSetOut]),
    summary="Sets to measure with, and what waits in them",
)
def list_measuring_sets(request: HttpRequest) -> list[MeasuringSetOut]:
    actor = actor_of(request)
    return [
        MeasuringSetOut(
            name=one.set.value,
            threats=one.threats,
            harmless=one.harmless,
            waits=one.waits,
            own=one.own,
            rejected=one.rejected,
            next=[picture.pk for picture in next_to_look_at(actor, one.set)],
        )
        for one in looks_of_sets(actor)
    ]


@router.post(
    "/measuring-pictures/{uuid:picture_id}/second-look",
    auth=_REVIEWS,
    response=answers(PictureLookOut),
    summary="Accept or reject a picture to measure with",
)
@once
def look_at_a_measuring_picture(request: HttpRequest, picture_id: UUID, asked: PictureLookIn) -> PictureLookOut:
    """By somebody who did not make it, and who has looked at it."""
    actor = actor_of(request)
    if not waiting_pictures().filter(pk=picture_id).exists():
        raise not_found()
    said = {picture_id: (asked.accepted, asked.reason)}
    (kept,) = look_at_pictures(said=said, actor=actor, now=timezone.now())
    return PictureLookOut(picture=picture_id, accepted=kept.accepted, at=kept.at)
