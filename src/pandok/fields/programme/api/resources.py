"""The map of resources, for programs: found, entered, said anew, booked."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from pydantic import BaseModel, Field

from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.programme.acts.resources.booking import ROOM as BOOKING_ROOM
from pandok.fields.programme.acts.resources.booking import book_resource, cancel_resource_booking
from pandok.fields.programme.acts.resources.keeping import ROOM, ResourceSaid, enter_resource, reword_resource
from pandok.fields.programme.lists.resources import Asked as WordsAsked
from pandok.fields.programme.lists.resources import resources_among
from pandok.fields.programme.models import ResourceBooking, TrialResource
from pandok.fields.programme.resource_kinds import ENTERED, ResourceKind
from pandok.fields.programme.roles import Action
from pandok.fields.programme.topics import KoreanRegion
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Asked, FullReason, Key, Moment, one_of

router = Router(tags=["Map of resources"])
_SEES, _KEEPS, _BOOKS = may(Action.SEE_RESOURCES), may(Action.KEEP_RESOURCES), may(Action.BOOK_RESOURCES)
MOST_LISTED = 500


class ResourceIn(Asked):
    """A site, equipment, or the post of a coordinator; no person is named."""

    kind: Annotated[str, one_of(*ENTERED)]
    region: KoreanRegion
    title: str = Field(max_length=ROOM["title"])
    body: str = Field(max_length=ROOM["body"], description="Whose it is")
    post: str = Field("", max_length=ROOM["post"], description="Whom to ask: a post, no person")
    place: str = Field("", max_length=ROOM["place"])
    hours: str = Field("", max_length=ROOM["hours"])
    rules: str = Field("", max_length=ROOM["rules"])
    latitude: float | None = Field(None, ge=-90, le=90, allow_inf_nan=False)
    longitude: float | None = Field(None, ge=-180, le=180, allow_inf_nan=False)
    booked: bool = Field(False, description="It is used by booking alone")

    def said(self) -> ResourceSaid:
        sent = {name: getattr(self, name) for name in ResourceIn.model_fields}
        degrees = {name: "" if sent[name] is None else repr(sent[name]) for name in ("latitude", "longitude")}
        return ResourceSaid(**sent | degrees | {"region": self.region.value})


class RewordResourceIn(ResourceIn):
    reason: FullReason


class ResourceBookingIn(Asked):
    begins_at: Moment
    ends_at: Moment
    for_whom: str = Field(max_length=BOOKING_ROOM["for_whom"], description="Company, institute or department")
    purpose: str = Field(max_length=BOOKING_ROOM["purpose"])


class CancelBookingIn(Asked):
    reason: FullReason


class ResourceOnMapOut(BaseModel):
    """`id` null: it stands on the map by the records of another desk, and is not kept here."""

    id: UUID | None
    number: str
    kind: Annotated[str, one_of(*ResourceKind)]
    region: Annotated[str, one_of(*KoreanRegion)]
    title: Text
    body: str
    place: str
    latitude: float | None
    longitude: float | None
    booked: bool


class ResourceBookingOut(BaseModel):
    """From `begins_at` until before `ends_at`."""

    id: int
    resource: UUID
    begins_at: datetime
    ends_at: datetime
    for_whom: str
    purpose: str
    booked_at: datetime
    cancelled_at: datetime | None


class ResourceOut(BaseModel):
    """`bookings`: those that are not over; no person is named."""

    id: UUID
    number: str
    kind: Annotated[str, one_of(*ResourceKind)]
    region: Annotated[str, one_of(*KoreanRegion)]
    title: str
    body: str
    post: str
    place: str
    hours: str
    rules: str
    latitude: float | None
    longitude: float | None
    booked: bool
    bookings: list[ResourceBookingOut]


@router.get("/resources", auth=_SEES, response=answers(list[ResourceOnMapOut]), summary="Map of resources")
def list_resources(
    request: HttpRequest,  # noqa: ARG001
    words: str = "",
    kind: ResourceKind | None = None,
    region: KoreanRegion | None = None,
) -> list[ResourceOnMapOut]:
    """By kind and title, 500 at most: ask more narrowly for others."""
    found = resources_among(WordsAsked(words[:100], kind or "", region or ""))
    return [
        ResourceOnMapOut(
            id=UUID(one.key) if one.key else None,
            number=one.number,
            kind=one.kind.value,
            region=one.region.value,
            title=one.title,
            body=one.body,
            place=one.place,
            latitude=one.latitude,
            longitude=one.longitude,
            booked=one.booked,
        )
        for one in found[:MOST_LISTED]
    ]


@router.post("/resources", auth=_KEEPS, response=answers(ResourceOut), summary="Enter a resource")
@once
def enter_trial_resource(request: HttpRequest, asked: ResourceIn) -> ResourceOut:
    return _out(enter_resource(asked.said(), actor=actor_of(request), now=timezone.now()))


@router.get("/resources/{uuid:resource_id}", auth=_SEES, response=answers(ResourceOut), summary="One resource")
def get_trial_resource(request: HttpRequest, resource_id: UUID) -> ResourceOut:  # noqa: ARG001
    return _out(_found(resource_id))


@router.post("/resources/{uuid:resource_id}", auth=_KEEPS, response=answers(ResourceOut), summary="Say a resource anew")
@once
def reword_trial_resource(request: HttpRequest, resource_id: UUID, asked: RewordResourceIn) -> ResourceOut:
    """All of it: what is left out is emptied."""
    _found(resource_id)
    made = reword_resource(resource_id, asked.said(), reason=asked.reason, actor=actor_of(request), now=timezone.now())
    return _out(made)


@router.post(
    "/resources/{uuid:resource_id}/bookings",
    auth=_BOOKS,
    response=answers(ResourceBookingOut),
    summary="Book a resource",
)
@once
def book_trial_resource(request: HttpRequest, resource_id: UUID, asked: ResourceBookingIn) -> ResourceBookingOut:
    """Of two that want the same time the first has it."""
    _found(resource_id)
    made = book_resource(
        resource_id,
        begins_at=_written(asked.begins_at),
        ends_at=_written(asked.ends_at),
        for_whom=asked.for_whom,
        purpose=asked.purpose,
        actor=actor_of(request),
        now=timezone.now(),
    )
    made.refresh_from_db()  # moments as every later answer gives them
    return _booking(made)


@router.post(
    "/resource-bookings/{booking_id}/cancel",
    auth=_BOOKS,
    response=answers(ResourceBookingOut),
    summary="Cancel a booking of a resource",
)
@once
def cancel_booking_of_resource(request: HttpRequest, booking_id: Key, asked: CancelBookingIn) -> ResourceBookingOut:
    if not ResourceBooking.objects.filter(pk=booking_id).exists():
        raise not_found()
    made = cancel_resource_booking(booking_id, reason=asked.reason, actor=actor_of(request), now=timezone.now())
    return _booking(made.booking)


def _found(resource_id: UUID) -> TrialResource:
    found: TrialResource | None = TrialResource.objects.filter(pk=resource_id).first()
    if found is None:
        raise not_found()
    return found


def _written(moment: datetime) -> str:
    """As the form writes it, by the clock of the office."""
    return moment.astimezone(OFFICE_ZONE).replace(tzinfo=None).isoformat(timespec="minutes")


def _out(one: TrialResource) -> ResourceOut:
    ahead = one.bookings.filter(ends_at__gt=timezone.now(), cancelled=None)
    plain = set(ResourceOut.model_fields) - {"id", "bookings"}
    return ResourceOut(
        id=one.pk, bookings=[_booking(each) for each in ahead], **{name: getattr(one, name) for name in plain}
    )


def _booking(one: ResourceBooking) -> ResourceBookingOut:
    gone = getattr(one, "cancelled", None)
    plain = set(ResourceBookingOut.model_fields) - {"id", "resource", "cancelled_at"}
    return ResourceBookingOut(
        id=one.pk,
        resource=one.resource_id,
        cancelled_at=gone.at if gone else None,
        **{name: getattr(one, name) for name in plain},
    )
