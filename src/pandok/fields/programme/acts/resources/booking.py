"""A resource is booked for a time and for somebody; two cannot have it at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.models.locking import locked
from pandok.common.reasons import checked_reason
from pandok.core.dates import moment_short
from pandok.core.errors import RequestError
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.programme.models import ResourceBooking, ResourceBookingCancelled, TrialResource
from pandok.fields.programme.resource_refusals import refusal
from pandok.fields.street.periods import moment_from

LONGEST, FARTHEST = timedelta(days=92), timedelta(days=731)
ROOM = {"for_whom": 100, "purpose": 200}
BOOKED, CANCELLED = "resource.booked", "resource.booking_cancelled"


def book_resource(
    resource_id: UUID, *, begins_at: str, ends_at: str, for_whom: str, purpose: str, actor: Account, now: datetime
) -> ResourceBooking:
    """Raises RequestError: street.bad_moment, resource.time, .booking_words, .not_there, .not_booked, .taken."""
    begins, ends = moment_from(begins_at), moment_from(ends_at)
    if not begins < ends <= begins + LONGEST or ends <= now or ends > now + FARTHEST:
        raise refusal("time")
    for_whom, purpose = " ".join(for_whom.split()), " ".join(purpose.split())
    if not (for_whom and purpose) or len(for_whom) > ROOM["for_whom"] or len(purpose) > ROOM["purpose"]:
        raise refusal("booking_words")
    with transaction.atomic():
        if not TrialResource.objects.filter(pk=resource_id).exists():
            raise refusal("not_there")
        resource = locked(TrialResource, resource_id)  # two that want it at once are asked one after the other
        if not resource.booked:
            raise refusal("not_booked")
        standing = resource.bookings.filter(cancelled=None, begins_at__lt=ends, ends_at__gt=begins).first()
        if standing is not None:
            raise _taken(standing)
        made: ResourceBooking = ResourceBooking.objects.create(
            resource=resource, begins_at=begins, ends_at=ends, for_whom=for_whom, purpose=purpose, booked_by=actor,
            booked_at=now,
        )  # fmt: skip
        details = {"from": begins.isoformat(timespec="minutes"), "until": ends.isoformat(timespec="minutes")}
        audit.tell(actor, BOOKED, f"resource:{resource.pk}", purpose, now, details)
    return made


def cancel_resource_booking(booking_id: int, *, reason: str, actor: Account, now: datetime) -> ResourceBookingCancelled:
    """Raises RequestError: request.reason, resource.no_booking."""
    reason = checked_reason(reason)
    with transaction.atomic():
        found = ResourceBooking.objects.filter(pk=booking_id).first()
        if found is None:
            raise refusal("no_booking")
        locked(TrialResource, found.resource_id)
        if found.ends_at <= now or ResourceBookingCancelled.objects.filter(booking=found).exists():
            raise refusal("no_booking")
        made: ResourceBookingCancelled = ResourceBookingCancelled.objects.create(
            booking=found, at=now, by=actor, reason=reason
        )
        audit.tell(actor, CANCELLED, f"resource:{found.resource_id}", reason, now)
    return made


def _taken(by: ResourceBooking) -> RequestError:
    first, end = moment_short(by.begins_at, OFFICE_ZONE), moment_short(by.ends_at, OFFICE_ZONE)
    return RequestError(
        Text(
            ko=f"그 시간에 다른 예약이 있습니다: {by.for_whom}, {first.ko} – {end.ko}.",
            en=f"It is taken at that time: {by.for_whom}, {first.en} – {end.en}.",
        ),
        Text(
            ko="다른 시간을 고르거나, 그 예약의 담당자와 상의하십시오.",
            en="Choose another time, or speak with whom that booking is for.",
        ),
        code="resource.taken",
    )
