"""What others recorded: the list, one entered by hand, a table sent, one withdrawn."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.street.acts.outside_records import (
    COLUMNS,
    MOST_BYTES,
    RecordSaid,
    enter_record,
    enter_table,
    withdraw_record,
)
from pandok.fields.street.hazard_kinds import HazardKind
from pandok.fields.street.models import OutsideRecord
from pandok.fields.street.refusals import refusal
from pandok.fields.street.roles import Action
from pandok.fields.street.web.forms import OutsideRecordForm, TableForm, WithdrawForm
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant
from pandok.web.shown.rendering import render
from pandok.web.uploaded import content_of

A_PAGE = 50


@require_safe
@allows(Action.SEE_STREET)
def records(request: AccountRequest) -> HttpResponse:
    return _page(request)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.ENTER_OUTSIDE_RECORDS)
def enter(request: AccountRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("street_records")
    form = meant(OutsideRecordForm(request.POST))
    try:
        enter_record(RecordSaid(**form.cleaned_data), actor=request.user, now=timezone.now())
    except PandokError as error:
        return _page(request, form=form, error=error, status=422)
    return redirect("street_records")


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.ENTER_OUTSIDE_RECORDS)
def send_table(request: AccountRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("street_records")
    form = TableForm(request.POST, request.FILES)
    try:
        if not form.is_valid():
            raise refusal("no_table")
        file, size = content_of(form.cleaned_data["table"])
        if size > MOST_BYTES:
            raise refusal("table_too_large")
        enter_table(file.read(), actor=request.user, now=timezone.now())
    except PandokError as error:
        return _page(request, error=error, status=422)
    return redirect("street_records")


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.ENTER_OUTSIDE_RECORDS)
def withdraw(request: AccountRequest, record_id: int) -> HttpResponse:
    if request.method != "POST":
        return redirect("street_records")
    form = meant(WithdrawForm(request.POST))
    try:
        withdraw_record(record_id, actor=request.user, reason=form.cleaned_data["reason"], now=timezone.now())
    except PandokError as error:
        return _page(request, withdrawing=(record_id, form), error=error, status=422)
    return redirect("street_records")


def _page(
    request: AccountRequest,
    *,
    form: OutsideRecordForm | None = None,
    withdrawing: tuple[int, WithdrawForm] | None = None,
    error: PandokError | None = None,
    status: int = 200,
) -> HttpResponse:
    found = OutsideRecord.objects.select_related("test_bed", "pole", "entered_by")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    held = withdrawing[0] if withdrawing else None
    rows = [
        (one, HazardKind(one.hazard).words, withdrawing[1] if withdrawing and one.pk == held else WithdrawForm())
        for one in page.object_list
    ]
    context = {
        "page": page,
        "rows": rows,
        "form": form or OutsideRecordForm(),
        "table": TableForm(),
        "columns": ",".join(COLUMNS),
        "may_enter": request.user.may(Action.ENTER_OUTSIDE_RECORDS),
        "error": error,
    }
    return render(request, "pandok/street/outside_records.html", context, status=status)
