"""A test bed and its poles are booked: two cannot have the same at once, and other calendars take the bookings in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import close_old_connections
from hypothesis import given
from hypothesis import strategies as st

from pandok.common.models import AuditEntry
from pandok.core.errors import RequestError
from pandok.fields.street.acts.bookings import BookingSaid, book, cancel_booking
from pandok.fields.street.calendar_file import CalendarEntry, icalendar
from pandok.fields.street.lists.bookings import as_icalendar, bookings_between, resources
from pandok.fields.street.models import Booking, Pole
from tests.fields.street.bed import NOON, later, pole

HOUR = timedelta(hours=1)


def said(**other: str) -> BookingSaid:
    facts = {
        "test_bed": "buk", "pole": "", "begins_at": "2026-07-02T09:00", "ends_at": "2026-07-02T18:00",
        "for_whom": "광산업진흥회", "purpose": "수위계 비교 시험",
    }  # fmt: skip
    return BookingSaid(**(facts | other))


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"test_bed": "nowhere"}, "street.no_bed"),
        ({"pole": "nowhere"}, "street.no_pole"),
        ({"test_bed": "elsewhere", "pole": "buk-1"}, "street.pole_elsewhere"),
        ({"ends_at": "2026-07-02T09:00"}, "street.bad_booking_time"),
        ({"begins_at": "2026-06-01T09:00", "ends_at": "2026-06-01T10:00"}, "street.bad_booking_time"),
        ({"ends_at": "2026-12-02T09:00"}, "street.bad_booking_time"),
        ({"begins_at": "2030-07-02T09:00", "ends_at": "2030-07-02T10:00"}, "street.bad_booking_time"),
        ({"begins_at": "tomorrow"}, "street.bad_moment"),
        ({"for_whom": "  "}, "street.booking_words"),
        ({"purpose": "x" * 201}, "street.booking_words"),
    ],
)
@pytest.mark.django_db
def test_what_cannot_be_booked_is_refused(other: dict[str, str], code: str) -> None:
    pole()
    with pytest.raises(RequestError) as refused:
        book(said(**other), actor=None, now=NOON)
    assert refused.value.error_code == code
    assert not Booking.objects.exists()


@pytest.mark.django_db
def test_two_cannot_have_the_same_at_once() -> None:
    pole("buk-1")
    pole("buk-2")
    one = book(said(test_bed="", pole="buk-1"), actor=None, now=NOON)
    with pytest.raises(RequestError, match="광산업진흥회") as taken:
        book(said(pole="buk-1", begins_at="2026-07-02T17:59", ends_at="2026-07-02T19:00"), actor=None, now=NOON)
    assert taken.value.error_code == "street.booked"
    with pytest.raises(RequestError):  # the whole bed holds the pole that is taken
        book(said(), actor=None, now=NOON)
    book(said(pole="buk-2"), actor=None, now=NOON)
    book(said(pole="buk-1", begins_at="2026-07-02T18:00", ends_at="2026-07-02T19:00"), actor=None, now=NOON)
    whole = said(begins_at="2026-07-03T09:00", ends_at="2026-07-03T10:00")
    book(whole, actor=None, now=NOON)
    with pytest.raises(RequestError):  # and a pole stands in the bed that is taken
        book(said(pole="buk-2", begins_at="2026-07-03T09:30", ends_at="2026-07-03T11:00"), actor=None, now=NOON)
    cancel_booking(one.pk, actor=None, reason="장비가 늦음", now=later(60))
    assert book(said(pole="buk-1"), actor=None, now=later(120)).pk > one.pk
    with pytest.raises(RequestError):
        cancel_booking(one.pk, actor=None, reason="장비가 늦음", now=later(180))
    told = list(
        AuditEntry.objects.filter(object=f"booking:{one.pk}").order_by("sequence").values_list("action", flat=True)
    )
    assert told == ["booking.made", "booking.cancelled"]


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_has_it() -> None:
    pole()
    meet, outcomes = Barrier(2), []

    def want() -> None:
        meet.wait()
        try:
            outcomes.append(book(said(pole="buk-1"), actor=None, now=NOON).pk)
        except RequestError as error:
            outcomes.append(error.error_code)
        finally:
            close_old_connections()

    both = [Thread(target=want) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert outcomes.count("street.booked") == 1
    assert Booking.objects.count() == 1


@pytest.mark.django_db
def test_what_there_is_to_be_booked_and_what_is_in_use() -> None:
    pole()
    book(said(pole="buk-1", begins_at=NOON.isoformat(), ends_at=later(3600).isoformat()), actor=None, now=NOON)
    (one,) = resources(later(60))
    assert (one.bed.code, one.poles, len(one.measured), len(one.taken_by)) == ("buk", 1, 2, 1)
    assert resources(later(3600))[0].taken_by == []


@pytest.mark.django_db
def test_a_cancelled_booking_is_cancelled_in_other_calendars_too() -> None:
    pole()
    one = book(said(pole="buk-1"), actor=None, now=NOON)
    begun = as_icalendar(bookings_between(NOON, NOON + 48 * HOUR, cancelled=True), "예약", "street.example").decode()
    assert f"UID:booking-{one.pk}@street.example" in begun
    assert "DTSTART:20260702T000000Z" in begun
    assert "STATUS:CONFIRMED" in begun
    cancel_booking(one.pk, actor=None, reason="장비가 늦음", now=later(60))
    assert bookings_between(NOON, NOON + 48 * HOUR) == []
    gone = as_icalendar(bookings_between(NOON, NOON + 48 * HOUR, cancelled=True), "예약", "street.example").decode()
    assert "STATUS:CANCELLED" in gone
    assert "SEQUENCE:1" in gone
    assert Pole.objects.count() == 1


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\\;,\n"), max_size=90)))
def test_whatever_is_said_comes_out_of_the_calendar_again(summaries: list[str]) -> None:
    at = datetime(2026, 7, 1, tzinfo=UTC)
    body = icalendar("예약", [CalendarEntry(f"{n}@x", at, at + HOUR, one, "곳", at) for n, one in enumerate(summaries)])
    lines = body.split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    whole = body.replace(b"\r\n ", b"").decode().split("\r\n")
    said_again = [_read(one.removeprefix("SUMMARY:")) for one in whole if one.startswith("SUMMARY:")]
    assert said_again == summaries


def _read(text: str) -> str:
    found, letters = "", iter(text)
    for letter in letters:
        after = next(letters) if letter == "\\" else letter
        found += "\n" if letter == "\\" and after == "n" else after
    return found
