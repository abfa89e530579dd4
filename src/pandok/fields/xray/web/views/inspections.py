"""Lists of inspections, one inspection whole, what its opening showed, and having it read again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.xray.acts.deciding import TAKE_BACK_WITHIN, have_read_again, sizes_of, usable_marks
from pandok.fields.xray.acts.opening import record_opening
from pandok.fields.xray.decisions import Decision, Found
from pandok.fields.xray.lists.retention import erased_scans, erasure_of, is_held
from pandok.fields.xray.lists.visible import inspection_of, shows_images
from pandok.fields.xray.lists.work import Tab, inspections_in
from pandok.fields.xray.models import Inspection, Scan
from pandok.fields.xray.roles import Action
from pandok.fields.xray.states import READABLE, TABLE, InspectionMover, InspectionState
from pandok.fields.xray.web.forms import OpeningForm, ReadAgainForm
from pandok.fields.xray.web.shown.declared import declared_of
from pandok.fields.xray.web.shown.help_origin import origin_of
from pandok.fields.xray.web.shown.quality import quality_rows
from pandok.fields.xray.web.shown.scan_viewer import viewer_of
from pandok.fields.xray.web.shown.similar import similar_beside
from pandok.fields.xray.web.views.parts import found_or_404
from pandok.settings import settings
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import render

A_PAGE = 50


@require_safe
@allows(Action.SEE_SCANS)
def list_inspections(request: AccountRequest) -> HttpResponse:
    asked = request.GET.get("tab", "")
    first = Tab.TO_OPEN if request.user.may(Action.RECORD_OPENINGS) else Tab.TO_READ
    tab = Tab(asked) if asked in set(Tab) else first
    page = Paginator(inspections_in(request.user, tab), A_PAGE).get_page(request.GET.get("page"))
    erased = set(erased_scans().filter(scan__inspection__in=list(page.object_list)).values_list("scan_id", flat=True))
    # A scan that waits is looked at on the reader's screen alone, so no list shows it.
    rows = [
        (one, one.stands.words, None if one.stands in READABLE else _picture(one, erased)) for one in page.object_list
    ]
    now = timezone.now()
    soon = now + timedelta(hours=settings().xray_remind_hours)
    context = {"tabs": list(Tab), "tab": tab, "page": page, "rows": rows, "now": now, "soon": soon}
    return render(request, "pandok/xray/inspections.html", context)


@require_safe
@allows(Action.SEE_SCANS)
def show(request: AccountRequest, inspection_id: UUID) -> HttpResponse:
    return _page(request, found_or_404(inspection_of, request.user, inspection_id))


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.RECORD_OPENINGS)
def opening(request: AccountRequest, inspection_id: UUID) -> HttpResponse:
    inspection = found_or_404(inspection_of, request.user, inspection_id)
    if request.method != "POST":
        return redirect("xray_inspection", inspection_id=inspection.pk)
    form = OpeningForm(request.POST)
    if not form.is_valid():
        return _page(request, inspection, opening_form=form, status=422)
    try:
        record_opening(
            inspection_id=inspection.pk,
            officer=request.user,
            found=form.outcome(),
            what=form.cleaned_data["what"],
            marks=form.cleaned_data["marks"],
            now=timezone.now(),
        )
    except PandokError as error:
        return _page(request, inspection, opening_form=form, error=error, status=422)
    return redirect("xray_inspection", inspection_id=inspection.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.RECALL_SCANS)
def read_again(request: AccountRequest, inspection_id: UUID) -> HttpResponse:
    inspection = found_or_404(inspection_of, request.user, inspection_id)
    if request.method != "POST":
        return redirect("xray_inspection", inspection_id=inspection.pk)
    form = ReadAgainForm(request.POST)
    if not form.is_valid():
        return _page(request, inspection, again_form=form, status=422)
    reason = form.cleaned_data["reason"]
    try:
        have_read_again(inspection_id=inspection.pk, supervisor=request.user, reason=reason, now=timezone.now())
    except PandokError as error:
        return _page(request, inspection, again_form=form, error=error, status=422)
    return redirect("xray_inspection", inspection_id=inspection.pk)


def _page(
    request: AccountRequest,
    inspection: Inspection,
    *,
    opening_form: OpeningForm | None = None,
    again_form: ReadAgainForm | None = None,
    error: PandokError | None = None,
    status: int = 200,
) -> HttpResponse:
    now, language = timezone.now(), get_language() or "ko"
    scan = inspection.scans.order_by("-imported_at").first()
    readings = list(inspection.readings.select_related("reader", "help__scan__inspection__site").order_by("decided_at"))
    opened = getattr(inspection, "opening", None)
    may_open = request.user.may(Action.RECORD_OPENINGS) and inspection.stands is InspectionState.OPENING
    looks = shows_images(request.user, inspection)
    erased = erasure_of(scan) if scan else None
    # While it waits, help reaches its reader on the desk alone.
    similar = None
    if scan and erased is None and inspection.stands not in READABLE:
        similar = similar_beside(inspection, request.user, language)
    read_it = any(one.reader_id == request.user.pk for one in readings)
    again = InspectionState.WAITING
    may_recall = request.user.may(Action.RECALL_SCANS) and TABLE.allows(
        inspection.stands, again, InspectionMover.SUPERVISOR
    )
    last = readings[-1] if readings else None
    context = {
        "inspection": inspection,
        "state": inspection.stands.words,
        "scan": scan,
        "on_the_screen_alone": not looks,
        "erased": erased,
        "held": is_held(inspection),
        "declared": declared_of(inspection),
        "similar": similar,
        "viewer": viewer_of(
            scan,
            language=language,
            marks=_marks(opening_form, scan, readings, opened),
            past=similar.past if similar else (),
        )
        if scan and looks and erased is None
        else None,
        "readings": [
            (one, Decision(one.decision).words, origin_of(one.help) if one.help else None) for one in readings
        ],
        "opening": opened,
        "found": Found(opened.found).words if opened else None,
        "opening_form": (opening_form or OpeningForm()) if may_open and not read_it else None,
        "read_it": may_open and read_it,
        "again_form": (again_form or ReadAgainForm()) if may_recall else None,
        "may_take_back": last is not None
        and last.reader_id == request.user.pk
        and now - last.decided_at <= TAKE_BACK_WITHIN
        and TABLE.allows(inspection.stands, again, InspectionMover.READER),
        "events": [(one, InspectionState(one.to_state).words) for one in inspection.events.select_related("actor")],
        "overtaken": "overtaken" in request.GET,
        "late": inspection.due_at is not None and inspection.due_at < now,
        "quality": quality_rows(scan) if scan else [],
        "error": error,
    }
    return render(request, "pandok/xray/inspection.html", context, status=status)


def _marks(form: OpeningForm | None, scan: Scan, readings: list[Any], opened: Any) -> list[Any]:
    """What was just drawn; else where it lay; else what the last reader marked."""
    if form is not None and form.is_bound:
        drawn = usable_marks(form.cleaned_data.get("marks", []), sizes_of(scan))
        return [mark.model_dump(mode="json") for mark in drawn]
    if opened is not None:
        return list(opened.marks)
    return list(readings[-1].marks) if readings else []


def _picture(inspection: Inspection, erased: set[UUID]) -> int | None:
    scans = list(inspection.scans.all())
    if not scans or scans[-1].pk in erased:
        return None
    views = sorted(scans[-1].views.all(), key=lambda view: view.position)
    return views[0].pk if views else None
