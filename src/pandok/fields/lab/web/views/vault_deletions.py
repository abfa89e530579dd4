"""Deletion in the vault: proposed by a data steward, confirmed by a second person, certified."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.canonical import canonical
from pandok.core.deletion import STATES, DeletionState
from pandok.core.errors import PandokError
from pandok.fields.lab.acts.vault.certificate_pdf import certificate_pdf
from pandok.fields.lab.acts.vault.deleting import carry_out, confirm_deletion, plan_deletion, withdraw_deletion
from pandok.fields.lab.acts.vault.site_vault import site_vault
from pandok.fields.lab.models import Deposit, VaultDeletion
from pandok.fields.lab.roles import Action
from pandok.fields.lab.web.lab_forms import VaultObjectsForm
from pandok.fields.lab.web.views.vault import deposit_page
from pandok.web.file_answer import download
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import ReasonForm, meant
from pandok.web.shown.rendering import render


@require_POST
@allows(Action.DEPOSIT_DATA)
def propose(request: AccountRequest, deposit_id: UUID) -> HttpResponse:
    """The whole deposit, or the objects that are ticked."""
    found = get_object_or_404(Deposit, pk=deposit_id)
    form = meant(VaultObjectsForm(request.POST))
    ticked = found.contents.filter(pk__in=form.cleaned_data["object"], deleted_at=None)
    try:
        made = plan_deletion(
            deposit=found,
            actor=request.user,
            reason=form.why(),
            now=timezone.now(),
            objects=list(ticked),
        )
    except PandokError as error:
        return deposit_page(request, found, error=error, status=422)
    return redirect("vault_deletion", deletion_id=made.pk)


@require_safe
@allows(Action.SEE_VAULT)
def show(request: AccountRequest, deletion_id: UUID) -> HttpResponse:
    return _show(request, deletion_id)


@require_POST
@allows(Action.WITNESS_VAULT_DELETION)
def confirm(request: AccountRequest, deletion_id: UUID) -> HttpResponse:
    """The second person; then the key goes at once. A run that is interrupted goes on with the next try."""
    found, reason = get_object_or_404(VaultDeletion, pk=deletion_id), meant(ReasonForm(request.POST)).why()
    try:
        if found.state != DeletionState.CONFIRMED:
            confirm_deletion(deletion=found, actor=request.user, reason=reason, now=timezone.now())
        carry_out(found.pk, vault=site_vault())
    except PandokError as error:
        return _show(request, deletion_id, error=error, reason=reason, status=422)
    return redirect("vault_deletion", deletion_id=deletion_id)


@require_POST
@allows(Action.WITNESS_VAULT_DELETION)
def withdraw(request: AccountRequest, deletion_id: UUID) -> HttpResponse:
    found, reason = get_object_or_404(VaultDeletion, pk=deletion_id), meant(ReasonForm(request.POST)).why()
    try:
        withdraw_deletion(deletion=found, actor=request.user, reason=reason, now=timezone.now())
    except PandokError as error:
        return _show(request, deletion_id, error=error, reason=reason, status=422)
    return redirect("vault_deletion", deletion_id=deletion_id)


@require_safe
@allows(Action.SEE_VAULT)
def certificate(_request: HttpRequest, deletion_id: UUID, form: str) -> HttpResponse:
    found = get_object_or_404(VaultDeletion, pk=deletion_id, state=DeletionState.DONE)
    if form == "json":
        return download(canonical(found.certificate), filename=f"{found.number}.json", media_type="application/json")
    if form != "pdf":
        raise Http404
    pdf = certificate_pdf(found.certificate, found.certificate_sha256, get_language() or "ko")
    return download(pdf, filename=f"{found.number}.pdf", media_type="application/pdf")


def _show(request: AccountRequest, deletion_id: UUID, *, status: int = 200, **more: Any) -> HttpResponse:
    found = get_object_or_404(
        VaultDeletion.objects.select_related("deposit", "planned_by", "confirmed_by"), pk=deletion_id
    )
    context = {
        "deletion": found,
        "state": STATES[DeletionState(found.state)],
        "objects": found.certificate["objects"],
        "may_confirm": request.user.may(Action.WITNESS_VAULT_DELETION),
        "is_proposer": found.planned_by_id == request.user.pk,
        **more,
    }
    return render(request, "pandok/lab/vault/deletion.html", context, status=status)
