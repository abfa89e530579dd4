"""Trials: for everybody what was tried and what was proven, also where not; for the operator the forms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.street.acts.trials import TrialSaid, conclude_trial, register_trial
from pandok.fields.street.hazard_kinds import HazardKind
from pandok.fields.street.models import Trial, TrialResult
from pandok.fields.street.roles import Action
from pandok.fields.street.trial_measures import Measure
from pandok.fields.street.web.trial_forms import ConclusionForm, TrialForm, threshold_in
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant
from pandok.web.shown.rendering import render

MOST = 200
_COMES = Text(ko="시작 전", en="Not begun")
_RUNS = Text(ko="진행 중", en="Under way")
_WAITS = Text(ko="결과 정리 중", en="Over, result not published yet")
_REACHED = Text(ko="입증", en="Proven")
_NOT = Text(ko="입증되지 않음", en="Not proven")
_UNMEASURED = Text(ko="측정할 수 없었음", en="Could not be measured")
_GIVEN_UP = Text(ko="중단", en="Given up")


@dataclass(frozen=True)
class TrialRow:
    trial: Trial
    bed: Text
    hazard: Text
    measure: Text
    at_least: bool
    state: Text
    badge: str
    result: TrialResult | None
    is_over: bool
    learnt: str
    """What was entered beside a conclusion that was refused."""


@login_not_required
@require_safe
def public(request: HttpRequest) -> HttpResponse:
    return render(request, "pandok/street/trials.html", {"rows": _rows(timezone.now())})


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.KEEP_POLES)
def keep(request: AccountRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request)
    form = meant(TrialForm(request.POST))
    sent = form.cleaned_data
    said = TrialSaid(
        sent["test_bed"], sent["hazard"], sent["question"], sent["plan"], sent["measure"],
        threshold_in(sent["threshold"]), sent["first"], sent["last"],
    )  # fmt: skip
    try:
        register_trial(said, actor=request.user, now=timezone.now())
    except PandokError as error:
        return _page(request, form=form, error=error, status=422)
    return redirect("street_trials_kept")


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.KEEP_POLES)
def conclude(request: AccountRequest, number: int) -> HttpResponse:
    if request.method != "POST":
        return redirect("street_trials_kept")
    sent = meant(ConclusionForm(request.POST)).cleaned_data
    try:
        given_up = sent["what"] == "give-up"
        conclude_trial(number, learnt=sent["learnt"], given_up=given_up, actor=request.user, now=timezone.now())
    except PandokError as error:
        return _page(request, concluding=(number, sent["learnt"]), error=error, status=422)
    return redirect("street_trials_kept")


def _page(
    request: AccountRequest,
    *,
    form: TrialForm | None = None,
    concluding: tuple[int, str] = (0, ""),
    error: PandokError | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"rows": _rows(timezone.now(), concluding), "form": form or TrialForm(), "error": error}
    return render(request, "pandok/street/trials_kept.html", context, status=status)


def _rows(now: datetime, concluding: tuple[int, str] = (0, "")) -> list[TrialRow]:
    return [_row(one, now, concluding) for one in Trial.objects.select_related("test_bed", "result")[:MOST]]


def _row(trial: Trial, now: datetime, concluding: tuple[int, str]) -> TrialRow:
    result: TrialResult | None = getattr(trial, "result", None)
    measure, today = Measure(trial.measure), now.astimezone(OFFICE_ZONE).date()
    if result is None:
        state = _COMES if today < trial.first_on else _RUNS if today <= trial.last_on else _WAITS
        badge = "badge-plain"
    elif result.value is None:
        state, badge = (_GIVEN_UP if result.given_up else _UNMEASURED), "badge-unsure"
    else:
        reached = measure.reached(result.value, trial.threshold)
        state, badge = (_REACHED, "badge-good") if reached else (_NOT, "badge-bad")
    bed = Text(ko=trial.test_bed.name_ko, en=trial.test_bed.name_en)
    learnt = concluding[1] if concluding[0] == trial.pk else ""
    hazard, over = HazardKind(trial.hazard).words, today > trial.last_on
    return TrialRow(trial, bed, hazard, measure.words, measure.at_least, state, badge, result, over, learnt)
