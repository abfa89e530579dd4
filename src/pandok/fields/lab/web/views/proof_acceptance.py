"""Acceptance of another site's proof: register one's own test, take its result, decide."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.lab.acts.proofs.accepting import decide_acceptance, measure_acceptance, register_acceptance
from pandok.fields.lab.acts.proofs.refusals import refused
from pandok.fields.lab.lists.proofs import proofs_visible_to
from pandok.fields.lab.models import AcceptanceTest, LockedRegistration, Run
from pandok.fields.lab.roles import Action
from pandok.fields.lab.web.lab_forms import AcceptanceAnswerForm, AcceptanceForm
from pandok.fields.lab.web.views.proofs import show
from pandok.settings import settings
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant


@require_POST
@allows(Action.MAKE_PROOFS)
def register(request: AccountRequest, proof_id: UUID) -> HttpResponse:
    proof = get_object_or_404(proofs_visible_to(request.user), id=proof_id)
    form = meant(AcceptanceForm(request.POST))
    reason = form.why()
    try:
        chosen = LockedRegistration.objects.filter(sha256=form.cleaned_data["registration"]).first()
        if chosen is None:
            raise refused("other_question")
        register_acceptance(
            proof=proof,
            registration=chosen,
            reason=reason,
            actor=request.user,
            now=timezone.now(),
            site=settings().site_name,
        )
    except PandokError as error:
        return show(request, proof_id, error=error, reason=reason, status=422)
    return redirect("proof", proof_id=proof_id)


@require_POST
@allows(Action.MAKE_PROOFS)
def measure(request: AccountRequest, test_id: UUID) -> HttpResponse:
    test = get_object_or_404(AcceptanceTest, id=test_id)
    try:
        run = Run.objects.filter(registration__sha256=test.registration_sha256, part="confirm", state="released")
        found = run.filter(submission__model_sha256=test.proof.model_sha256).order_by("ended_at").first()
        if found is None:
            raise refused("other_run")
        measure_acceptance(test=test, run=found, actor=request.user, now=timezone.now())
    except PandokError as error:
        return show(request, test.proof_id, error=error, status=422)
    return redirect("proof", proof_id=test.proof_id)


@require_POST
@allows(Action.DEFINE_PROBLEMS)
def decide(request: AccountRequest, test_id: UUID) -> HttpResponse:
    test = get_object_or_404(AcceptanceTest, id=test_id)
    form = meant(AcceptanceAnswerForm(request.POST))
    answer, reason = form.cleaned_data["answer"], form.why()
    try:
        if answer not in ("accept", "refuse"):
            raise refused("state")
        decide_acceptance(test=test, accept=answer == "accept", reason=reason, actor=request.user, now=timezone.now())
    except PandokError as error:
        return show(request, test.proof_id, error=error, reason=reason, status=422)
    return redirect("proof", proof_id=test.proof_id)
