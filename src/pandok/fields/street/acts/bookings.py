"""A test bed, or one of its poles, is booked for a time and for somebody; two cannot have the same thing at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.models.locking import locked
from pandok.common.reasons import checked_reason
from pandok.core.dates import moment_short
from pandok.core.errors import RequestError
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.street.acts.registering import pole_named
from pandok.fields.street.models import Booking, BookingCancelled, Pole, TestBed
from pandok.fields.street.periods import moment_from
from pandok.fields.street.refusals import refusal

LONGEST, FARTHEST = timedelta(days=92), timedelta(days=731)
"""Of one booking; how far ahead it may end."""
MOST_WORDS = (100, 200)


@dataclass(frozen=True)
class BookingSaid:
    """As it was written. `pole` "": the whole test bed."""

    test_bed: str
    pole: str
    begins_at: str
    ends_at: str
    for_whom: str
    purpose: str


def book(said: BookingSaid, *, actor: Account | None, now: datetime) -> Booking:
    """Raises RequestError for a time that cannot be, nobody it is for, and what is taken by another booking."""
    bed, pole = _what(said)
    begins, ends = moment_from(said.begins_at), moment_from(said.ends_at)
    if not begins < ends <= begins + LONGEST or ends <= now or ends > now + FARTHEST:
        raise refusal("bad_booking_time")
    for_whom, purpose = " ".join(said.for_whom.split()), " ".join(said.purpose.split())
    if not (for_whom and purpose) or len(for_whom) > MOST_WORDS[0] or len(purpose) > MOST_WORDS[1]:
        raise refusal("booking_words")
    with transaction.atomic():
        locked(TestBed, bed.pk)  # two that want the same at once are asked one after the other
        taken = overlapping(bed, pole, begins, ends).first()
        if taken is not None:
            raise _taken(taken)
        made = Booking.objects.create(
            test_bed=bed, pole=pole, begins_at=begins, ends_at=ends, for_whom=for_whom, purpose=purpose,
            booked_by=actor, booked_at=now,
        )  # fmt: skip
        details = {
            "test_bed": bed.code, "from": begins.isoformat(timespec="minutes"),
            "until": ends.isoformat(timespec="minutes"), "for": for_whom,
        }  # fmt: skip
        if pole is not None:
            details["pole"] = pole.key
        audit.tell(actor, "booking.made", f"booking:{made.pk}", purpose, now, details)
    return made


def cancel_booking(number: int, *, actor: Account | None, reason: str, now: datetime) -> BookingCancelled:
    """Raises RequestError for one that is over, or was cancelled."""
    reason = checked_reason(reason)
    with transaction.atomic():
        found = Booking.objects.filter(pk=number).first()
        if found is None:
            raise refusal("no_booking")
        locked(TestBed, found.test_bed_id)
        if found.ends_at <= now or BookingCancelled.objects.filter(booking=found).exists():
            raise refusal("no_booking")
        made = BookingCancelled.objects.create(booking=found, at=now, by=actor, reason=reason)
        audit.tell(actor, "booking.cancelled", f"booking:{found.pk}", reason, now)
    return made


def overlapping(bed: TestBed, pole: Pole | None, begins: datetime, ends: datetime) -> QuerySet[Booking]:
    """Bookings that stand in the way: of this pole or of the whole bed; for the whole bed, of any of its poles."""
    found = Booking.objects.filter(test_bed=bed, cancelled=None, begins_at__lt=ends, ends_at__gt=begins)
    return found if pole is None else found.filter(Q(pole=None) | Q(pole=pole))


def _taken(by: Booking) -> RequestError:
    first, end = moment_short(by.begins_at, OFFICE_ZONE), moment_short(by.ends_at, OFFICE_ZONE)
    return RequestError(
        Text(
            ko=f"그 시간에 다른 예약이 있습니다: {by.for_whom}, {first.ko} – {end.ko}.",
            en=f"It is taken at that time: {by.for_whom}, {first.en} – {end.en}.",
        ),
        Text(
            ko="다른 시간이나 다른 등주를 고르거나, 그 예약의 담당자와 상의하십시오.",
            en="Choose another time or pole, or speak with whom that booking is for.",
        ),
        code="street.booked",
    )


def _what(said: BookingSaid) -> tuple[TestBed, Pole | None]:
    if said.pole.strip():
        pole = pole_named(said.pole.strip())
        if said.test_bed.strip() not in ("", pole.test_bed.code):
            raise refusal("pole_elsewhere")
        return pole.test_bed, pole
    bed = TestBed.objects.filter(code=said.test_bed.strip()).first()
    if bed is None:
        raise refusal("no_bed")
    return bed, None
