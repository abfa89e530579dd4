"""Write and change the protocol of a trial before it is locked."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.lab.acts.shadow.drafting import change_draft, draft_trial
from pandok.fields.lab.models import ShadowTrial
from pandok.fields.lab.roles import Action
from pandok.fields.lab.web.views.assisted_form import AssistedForm
from pandok.fields.lab.web.views.trial_form import TrialForm
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import render


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.RUN_TRIALS)
def new(request: AccountRequest) -> HttpResponse:
    return _new(request, TrialForm(request.POST if request.method == "POST" else None))


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.RUN_TRIALS)
def new_assisted(request: AccountRequest) -> HttpResponse:
    return _new(request, AssistedForm(request.POST if request.method == "POST" else None))


def _new(request: AccountRequest, form: TrialForm | AssistedForm) -> HttpResponse:
    if request.method != "POST":
        return _page(request, form)
    protocol = form.protocol()
    if protocol is None:
        return _page(request, form, status=422)
    trial = draft_trial(protocol=protocol, actor=request.user, now=timezone.now())
    return redirect("trial", trial_id=trial.id)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.RUN_TRIALS)
def change(request: AccountRequest, trial_id: UUID) -> HttpResponse:
    trial = get_object_or_404(ShadowTrial, id=trial_id)
    if request.method != "POST":
        of = AssistedForm.of(trial.assisted) if trial.is_assisted else TrialForm.of(trial.plan)
        return _page(request, of, trial=trial)
    form = AssistedForm(request.POST) if trial.is_assisted else TrialForm(request.POST)
    protocol = form.protocol()
    if protocol is None:
        return _page(request, form, trial=trial, status=422)
    try:
        change_draft(trial=trial, protocol=protocol, actor=request.user, now=timezone.now())
    except PandokError as error:
        return _page(request, form, trial=trial, error=error, status=422)
    return redirect("trial", trial_id=trial.id)


def _page(request: HttpRequest, form: TrialForm | AssistedForm, *, status: int = 200, **more: object) -> HttpResponse:
    return render(
        request,
        "pandok/lab/shadow/form.html",
        {"form": form, "assisted": isinstance(form, AssistedForm), **more},
        status=status,
    )
