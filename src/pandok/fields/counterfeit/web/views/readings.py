"""One reading, the list of readings, and reading again with other filters or another box."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pandok.common import house
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.core.reading import Box
from pandok.fields.counterfeit.lists.prospective_case import prospective_case
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.roles import Action
from pandok.fields.counterfeit.web.case_forms import FromReadingForm
from pandok.fields.counterfeit.web.forms import AgainForm
from pandok.fields.designs import server_desk as desk
from pandok.fields.designs.acts.reading_marks import read_marks_later
from pandok.fields.designs.acts.readings import read_again, readings_visible_to
from pandok.fields.designs.models import ReadingRecord
from pandok.fields.designs.roles import Action as ReadingAction
from pandok.fields.designs.web.shown.reading_page import reading_page, summary
from pandok.fields.register.word_marks import find_word_marks
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import render

READINGS_A_PAGE = 20

MARKS_SHOWN = 5


def _may_read(request: AccountRequest) -> bool:
    return request.user.may(ReadingAction.READ_PHOTOGRAPHS)


@require_safe
@allows(ReadingAction.SEE_OWN_READINGS)
def list_readings(request: AccountRequest) -> HttpResponse:
    language = get_language() or "ko"
    records = (
        readings_visible_to(request.user).select_related("actor", "signal").prefetch_related("signal__photographs")
    )
    page = Paginator(records, READINGS_A_PAGE).get_page(request.GET.get("page"))
    rows = [summary(record, language) for record in page.object_list]
    return render(request, "pandok/readings.html", {"page": page, "rows": rows, "may_read": _may_read(request)})


@require_safe
@allows(ReadingAction.SEE_OWN_READINGS)
def show_reading(request: AccountRequest, reading_id: UUID) -> HttpResponse:
    record = _visible(request, reading_id)
    return reading_response(request, record, AgainForm(initial=record.filters))


@require_http_methods(["GET", "HEAD", "POST"])
@allows(ReadingAction.READ_PHOTOGRAPHS)
def read_it_again(request: AccountRequest, reading_id: UUID) -> HttpResponse:
    if request.method != "POST":
        # Reloading a form that was refused must lead back, not to an error.
        return redirect("reading", reading_id=reading_id)
    record = _visible(request, reading_id)
    form = AgainForm(request.POST)
    if not form.is_valid():
        return reading_response(request, record, form, status=422)
    try:
        again = read_again(
            record=record,
            filters=form.filters(),
            boxes=_boxes(record, form.cleaned_data["box"]),
            actor=request.user,
            now=timezone.now(),
            desk=desk.desk(),
            blobs=house.blobs(),
        )
    except PandokError as error:
        return reading_response(request, record, form, error=error, status=422)
    return redirect("reading", reading_id=again.id)


@require_POST
@allows(ReadingAction.READ_PHOTOGRAPHS)
def read_marks(request: AccountRequest, reading_id: UUID) -> HttpResponse:
    """Text and codes of a reading that was made without them, for somebody who looks at it."""
    record = _visible(request, reading_id)
    try:
        read_marks_later(
            record=record,
            actor=request.user.get_username(),
            now=timezone.now(),
            desk=desk.desk(),
            blobs=house.blobs(),
        )
    except PandokError as error:
        return reading_response(request, record, AgainForm(initial=record.filters), error=error, status=422)
    return redirect("reading", reading_id=record.id)


def _visible(request: AccountRequest, reading_id: UUID) -> ReadingRecord:
    # A reading of somebody else answers like one that does not exist.
    records = readings_visible_to(request.user).select_related("actor", "signal")
    return get_object_or_404(records, id=reading_id)


def _boxes(record: ReadingRecord, chosen: tuple[int, Box] | None) -> list[Box | None]:
    """The boxes of the record with the newly chosen one; kept inside the photograph."""
    photographs = list(record.signal.photographs.all())
    boxes: list[Box | None] = [
        Box(x1=box[0], y1=box[1], x2=box[2], y2=box[3]) if box else None for box in record.boxes
    ] or [None] * len(photographs)
    if chosen is not None and chosen[0] < len(photographs):
        position, box = chosen
        width, height = photographs[position].width_px, photographs[position].height_px
        if box.x1 < width and box.y1 < height:
            boxes[position] = Box(x1=box.x1, y1=box.y1, x2=min(box.x2, width), y2=min(box.y2, height))
    return boxes


def reading_response(
    request: AccountRequest,
    record: ReadingRecord,
    form: AgainForm,
    *,
    error: PandokError | None = None,
    entered: str = "",
    status: int = 200,
) -> HttpResponse:
    """`entered` names the form whose error stands where it is."""
    context: dict[str, Any] = {
        "page": reading_page(record, get_language() or "ko"),
        "record": record,
        "may_read": _may_read(request),
        "form": form,
        "error": error,
        "case": Case.objects.filter(signal_id=record.signal_id).first(),
        "word_marks": find_word_marks([line.text for line in record.marks.words], MARKS_SHOWN),
    }
    if request.user.may(Action.WORK_CASES) and context["case"] is None:
        sent = request.POST if entered == "nothing_close" else None
        case = prospective_case(record, request.user, timezone.now())
        context |= {
            "choose": {
                "action": reverse("case_from_reading", args=[record.id]),
                "notify": reverse("reading_notify", args=[record.id]),
            },
            "nothing_form": FromReadingForm("nothing_close", sent, case=case),
        }
    return render(request, "pandok/reading.html", context, status=status)
