"""The map of resources: what is on it by itself, and that two cannot have one at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pandok.core.errors import RequestError
from pandok.fields.programme.acts.resources.booking import cancel_resource_booking
from pandok.fields.programme.lists.resources import Asked, as_icalendar, resources_among
from pandok.fields.programme.models import ResourceBooking
from pandok.fields.programme.web.shown.resource_map import drawn
from tests.fields.programme.data_dam import entered, published
from tests.fields.programme.office import NOON, WHY, person
from tests.fields.programme.on_map import booking, resource
from tests.fields.street.bed import pole
from tests.roles import Role

pytestmark = pytest.mark.django_db


def refused(code: str, act: Any, *args: Any, **asked: Any) -> None:
    with pytest.raises(RequestError) as error:
        act(*args, **asked)
    assert error.value.error_code == code


def test_test_beds_and_published_data_sets_are_there_by_themselves_and_found() -> None:
    made, hidden, shown = resource(), entered(), published(title="공개한 수위 기록")
    bed = pole("buk-1").test_bed
    found = resources_among(Asked())
    assert [one.number for one in found] == [made.number, bed.code, shown.number]
    assert hidden.number not in {one.number for one in found}
    assert [one.number for one in resources_among(Asked(kind="site"))] == [made.number]
    assert [one.number for one in resources_among(Asked(words="운암 북구청"))] == [made.number]
    assert made.number not in {one.number for one in resources_among(Asked(region="jeju"))}
    picture = drawn(found)
    assert picture
    assert 1 in {one.number for one in picture.marks}
    assert all(0 <= one.x <= picture.width and 0 <= one.y <= picture.height for one in picture.marks)
    assert drawn([one for one in found if one.latitude is None]) is None


def test_two_cannot_have_one_at_once_and_a_cancelled_booking_is_told_to_calendars() -> None:
    found, office = resource(), person(Role.PROGRAMME_OFFICE)
    first = booking(found)
    for other in (
        {},
        {"begins_at": "2026-07-02T17:59", "ends_at": "2026-07-02T19:00"},
        {"begins_at": "2026-07-01T09:00", "ends_at": "2026-07-03T09:00"},
        {"begins_at": "2026-07-02T10:00", "ends_at": "2026-07-02T11:00"},
    ):
        refused("resource.taken", booking, found, **other)
    booking(found, begins_at="2026-07-02T18:00", ends_at="2026-07-02T19:00")
    booking(resource(title="다른 곳"))
    cancel_resource_booking(first.pk, reason=WHY, actor=office, now=NOON)
    refused("resource.no_booking", cancel_resource_booking, first.pk, reason=WHY, actor=office, now=NOON)
    booking(found)
    calendar = as_icalendar(found, "pandok.example").decode()
    assert (calendar.count("BEGIN:VEVENT"), calendar.count("STATUS:CANCELLED")) == (3, 1)
    assert ResourceBooking.objects.count() == 4


def test_what_cannot_be_is_refused() -> None:
    for other in ({"title": " "}, {"kind": "test_bed"}, {"region": "moon"}, {"rules": "x" * 3000}):
        refused("resource.words", resource, **other)
    for other in ({"latitude": "95"}, {"latitude": ""}, {"longitude": "nan"}, {"longitude": "east"}):
        refused("resource.place", resource, **other)
    found = resource()
    refused("resource.not_booked", booking, resource(booked=False))
    refused("resource.time", booking, found, ends_at="2026-07-02T09:00")
    refused("resource.time", booking, found, begins_at="2025-07-02T09:00", ends_at="2025-07-02T10:00")
    refused("resource.booking_words", booking, found, for_whom=" ")
    refused("street.bad_moment", booking, found, begins_at="tomorrow")
    late = booking(found)
    after = late.ends_at + timedelta(hours=1)
    refused(
        "resource.no_booking", cancel_resource_booking, late.pk, reason=WHY, actor=person(Role.PROGRAMME_OFFICE),
        now=after,
    )  # fmt: skip
