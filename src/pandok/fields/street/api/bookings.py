"""Bookings of test beds for programs."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import BaseModel, Field

from pandok.fields.street.acts.bookings import MOST_WORDS, BookingSaid, book, cancel_booking
from pandok.fields.street.api.figures import PeriodQuery
from pandok.fields.street.lists.bookings import bookings_between
from pandok.fields.street.models import Booking
from pandok.fields.street.periods import period_of
from pandok.fields.street.roles import Action
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.refusals import answers
from pandok.web.api.request_values import Asked

router = Router(tags=["Test bed bookings"])


class BookingIn(Asked):
    test_bed: str = Field(default="", max_length=20, description="Where no pole is named")
    pole: str = Field(default="", max_length=40, description="Nothing: the whole test bed")
    begins_at: str = Field(max_length=40, description="A moment in ISO 8601; at the office where no zone is said")
    ends_at: str = Field(max_length=40, description="A moment in ISO 8601; at the office where no zone is said")
    for_whom: str = Field(max_length=MOST_WORDS[0])
    purpose: str = Field(max_length=MOST_WORDS[1])


class BookingCancellationIn(Asked):
    reason: str = Field(max_length=2000)


class BookingOut(BaseModel):
    """`pole` null: the whole test bed. `cancelled_at` null: it stands."""

    id: int
    test_bed: str
    pole: str | None
    begins_at: datetime
    ends_at: datetime
    for_whom: str
    purpose: str
    booked_by: str | None
    booked_at: datetime
    cancelled_at: datetime | None


@router.get(
    "/bookings",
    auth=may(Action.SEE_STREET),
    response=answers(list[BookingOut]),
    summary="Bookings of test beds within a period",
)
def list_test_bed_bookings(request: HttpRequest, asked: Query[PeriodQuery]) -> list[BookingOut]:  # noqa: ARG001
    period = period_of(asked.first, asked.last, now=timezone.now())
    return [_out(one) for one in bookings_between(period.begins, period.ends, cancelled=True)]


@router.post(
    "/bookings", auth=may(Action.KEEP_POLES), response=answers(BookingOut), summary="Book a test bed, or a pole of it"
)
@once
def book_a_test_bed(request: HttpRequest, asked: BookingIn) -> BookingOut:
    """Refused where the same pole, or the whole test bed, is booked at that time."""
    said = BookingSaid(**asked.model_dump(mode="json"))
    return _out(book(said, actor=actor_of(request), now=timezone.now()))


@router.post(
    "/bookings/{number}/cancellation",
    auth=may(Action.KEEP_POLES),
    response=answers(BookingOut),
    summary="Cancel a booking",
)
@once
def cancel_a_booking(request: HttpRequest, number: int, asked: BookingCancellationIn) -> BookingOut:
    """Only one that is not over, and with a reason."""
    gone = cancel_booking(number, actor=actor_of(request), reason=asked.reason, now=timezone.now())
    return _out(gone.booking)


def _out(one: Booking) -> BookingOut:
    gone = getattr(one, "cancelled", None)
    return BookingOut(
        id=one.pk,
        test_bed=one.test_bed.code,
        pole=one.pole.key if one.pole else None,
        begins_at=one.begins_at,
        ends_at=one.ends_at,
        for_whom=one.for_whom,
        purpose=one.purpose,
        booked_by=one.booked_by.shown_name if one.booked_by else None,
        booked_at=one.booked_at,
        cancelled_at=gone.at if gone else None,
    )
