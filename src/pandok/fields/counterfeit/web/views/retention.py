"""Retention: what may go, plans of deletion and their certificates, and holds that stop them."""

from __future__ import annotations

from typing import Any
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
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.counterfeit.acts.retention.certificate_pdf import certificate_pdf as draw_certificate
from pandok.fields.counterfeit.acts.retention.deleting import (
    carry_out,
    confirm_deletion,
    propose_deletion,
    withdraw_deletion,
)
from pandok.fields.counterfeit.acts.retention.deletion_words import OUTCOMES
from pandok.fields.counterfeit.acts.retention.due_files import due_files
from pandok.fields.counterfeit.acts.retention.holds import lift_hold, place_hold
from pandok.fields.counterfeit.acts.retention.policy import current_policy, policy_version
from pandok.fields.counterfeit.lists.visible import cases_visible_to
from pandok.fields.counterfeit.models import Deletion, LegalHold
from pandok.fields.counterfeit.roles import Action
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import ReasonForm, meant
from pandok.web.shown.rendering import render

DELETIONS_SHOWN = 50
FILES_SHOWN = 100


class ProposalForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea, max_length=MOST_REASON)


class HoldForm(forms.Form):
    number = forms.CharField(label=_("Case number"), max_length=20)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea, max_length=MOST_REASON)


@require_safe
@allows(Action.SEE_RETENTION)
def overview(request: AccountRequest) -> HttpResponse:
    return _overview(request)


@require_POST
@allows(Action.PLAN_DELETION)
def propose(request: AccountRequest) -> HttpResponse:
    form = ProposalForm(request.POST)
    if not form.is_valid():
        return _overview(request, form=form, status=422)
    now = timezone.now()
    try:
        made = propose_deletion(
            actor=request.user, reason=form.cleaned_data["reason"], now=now, policy=_policy(), blobs=house.blobs()
        )
    except PandokError as error:
        return _overview(request, form=form, error=error, status=422)
    return redirect("deletion", deletion_id=made.id)


@require_POST
@allows(Action.HOLD_CASES)
def hold(request: AccountRequest) -> HttpResponse:
    form = HoldForm(request.POST)
    if form.is_valid():
        case = cases_visible_to(request.user).filter(number=form.cleaned_data["number"].strip()).first()
        if case is None:
            form.add_error("number", _("There is no such case."))
        else:
            try:
                place_hold(case=case, actor=request.user, reason=form.cleaned_data["reason"], now=timezone.now())
            except PandokError as error:
                return _overview(request, hold_form=form, error=error, status=422)
            return redirect("retention")
    return _overview(request, hold_form=form, status=422)


@require_POST
@allows(Action.HOLD_CASES)
def lift(request: AccountRequest, hold_id: UUID) -> HttpResponse:
    found = get_object_or_404(LegalHold.objects.filter(case__in=cases_visible_to(request.user)), id=hold_id)
    try:
        lift_hold(hold=found, actor=request.user, reason=meant(ReasonForm(request.POST)).why(), now=timezone.now())
    except PandokError as error:
        return _overview(request, error=error, status=422)
    return redirect("retention")


@require_safe
@allows(Action.SEE_RETENTION)
def show(request: AccountRequest, deletion_id: UUID) -> HttpResponse:
    return _show(request, deletion_id)


@require_POST
@allows(Action.CONFIRM_DELETION)
def confirm(request: AccountRequest, deletion_id: UUID) -> HttpResponse:
    """The second person; then the files go at once. A run that is interrupted goes on with the next try."""
    found = get_object_or_404(Deletion, id=deletion_id)
    policy, reason = policy_version(found.policy), meant(ReasonForm(request.POST)).why()
    try:
        if found.state != DeletionState.CONFIRMED:
            confirm_deletion(deletion=found, actor=request.user, reason=reason, now=timezone.now(), policy=policy)
        carry_out(found.id, policy=policy, blobs=house.blobs(), clock=timezone.now)
    except PandokError as error:
        return _show(request, deletion_id, error=error, reason=reason, status=422)
    return redirect("deletion", deletion_id=deletion_id)


@require_POST
@allows(Action.CONFIRM_DELETION)
def withdraw(request: AccountRequest, deletion_id: UUID) -> HttpResponse:
    found = get_object_or_404(Deletion, id=deletion_id)
    reason = meant(ReasonForm(request.POST)).why()
    try:
        withdraw_deletion(deletion=found, actor=request.user, reason=reason, now=timezone.now())
    except PandokError as error:
        return _show(request, deletion_id, error=error, reason=reason, status=422)
    return redirect("deletion", deletion_id=deletion_id)


@require_safe
@allows(Action.SEE_RETENTION)
def certificate_json(request: HttpRequest, deletion_id: UUID) -> HttpResponse:  # noqa: ARG001
    return certificate_as_json(get_object_or_404(Deletion, pk=deletion_id))


@require_safe
@allows(Action.SEE_RETENTION)
def certificate_pdf(request: HttpRequest, deletion_id: UUID) -> HttpResponse:  # noqa: ARG001
    return certificate_as_pdf(get_object_or_404(Deletion, pk=deletion_id), draw_certificate)


def _policy() -> Any:
    return current_policy(timezone.now().astimezone(OFFICE_ZONE).date())


def _overview(request: AccountRequest, *, status: int = 200, **more: object) -> HttpResponse:
    policy = _policy()
    due = due_files(policy=policy, now=timezone.now(), blobs=house.blobs())
    holds = LegalHold.objects.filter(lifted_at=None, case__in=cases_visible_to(request.user))
    context = {
        "policy": policy,
        "due": due,
        "shown": [(one, policy.period(one.period).title) for one in due.files[:FILES_SHOWN]],
        "deletions": [
            (one, STATES[DeletionState(one.state)])
            for one in Deletion.objects.select_related("planned_by")[:DELETIONS_SHOWN]
        ],
        "holds": holds.select_related("case", "placed_by"),
        "form": ProposalForm(),
        "hold_form": HoldForm(auto_id="hold_%s"),
        "may_plan": request.user.may(Action.PLAN_DELETION),
        "may_hold": request.user.may(Action.HOLD_CASES),
        **more,
    }
    return render(request, "pandok/retention/overview.html", context, status=status)


def _show(request: AccountRequest, deletion_id: UUID, *, status: int = 200, **more: object) -> HttpResponse:
    found = get_object_or_404(Deletion.objects.select_related("planned_by", "confirmed_by"), id=deletion_id)
    policy = policy_version(found.policy)
    context = {
        "deletion": found,
        "state": STATES[DeletionState(found.state)],
        "items": [(one, policy.period(one.rule), OUTCOMES[one.outcome]) for one in found.items.all()],
        "may_confirm": request.user.may(Action.CONFIRM_DELETION),
        "is_proposer": found.planned_by_id == request.user.pk,
        **more,
    }
    return render(request, "pandok/retention/deletion.html", context, status=status)
