"""A data steward's work on deposits: make one, add files, have them looked through, grant and revoke."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.lab.acts.vault.depositing import deposit_files, make_deposit, start_project
from pandok.fields.lab.acts.vault.granting import grant, revoke
from pandok.fields.lab.acts.vault.held_back import confirm_sharing
from pandok.fields.lab.acts.vault.masked_copies import ask_for_masking
from pandok.fields.lab.acts.vault.site_vault import site_vault
from pandok.fields.lab.acts.vault.uploads import incoming, sealed_words, too_large
from pandok.fields.lab.models import Deposit, Grant, VaultObject
from pandok.fields.lab.roles import Action
from pandok.fields.lab.web.vault_forms import DepositForm, FilesForm, GrantForm
from pandok.fields.lab.web.views.vault import deposit_page
from pandok.web.in_memory_upload import most_bytes, too_large_to_keep, uploads_in_memory
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import ReasonForm, meant
from pandok.web.shown.rendering import render


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.DEPOSIT_DATA)
def new(request: AccountRequest) -> HttpResponse:
    """The terms; files are added on the deposit's page."""
    if request.method != "POST":
        return render(request, "pandok/lab/vault/new.html", {"form": DepositForm()})
    form = DepositForm(request.POST)
    error = None
    if form.is_valid():
        try:
            return redirect("deposit", deposit_id=_make(request, form).pk)
        except PandokError as caught:
            error = caught
    return render(request, "pandok/lab/vault/new.html", {"form": form, "error": error}, status=422)


@uploads_in_memory
@require_POST
@allows(Action.DEPOSIT_DATA)
def add_files(request: AccountRequest, deposit_id: UUID) -> HttpResponse:
    """Seal an upload; it is looked through for personal data by the worker."""
    found = get_object_or_404(Deposit, pk=deposit_id)
    form = FilesForm(request.POST, request.FILES)
    if too_large_to_keep(request):
        return deposit_page(request, found, error=too_large(most_bytes()), status=422)
    if not form.is_valid():
        return deposit_page(request, found, files_form=form, status=422)
    upload = form.cleaned_data["upload"]
    try:
        files = incoming(upload.name, upload.read(), most_bytes=most_bytes())
        kept = deposit_files(deposit=found, files=files, actor=request.user, vault=site_vault())
        ask_for_masking(deposit=found, actor=request.user, now=timezone.now())
    except PandokError as error:
        return deposit_page(request, found, error=error, status=422)
    messages.success(request, sealed_words(len(kept), files.left_out).in_language(get_language() or "ko"))
    return redirect("deposit", deposit_id=found.pk)


@require_POST
@allows(Action.DEPOSIT_DATA)
def look_through(request: AccountRequest, deposit_id: UUID) -> HttpResponse:
    found = get_object_or_404(Deposit, pk=deposit_id)
    ask_for_masking(deposit=found, actor=request.user, now=timezone.now())
    return redirect("deposit", deposit_id=found.pk)


@require_POST
@allows(Action.DEPOSIT_DATA)
def give_grant(request: AccountRequest, deposit_id: UUID) -> HttpResponse:
    found = get_object_or_404(Deposit, pk=deposit_id)
    form = GrantForm(request.POST, deposit=found)
    if not form.is_valid():
        return deposit_page(request, found, grant_form=form, status=422)
    try:
        grant(deposit=found, actor=request.user, now=timezone.now(), **form.asked())
    except PandokError as error:
        return deposit_page(request, found, grant_form=form, error=error, status=422)
    return redirect("deposit", deposit_id=found.pk)


@require_POST
@allows(Action.DEPOSIT_DATA)
def share(request: AccountRequest, object_id: UUID) -> HttpResponse:
    """A steward answers for a document that was held back."""
    found = get_object_or_404(VaultObject.objects.select_related("deposit"), pk=object_id)
    try:
        confirm_sharing(
            object=found, actor=request.user, reason=meant(ReasonForm(request.POST)).why(), now=timezone.now()
        )
    except PandokError as error:
        return deposit_page(request, found.deposit, error=error, status=422)
    return redirect("deposit", deposit_id=found.deposit_id)


@require_POST
@allows(Action.DEPOSIT_DATA)
def end_grant(request: AccountRequest, grant_id: UUID) -> HttpResponse:
    found = get_object_or_404(Grant.objects.select_related("deposit"), pk=grant_id)
    try:
        revoke(grant=found, actor=request.user, reason=meant(ReasonForm(request.POST)).why(), now=timezone.now())
    except PandokError as error:
        return deposit_page(request, found.deposit, error=error, status=422)
    return redirect("deposit", deposit_id=found.deposit_id)


def _make(request: AccountRequest, form: DepositForm) -> Deposit:
    now, projects = timezone.now(), list(form.cleaned_data["projects"])
    name = form.cleaned_data["new_project"].strip()
    if name:
        purpose = form.cleaned_data["purpose"]
        projects.append(start_project(name=name, purpose=purpose, actor=request.user, now=now))
    return make_deposit(terms=form.terms(), projects=projects, actor=request.user, now=now, vault=site_vault())
