"""A reader's pages of an assisted trial: goods beside registered designs, answers that are locked, help in turn."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pandok.common import house
from pandok.common.audit.viewing import record_viewing
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.counterfeit.roles import Action
from pandok.fields.counterfeit.web.views.pictures import look_at
from pandok.fields.designs.web.shown.closer_look import Looked
from pandok.fields.lab.acts.assisted.reader_steps import (
    Next,
    answer,
    help_of,
    next_reading,
    open_reading,
    trials_to_read,
)
from pandok.fields.lab.models import AssistedReading, ShadowTrial
from pandok.fields.lab.web.lab_forms import ReadingAnswerForm
from pandok.fields.register.models import Design
from pandok.web.browser_picture import browser_picture
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant
from pandok.web.shown.rendering import render

NONE = "none"
VIEWS_SHOWN = 3


@require_safe
@allows(Action.WORK_CASES)
def mine(request: AccountRequest) -> HttpResponse:
    now = timezone.now()
    rows = [(one, one.assisted, next_reading(one, request.user, now)) for one in trials_to_read(request.user)]
    return render(request, "pandok/lab/assisted/list.html", {"rows": rows})


@require_safe
@allows(Action.WORK_CASES)
def read(request: AccountRequest, trial_id: UUID) -> HttpResponse:
    return _page(request, get_object_or_404(trials_to_read(request.user), id=trial_id))


@require_POST
@allows(Action.WORK_CASES)
def begin(request: AccountRequest, reading_id: UUID) -> HttpResponse:
    reading = _reading(request, reading_id)
    try:
        open_reading(reading=reading, actor=request.user, now=timezone.now())
    except PandokError as error:
        return _page(request, reading.trial, error=error, status=422)
    return redirect("assisted_trial", trial_id=reading.trial_id)


@require_POST
@allows(Action.WORK_CASES)
def lock(request: AccountRequest, reading_id: UUID) -> HttpResponse:
    reading, given = _reading(request, reading_id), meant(ReadingAnswerForm(request.POST)).cleaned_data["design"]
    chosen = "" if given == NONE else given or None
    try:
        answer(reading=reading, design_id=chosen, actor=request.user, now=timezone.now())
    except PandokError as error:
        return _page(request, reading.trial, error=error, status=422)
    waits = trials_to_read(request.user).filter(id=reading.trial_id).exists()
    return redirect("assisted_trial", trial_id=reading.trial_id) if waits else redirect("assisted_trials")


@require_safe
@allows(Action.WORK_CASES)
def photograph(request: AccountRequest, reading_id: UUID, position: int) -> HttpResponse:
    """Of the goods that this person has before them now, and of no others."""
    reading = _reading(request, reading_id)
    turn = next_reading(reading.trial, request.user, timezone.now())
    if turn.reading is None or turn.reading.pk != reading.pk or not turn.opened:
        raise Http404
    one = get_object_or_404(reading.case.reading.signal.photographs, position=position)
    if "look" in request.GET:
        goods = _goods(reading)
        here = reverse("assisted_photograph", args=[reading.pk, position])
        return look_at(request, next(one for one in goods if one.address == here), first=goods)
    blobs = house.blobs()
    if one.sha256 not in blobs:
        raise Http404
    data, media_type = browser_picture(blobs.get(one.sha256), small="small" in request.GET)
    if request.method == "GET":
        about = f"trial:{reading.trial_id}"
        record_viewing(account=request.user, sha256=one.sha256, obj=about, now=timezone.now())
    response = HttpResponse(data, content_type=media_type)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    return response


def _goods(reading: AssistedReading) -> list[Looked]:
    positions = reading.case.reading.signal.photographs.values_list("position", flat=True)
    return [
        Looked(
            str(place),
            reverse("assisted_photograph", args=[reading.pk, place]),
            _("Photograph %(number)s") % {"number": number},
        )
        for number, place in enumerate(positions, start=1)
    ]


def _reading(request: AccountRequest, reading_id: UUID) -> AssistedReading:
    """Of a trial that this person reads in now; of any other it is as if there were none."""
    readings = AssistedReading.objects.filter(reader=request.user, trial__in=trials_to_read(request.user))
    found: AssistedReading = get_object_or_404(
        readings.select_related("trial", "case__help", "case__reading"), id=reading_id
    )
    return found


def _page(request: AccountRequest, trial: ShadowTrial, *, status: int = 200, **more: object) -> HttpResponse:
    turn = next_reading(trial, request.user, timezone.now())
    context: dict[str, object] = {"trial": trial, "plan": trial.assisted, "turn": turn, **more}
    if turn.opened and turn.reading is not None:
        context |= _shown(turn, turn.reading)
    return render(request, "pandok/lab/assisted/read.html", context, status=status)


def _shown(turn: Next, reading: AssistedReading) -> dict[str, object]:
    names = reading.case.help.line_up
    designs = {one.design_id: one for one in Design.objects.filter(design_id__in=names).prefetch_related("views")}
    output = help_of(reading) or {}
    said = [str(one["design_id"]) for one in output.get("candidates", [])] if turn.with_help else []
    rows = [
        {
            "design": designs[name],
            "views": [view.sha256 for view in designs[name].views.all() if view.withdrawn_at is None][:VIEWS_SHOWN],
            "rank": said.index(name) + 1 if name in said else None,
        }
        for name in names
        if name in designs
    ]
    return {
        "photographs": list(reading.case.reading.signal.photographs.order_by("position")),
        "rows": rows,
        "outcome": output.get("outcome", ""),
        "first": said[0] if said else "",
        "before": _before(reading) if turn.with_help else None,
    }


def _before(reading: AssistedReading) -> str | None:
    """What this person answered alone, one after the other; in crossed rounds the first answer is not shown again."""
    if reading.trial.assisted.washout_days:
        return None
    earlier = reading.case.readings.filter(reader=reading.reader, answer__isnull=False).first()
    return earlier.answer.design_id or NONE if earlier else None
