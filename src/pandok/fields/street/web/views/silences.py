"""What calls nobody now: silences that expire by themselves, and poles in maintenance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.core.text import Text
from pandok.fields.street.acts.silencing import end_silence, maintain, silence, standing_silences
from pandok.fields.street.lists.now import open_alerts
from pandok.fields.street.models import Pole, Silence
from pandok.fields.street.readers_in_words import READERS, reader_words
from pandok.fields.street.roles import Action
from pandok.fields.street.web.forms import WithdrawForm
from pandok.fields.street.web.shown.alert_rows import place_of, row_of
from pandok.fields.street.web.silence_forms import MaintenanceForm, SilenceForm
from pandok.fields.street.web.warning_forms import number as number_in
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant
from pandok.web.shown.rendering import render

MOST = 200


@dataclass(frozen=True)
class SilenceRow:
    silence: Silence
    words: Text | None
    reason: str
    """What was entered to end it, where that was refused."""


@require_safe
@allows(Action.SEE_STREET)
def list_silences(request: AccountRequest) -> HttpResponse:
    return _page(request)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.DECIDE_ALERTS)
def begin_silence(request: AccountRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("street_silences")
    form, moment = meant(SilenceForm(request.POST)), timezone.now()
    sent = form.cleaned_data
    try:
        silence(
            pole=sent["pole"].strip(),
            feeder=sent["feeder"].strip(),
            reader=sent["reader"] if sent["reader"] in READERS else "",
            until=_until(sent["hours"], moment),
            actor=request.user,
            reason=sent["reason"],
            now=moment,
        )
    except PandokError as error:
        return _page(request, silencing=form, error=error, status=422)
    return redirect("street_silences")


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.DECIDE_ALERTS)
def end_one(request: AccountRequest, number: int) -> HttpResponse:
    if request.method != "POST":
        return redirect("street_silences")
    form = meant(WithdrawForm(request.POST))
    try:
        end_silence(number, actor=request.user, reason=form.cleaned_data["reason"], now=timezone.now())
    except PandokError as error:
        return _page(request, ending=(number, form.cleaned_data["reason"]), error=error, status=422)
    return redirect("street_silences")


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.KEEP_POLES)
def maintenance(request: AccountRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("street_silences")
    form, moment = meant(MaintenanceForm(request.POST)), timezone.now()
    sent = form.cleaned_data
    until = None if sent["what"] == "end" else _until(sent["hours"], moment)
    try:
        maintain(sent["pole"].strip(), until=until, actor=request.user, reason=sent["reason"], now=moment)
    except PandokError as error:
        return _page(request, maintaining=form, error=error, status=422)
    return redirect("street_silences")


def _until(hours: str, now: datetime) -> datetime:
    """An end that no use case takes, where it is no number or far beyond any."""
    return now + timedelta(hours=min(number_in(hours), 10_000.0))


def _page(
    request: AccountRequest,
    *,
    silencing: SilenceForm | None = None,
    maintaining: MaintenanceForm | None = None,
    ending: tuple[int, str] = (0, ""),
    error: PandokError | None = None,
    status: int = 200,
) -> HttpResponse:
    moment = timezone.now()
    poles = Pole.objects.filter(maintenance_until__gt=moment).order_by("maintenance_until")[:MOST]
    context = {
        "silences": [
            SilenceRow(one, reader_words(one.reader) if one.reader else None, ending[1] if one.pk == ending[0] else "")
            for one in standing_silences(moment)[:MOST]
        ],
        "poles": [(one, place_of(one)) for one in poles],
        "hushed": [row_of(one) for one in open_alerts().filter(quiet=True, case_level__gt=0)[:MOST]],
        "silencing": silencing or SilenceForm(initial={"hours": "1", "pole": request.GET.get("pole", "")}),
        "maintaining": maintaining or MaintenanceForm(initial={"hours": "8", "pole": request.GET.get("pole", "")}),
        "may_silence": request.user.may(Action.DECIDE_ALERTS),
        "may_maintain": request.user.may(Action.KEEP_POLES),
        "error": error,
    }
    return render(request, "pandok/street/silences.html", context, status=status)
