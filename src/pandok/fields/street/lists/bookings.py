"""Bookings of test beds as they are read: within a time, and what there is to be booked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from pandok.core.text import Text
from pandok.fields.street.calendar_file import CalendarEntry, icalendar
from pandok.fields.street.models import Booking, Device, Sensor, TestBed
from pandok.fields.street.observed import OBSERVED
from pandok.fields.street.orders import DeviceKind

MOST = 2_000


def bookings_between(first: datetime, end: datetime, *, cancelled: bool = False) -> list[Booking]:
    """Those that touch [first, end), by their beginning; with `cancelled`, those too that were taken back."""
    found = Booking.objects.filter(begins_at__lt=end, ends_at__gt=first)
    if not cancelled:
        found = found.filter(cancelled=None)
    return list(found.select_related("test_bed", "pole", "booked_by", "cancelled").order_by("begins_at", "pk")[:MOST])


@dataclass(frozen=True)
class Resources:
    """What stands at a test bed. `taken_by`: the bookings at this moment."""

    bed: TestBed
    poles: int
    measured: list[Text]
    devices: list[Text]
    taken_by: list[Booking]


def resources(now: datetime) -> list[Resources]:
    beds = TestBed.objects.annotate(count=Count("poles")).order_by("code")
    measured: dict[int, set[str]] = defaultdict(set)
    for bed, observed in Sensor.objects.filter(gone_at=None).values_list("pole__test_bed", "observed").distinct():
        measured[bed].add(observed)
    acting: dict[int, set[str]] = defaultdict(set)
    kinds = {one.value: one for one in DeviceKind}
    for bed, kind in Device.objects.filter(kind__in=kinds, gone_at=None).values_list("pole__test_bed", "kind"):
        acting[bed].add(kind)
    taken: dict[int, list[Booking]] = defaultdict(list)
    for one in Booking.objects.filter(begins_at__lte=now, ends_at__gt=now, cancelled=None).select_related("pole"):
        taken[one.test_bed_id].append(one)
    return [
        Resources(
            bed,
            bed.count,
            [OBSERVED[one].words if one in OBSERVED else Text(ko=one, en=one) for one in sorted(measured[bed.pk])],
            [kinds[one].words for one in sorted(acting[bed.pk])],
            taken[bed.pk],
        )
        for bed in beds
    ]


def as_icalendar(bookings: list[Booking], name: str, host: str) -> bytes:
    """`host`: of this site, so that two sites do not share a number."""
    return icalendar(name, [_entry(one, host) for one in bookings])


def _entry(one: Booking, host: str) -> CalendarEntry:
    gone = getattr(one, "cancelled", None)
    place = one.test_bed.name_ko + (f" · {one.pole.place_ko} {one.pole.key}" if one.pole else "")
    return CalendarEntry(
        f"booking-{one.pk}@{host}",
        one.begins_at,
        one.ends_at,
        f"{one.for_whom}: {one.purpose}",
        place,
        gone.at if gone else one.booked_at,
        gone is not None,
    )
