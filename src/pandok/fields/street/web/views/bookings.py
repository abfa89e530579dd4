"""Bookings of test beds: the month, what there is to be booked, and the same for other calendars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.street.acts.bookings import FARTHEST, BookingSaid, book, cancel_booking
from pandok.fields.street.lists.bookings import as_icalendar, bookings_between, resources
from pandok.fields.street.lists.month import WEEKDAYS, month_of, weeks_of
from pandok.fields.street.models import Booking
from pandok.fields.street.roles import Action
from pandok.fields.street.web.booking_forms import BookingForm, MonthForm
from pandok.fields.street.web.forms import WithdrawForm
from pandok.fields.street.web.shown.alert_rows import place_of
from pandok.settings import settings
from pandok.web.file_answer import download
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant
from pandok.web.shown.rendering import render

BACK = timedelta(days=366)
"""So far back the calendar that leaves the house goes."""


@dataclass(frozen=True)
class BookingRow:
    booking: Booking
    bed: Text
    place: Text | None
    reason: str
    """What was entered to cancel it, where that was refused."""


@require_safe
@allows(Action.SEE_STREET)
def list_bookings(request: AccountRequest) -> HttpResponse:
    return _page(request)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.KEEP_POLES)
def book_one(request: AccountRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("street_bookings")
    form = meant(BookingForm(request.POST))
    try:
        book(BookingSaid(**form.cleaned_data), actor=request.user, now=timezone.now())
    except PandokError as error:
        return _page(request, form=form, error=error, status=422)
    return redirect("street_bookings")


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.KEEP_POLES)
def cancel_one(request: AccountRequest, number: int) -> HttpResponse:
    if request.method != "POST":
        return redirect("street_bookings")
    reason = meant(WithdrawForm(request.POST)).cleaned_data["reason"]
    try:
        cancel_booking(number, actor=request.user, reason=reason, now=timezone.now())
    except PandokError as error:
        return _page(request, cancelling=(number, reason), error=error, status=422)
    return redirect("street_bookings")


@require_safe
@allows(Action.SEE_STREET)
def calendar_out(_request: AccountRequest) -> HttpResponse:
    now = timezone.now()
    found = bookings_between(now - BACK, now + FARTHEST, cancelled=True)
    host = urlsplit(settings().address).hostname or "localhost"
    body = as_icalendar(found, "시험 구역 예약", host)
    return download(body, filename="pandok-bookings.ics", media_type="text/calendar; charset=utf-8")


def _page(
    request: AccountRequest,
    *,
    form: BookingForm | None = None,
    cancelling: tuple[int, str] = (0, ""),
    error: PandokError | None = None,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    today = now.astimezone(OFFICE_ZONE).date()
    month = month_of(meant(MonthForm(request.GET)).cleaned_data["month"], today)
    found = bookings_between(month.begins, month.ends)
    context = {
        "month": month,
        "weekdays": WEEKDAYS,
        "weeks": weeks_of(month, found, today),
        "rows": [_row(one, cancelling) for one in found],
        "resources": [(one, Text(ko=one.bed.name_ko, en=one.bed.name_en)) for one in resources(now)],
        "form": form or BookingForm(),
        "may_book": request.user.may(Action.KEEP_POLES),
        "now": now,
        "error": error,
    }
    return render(request, "pandok/street/bookings.html", context, status=status)


def _row(one: Booking, cancelling: tuple[int, str]) -> BookingRow:
    bed = Text(ko=one.test_bed.name_ko, en=one.test_bed.name_en)
    reason = cancelling[1] if cancelling[0] == one.pk else ""
    return BookingRow(one, bed, place_of(one.pole) if one.pole else None, reason)
