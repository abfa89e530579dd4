"""Evidence of an agreement: KPIs measured, and each measurement computed again where somebody asks for it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from pydantic import ValidationError

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError, RequestError
from pandok.core.programme.evidence import Occasion
from pandok.fields.programme.acts.evidence import measuring
from pandok.fields.programme.agreement_states import AgreementState
from pandok.fields.programme.lists.agreements import agreement_for
from pandok.fields.programme.lists.certificates import certificates_of
from pandok.fields.programme.lists.evidence import measurement_for, measurements_of
from pandok.fields.programme.models import Agreement, Measurement
from pandok.fields.programme.roles import Action
from pandok.fields.programme.web.evidence_forms import CertifyForm
from pandok.fields.programme.web.shown.after_end import terms_shown
from pandok.fields.programme.web.shown.certificate_facts import certificate_row
from pandok.fields.programme.web.shown.evidence_facts import (
    MeasurementShown,
    differences_shown,
    measurement_shown,
)
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import refused_status, render


@require_safe
@allows(Action.SEE_AGREEMENTS)
def evidence(request: AccountRequest, agreement_id: UUID) -> HttpResponse:
    return evidence_page(request, agreement_shown(request, agreement_id))


@require_POST
@allows(Action.MEASURE_KPIS)
def measure(request: AccountRequest, agreement_id: UUID) -> HttpResponse:
    found = agreement_shown(request, agreement_id)
    try:
        made = measuring.measure(agreement_id, actor=request.user, now=timezone.now())
    except PandokError as error:
        return evidence_page(request, found, error=error)
    return redirect("programme_measurement", measurement_id=made.pk)


@require_safe
@allows(Action.SEE_AGREEMENTS)
def measurement(request: AccountRequest, measurement_id: UUID) -> HttpResponse:
    try:
        found = measurement_for(request.user, measurement_id)
    except RequestError as error:
        raise Http404 from error
    return measurement_page(request, found)


def measurement_page(request: AccountRequest, found: Measurement, *, error: PandokError | None = None) -> HttpResponse:
    now = timezone.now()
    asked = "again" in request.GET
    again = measuring.recompute(found, now) if asked else None
    context = {
        "error": error,
        "shown": shown_or_none(found),
        "measurement": found,
        "agreement": found.agreement,
        "asked": asked,
        "again": again,
        "again_at": now,
        "certify_form": certify_form_for(request, found),
        "differences": differences_shown(again.differences) if again else [],
    }
    status = refused_status(error) if error else 200
    return render(request, "pandok/programme/measurement.html", context, status=status)


def certify_form_for(request: AccountRequest, found: Measurement) -> CertifyForm | None:
    """For who may draft a certificate of it."""
    final = found.occasion == Occasion.FINAL.value and request.user.may(Action.DRAFT_CERTIFICATES)
    return CertifyForm(auto_id="certify_%s") if final else None


def agreement_shown(request: AccountRequest, agreement_id: UUID) -> Agreement:
    try:
        return agreement_for(request.user, agreement_id)
    except RequestError as error:
        raise Http404 from error


def shown_or_none(found: Measurement) -> MeasurementShown | None:
    """None: what was kept can no longer be read."""
    try:
        return measurement_shown(found)
    except (ValidationError, ValueError, KeyError):
        return None


def evidence_page(
    request: AccountRequest, found: Agreement, *, error: PandokError | None = None, **more: Any
) -> HttpResponse:
    running = AgreementState(found.state) is AgreementState.RUNNING
    context = {
        "agreement": found,
        "state": AgreementState(found.state).words,
        "measurements": [(one, shown_or_none(one)) for one in measurements_of(found)],
        "certificates": [certificate_row(one) for one in certificates_of(found)],
        "terms": terms_shown(found, request.user),
        "may_measure": running and request.user.may(Action.MEASURE_KPIS),
        "may_hand_over": request.user.may(Action.HAND_OVER),
        "error": error,
    } | more
    status = refused_status(error) if error else 200
    return render(request, "pandok/programme/evidence.html", context, status=status)
