"""Holidays of one date: seen by customs, entered and withdrawn by the administrator."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.counterfeit.acts.cases import dated_holidays as use
from pandok.fields.counterfeit.models import DatedHoliday
from pandok.fields.counterfeit.roles import Action
from pandok.fields.counterfeit.web.office_forms import HolidayForm
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import ReasonForm, meant
from pandok.web.shown.rendering import render


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.KEEP_HOLIDAYS)
def holidays(request: AccountRequest) -> HttpResponse:
    """The list; a POST adds a day."""
    if request.method != "POST":
        return _page(request)
    form = HolidayForm(request.POST, auto_id="%s")
    if not form.is_valid():
        return _page(request, form=form)
    given = form.cleaned_data
    try:
        use.add_holiday(
            day=use.day_of_holiday(given["day"]),
            kind=given["kind"],
            name=given["name"],
            actor=request.user,
            reason=given["reason"],
            now=timezone.now(),
        )
    except PandokError as error:
        return _page(request, error, form=form)
    return redirect("holidays")


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.KEEP_HOLIDAYS)
def withdraw(request: AccountRequest, holiday_id: int) -> HttpResponse:
    holiday = get_object_or_404(DatedHoliday, pk=holiday_id)
    if request.method != "POST":
        return redirect("holidays")
    form = meant(ReasonForm(request.POST, auto_id=f"why-{holiday_id}"))
    try:
        use.withdraw_holiday(holiday=holiday, actor=request.user, reason=form.why(), now=timezone.now())
    except PandokError as error:
        return _page(request, error, withdrawal=(holiday_id, form))
    return redirect("holidays")


def _page(
    request: HttpRequest,
    error: PandokError | None = None,
    *,
    form: HolidayForm | None = None,
    withdrawal: tuple[int, ReasonForm] | None = None,
) -> HttpResponse:
    """`form`, `withdrawal` (and of which day): what was sent and refused."""
    refused = dict([withdrawal] if withdrawal else [])
    context = {
        "days": [
            (one, use.KINDS[one.kind], refused.get(one.pk) or ReasonForm(auto_id=f"why-{one.pk}"))
            for one in use.dated_holidays()
        ],
        "form": form or HolidayForm(auto_id="%s"),
        "error": error,
    }
    return render(request, "pandok/cases/holidays.html", context, status=422 if error or form else 200)
