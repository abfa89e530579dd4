"""The map of resources: searched, one of them with its month, entered, said anew, booked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.programme.acts.resources.booking import book_resource, cancel_resource_booking
from pandok.fields.programme.acts.resources.keeping import enter_resource, reword_resource
from pandok.fields.programme.lists.resources import Asked, as_icalendar, resources_among
from pandok.fields.programme.models import ResourceBooking, TrialResource
from pandok.fields.programme.resource_kinds import ResourceKind
from pandok.fields.programme.roles import Action
from pandok.fields.programme.topics import KoreanRegion
from pandok.fields.programme.web import resource_forms as forms
from pandok.fields.programme.web.shown.resource_map import drawn
from pandok.fields.street.lists.month import WEEKDAYS, month_of, weeks_of
from pandok.settings import settings
from pandok.web.file_answer import download
from pandok.web.middleware.deny_by_default import allows
from pandok.web.page_language import say
from pandok.web.sent_fields import ReasonForm, meant
from pandok.web.shown.rendering import refused_status, render

_TOLD = (
    ("body", Text(ko="기관", en="Body")),
    ("post", Text(ko="문의(직위)", en="Whom to ask (post)")),
    ("place", Text(ko="장소", en="Place")),
    ("hours", Text(ko="이용 시간", en="Hours")),
    ("rules", Text(ko="이용 규칙", en="Rules")),
)

A_PAGE = 100


@require_safe
@allows(Action.SEE_RESOURCES)
def resources(request: AccountRequest) -> HttpResponse:
    form = forms.ResourceFilterForm(request.GET)
    form.full_clean()
    found = resources_among(Asked(**form.cleaned_data))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": list(enumerate(page.object_list, page.start_index())),
        "page": page,
        "query": urlencode({name: value for name, value in form.cleaned_data.items() if value}),
        "map": drawn(list(page.object_list), first=page.start_index()),
        "asked": form.cleaned_data,
        "kinds": [(one.value, say(one.words)) for one in ResourceKind],
        "regions": [(one.value, say(one.words)) for one in KoreanRegion],
        "may_keep": request.user.may(Action.KEEP_RESOURCES),
    }
    return render(request, "pandok/programme/resources.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.KEEP_RESOURCES)
def enter(request: AccountRequest) -> HttpResponse:
    form, error = forms.ResourceForm(), None
    if request.method == "POST":
        form = meant(forms.ResourceForm(request.POST))
        try:
            made = enter_resource(form.said(), actor=request.user, now=timezone.now())
        except PandokError as refused:
            error = refused
        else:
            return redirect("programme_resource", resource_id=made.pk)
    status = refused_status(error) if error else 200
    return render(request, "pandok/programme/resource_new.html", {"form": form, "error": error}, status=status)


@require_safe
@allows(Action.SEE_RESOURCES)
def resource(request: AccountRequest, resource_id: UUID) -> HttpResponse:
    return _page(request, get_object_or_404(TrialResource, pk=resource_id))


@require_POST
@allows(Action.KEEP_RESOURCES)
def reword(request: AccountRequest, resource_id: UUID) -> HttpResponse:
    form = meant(forms.RewordResourceForm(request.POST, auto_id="reword_%s"))
    reason = form.cleaned_data["reason"]
    return _done(
        request, resource_id, "reword", form, lambda key, **who: reword_resource(key, form.said(), reason=reason, **who)
    )


@require_POST
@allows(Action.BOOK_RESOURCES)
def book(request: AccountRequest, resource_id: UUID) -> HttpResponse:
    form = meant(forms.ResourceBookingForm(request.POST, auto_id="book_%s"))
    return _done(request, resource_id, "book", form, lambda key, **who: book_resource(key, **form.cleaned_data, **who))


@require_POST
@allows(Action.BOOK_RESOURCES)
def cancel(request: AccountRequest, booking_id: int) -> HttpResponse:
    found = get_object_or_404(ResourceBooking, pk=booking_id)
    form = meant(ReasonForm(request.POST))
    return _done(
        request, found.resource_id, f"cancel-{booking_id}", form,
        lambda _key, **who: cancel_resource_booking(booking_id, reason=form.why(), **who),
    )  # fmt: skip


@require_safe
@allows(Action.SEE_RESOURCES)
def calendar(_request: AccountRequest, resource_id: UUID) -> HttpResponse:
    found = get_object_or_404(TrialResource, pk=resource_id)
    body = as_icalendar(found, urlsplit(settings().address).hostname or "localhost")
    return download(body, filename=f"{found.number}.ics", media_type="text/calendar; charset=utf-8")


def _done(request: AccountRequest, resource_id: UUID, name: str, form: Any, act: Callable[..., Any]) -> HttpResponse:
    found = get_object_or_404(TrialResource, pk=resource_id)
    try:
        act(resource_id, actor=request.user, now=timezone.now())
    except PandokError as error:
        return _page(request, found, sent=(name, form), error=error)
    return redirect("programme_resource", resource_id=resource_id)


def _page(
    request: AccountRequest,
    found: TrialResource,
    *,
    sent: tuple[str, Any] = ("", None),
    error: PandokError | None = None,
) -> HttpResponse:
    now = timezone.now()
    today = now.astimezone(OFFICE_ZONE).date()
    month = month_of(meant(forms.ResourceMonthForm(request.GET)).cleaned_data["month"], today)
    bookings: Any = list(
        found.bookings.filter(cancelled=None, begins_at__lt=month.ends, ends_at__gt=month.begins).select_related(
            "booked_by"
        )
    )
    keeps, books = request.user.may(Action.KEEP_RESOURCES), request.user.may(Action.BOOK_RESOURCES) and found.booked

    def again(name: str, fresh: Any) -> Any:
        return sent[1] if sent[0] == name else fresh

    context = {
        "resource": found,
        "kind": ResourceKind(found.kind).words,
        "region": KoreanRegion(found.region).words,
        "facts": [(label, Text(ko=value, en=value)) for name, label in _TOLD if (value := getattr(found, name))],
        "month": month,
        "weekdays": WEEKDAYS,
        "weeks": weeks_of(month, bookings, today) if found.booked else [],
        "bookings": bookings,
        "now": now,
        "book_form": again("book", forms.ResourceBookingForm(auto_id="book_%s")) if books else None,
        "reword_form": again(
            "reword", forms.RewordResourceForm(initial=forms.ResourceForm.of(found), auto_id="reword_%s")
        )
        if keeps
        else None,
        "may_cancel": books,
        "error": error,
        "sent": sent[0],
    }
    return render(request, "pandok/programme/resource.html", context, status=refused_status(error) if error else 200)
