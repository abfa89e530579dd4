"""Retention of images: what may go, plans of deletion and their certificates, and holds that stop them."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from pandok.common import house
from pandok.common.reasons import MOST_REASON
from pandok.common.web.requests import AccountRequest
from pandok.common.web.views.deletion_certificates import certificate_as_json, certificate_as_pdf
from pandok.core.deletion import STATES, DeletionState
from pandok.core.errors import PandokError
from pandok.fields.xray.acts.retention import deleting
from pandok.fields.xray.acts.retention.certificate_pdf import OUTCOMES
from pandok.fields.xray.acts.retention.certificate_pdf import certificate_pdf as draw_certificate
from pandok.fields.xray.acts.retention.holds import lift_hold, place_hold
from pandok.fields.xray.lists.retention import POLICIES, current_policy, due_scans, standing_holds
from pandok.fields.xray.lists.visible import inspections_visible_to
from pandok.fields.xray.models import ScanDeletion, ScanHold
from pandok.fields.xray.roles import Action
from pandok.fields.xray.similar_index import indexes_at
from pandok.settings import settings
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import ReasonForm, meant
from pandok.web.shown.rendering import render

DELETIONS_SHOWN, SCANS_SHOWN = 50, 100


class ScanProposalForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea, max_length=MOST_REASON)


class ScanHoldForm(forms.Form):
    number = forms.CharField(label=_("Number of the inspection"), max_length=20)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea, max_length=MOST_REASON)


@require_safe
@allows(Action.SEE_SCAN_RETENTION)
def overview(request: AccountRequest) -> HttpResponse:
    return _overview(request)


@require_POST
@allows(Action.PLAN_SCAN_DELETION)
def propose(request: AccountRequest) -> HttpResponse:
    form = ScanProposalForm(request.POST)
    if not form.is_valid():
        return _overview(request, form=form, status=422)
    now = timezone.now()
    try:
        made = deleting.propose_deletion(
            actor=request.user,
            reason=form.cleaned_data["reason"],
            now=now,
            policy=current_policy(now),
            blobs=house.blobs(),
        )
    except PandokError as error:
        return _overview(request, form=form, error=error, status=422)
    return redirect("scan_deletion", deletion_id=made.pk)


@require_POST
@allows(Action.HOLD_SCANS)
def hold(request: AccountRequest) -> HttpResponse:
    form = ScanHoldForm(request.POST)
    if form.is_valid():
        number = form.cleaned_data["number"].strip()
        inspection = inspections_visible_to(request.user).filter(number=number).first()
        if inspection is None:
            form.add_error("number", _("There is no such inspection."))
        else:
            reason = form.cleaned_data["reason"]
            try:
                place_hold(inspection=inspection, actor=request.user, reason=reason, now=timezone.now())
            except PandokError as error:
                return _overview(request, hold_form=form, error=error, status=422)
            return redirect("scan_retention")
    return _overview(request, hold_form=form, status=422)


@require_POST
@allows(Action.HOLD_SCANS)
def lift(request: AccountRequest, hold_id: UUID) -> HttpResponse:
    seen = standing_holds(inspections_visible_to(request.user)) | ScanHold.objects.filter(
        inspection__in=inspections_visible_to(request.user).values("pk")
    )
    found = get_object_or_404(seen.distinct(), pk=hold_id)
    try:
        lift_hold(hold=found, actor=request.user, reason=meant(ReasonForm(request.POST)).why(), now=timezone.now())
    except PandokError as error:
        return _overview(request, error=error, status=422)
    return redirect("scan_retention")


@require_safe
@allows(Action.SEE_SCAN_RETENTION)
def show(request: AccountRequest, deletion_id: UUID) -> HttpResponse:
    return _show(request, deletion_id)


@require_POST
@allows(Action.CONFIRM_SCAN_DELETION)
def confirm(request: AccountRequest, deletion_id: UUID) -> HttpResponse:
    """The second person; then the files go at once. A run that is interrupted goes on with the next try."""
    found = get_object_or_404(ScanDeletion, pk=deletion_id)
    reason = meant(ReasonForm(request.POST)).why()
    try:
        if found.state != DeletionState.CONFIRMED:
            deleting.confirm_deletion(deletion=found, actor=request.user, reason=reason, now=timezone.now())
        deleting.carry_out(found.pk, blobs=house.blobs(), indexes=indexes_at(settings().home), clock=timezone.now)
    except PandokError as error:
        return _show(request, deletion_id, error=error, reason=reason, status=422)
    return redirect("scan_deletion", deletion_id=deletion_id)


@require_POST
@allows(Action.CONFIRM_SCAN_DELETION)
def withdraw(request: AccountRequest, deletion_id: UUID) -> HttpResponse:
    found = get_object_or_404(ScanDeletion, pk=deletion_id)
    reason = meant(ReasonForm(request.POST)).why()
    try:
        deleting.withdraw_deletion(deletion=found, actor=request.user, reason=reason, now=timezone.now())
    except PandokError as error:
        return _show(request, deletion_id, error=error, reason=reason, status=422)
    return redirect("scan_deletion", deletion_id=deletion_id)


@require_safe
@allows(Action.SEE_SCAN_RETENTION)
def certificate_json(request: HttpRequest, deletion_id: UUID) -> HttpResponse:  # noqa: ARG001
    return certificate_as_json(get_object_or_404(ScanDeletion, pk=deletion_id))


@require_safe
@allows(Action.SEE_SCAN_RETENTION)
def certificate_pdf(request: HttpRequest, deletion_id: UUID) -> HttpResponse:  # noqa: ARG001
    return certificate_as_pdf(get_object_or_404(ScanDeletion, pk=deletion_id), draw_certificate)


def _overview(request: AccountRequest, *, status: int = 200, **more: object) -> HttpResponse:
    now = timezone.now()
    policy = current_policy(now)
    due = due_scans(policy=policy, now=now, blobs=house.blobs())
    holds = standing_holds(inspections_visible_to(request.user))
    context = {
        "policy": policy,
        "due": due,
        "shown": [(one, policy.period(one.rule).title) for one in due.scans[:SCANS_SHOWN]],
        "deletions": [
            (one, STATES[DeletionState(one.state)])
            for one in ScanDeletion.objects.select_related("planned_by")[:DELETIONS_SHOWN]
        ],
        "holds": holds.select_related("inspection", "placed_by"),
        "form": ScanProposalForm(),
        "hold_form": ScanHoldForm(auto_id="hold_%s"),
        "may_plan": request.user.may(Action.PLAN_SCAN_DELETION),
        "may_hold": request.user.may(Action.HOLD_SCANS),
        **more,
    }
    return render(request, "pandok/xray/retention.html", context, status=status)


def _show(request: AccountRequest, deletion_id: UUID, *, status: int = 200, **more: object) -> HttpResponse:
    found = get_object_or_404(ScanDeletion.objects.select_related("planned_by", "confirmed_by"), pk=deletion_id)
    policy = POLICIES.version(found.policy)
    items = found.items.select_related("scan__inspection")
    context = {
        "deletion": found,
        "state": STATES[DeletionState(found.state)],
        "items": [(one, policy.period(one.rule), OUTCOMES[one.outcome]) for one in items],
        "may_confirm": request.user.may(Action.CONFIRM_SCAN_DELETION),
        "is_proposer": found.planned_by_id == request.user.pk,
        **more,
    }
    return render(request, "pandok/xray/scan_deletion.html", context, status=status)
