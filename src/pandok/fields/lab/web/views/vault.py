"""The vault's pages: deposits, one deposit, its description, and the question whether a record was used."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.lab.acts.vault.croissant import described
from pandok.fields.lab.acts.vault.site_vault import site_vault
from pandok.fields.lab.acts.vault.uploads import too_large
from pandok.fields.lab.acts.vault.uses import answer_about
from pandok.fields.lab.models import Deposit
from pandok.fields.lab.roles import Action
from pandok.fields.lab.web.shown.vault_page import deposit_context, state_of
from pandok.fields.lab.web.vault_forms import FilesForm, GrantForm, QuestionForm
from pandok.web.file_answer import download
from pandok.web.in_memory_upload import most_bytes, too_large_to_keep, uploads_in_memory
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import render

A_PAGE = 30


@require_safe
@allows(Action.SEE_VAULT)
def deposits(request: AccountRequest) -> HttpResponse:
    page = Paginator(Deposit.objects.all(), A_PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    rows = [(one, state_of(one, now), one.contents.filter(deleted_at=None).count()) for one in page]
    context = {"page": page, "rows": rows, "may_deposit": request.user.may(Action.DEPOSIT_DATA)}
    return render(request, "pandok/lab/vault/list.html", context)


@require_safe
@allows(Action.SEE_VAULT)
def deposit(request: AccountRequest, deposit_id: UUID) -> HttpResponse:
    return deposit_page(request, get_object_or_404(Deposit, pk=deposit_id))


@require_safe
@allows(Action.SEE_VAULT)
def croissant(request: HttpRequest, deposit_id: UUID) -> HttpResponse:
    """The description for catalogues; nothing in it is sealed."""
    found = get_object_or_404(Deposit, pk=deposit_id)
    address = request.build_absolute_uri(f"/lab/vault/{found.pk}/")
    data = json.dumps(described(found, address=address), ensure_ascii=False, indent=1).encode()
    return download(data, filename=f"croissant-{found.pk}.json", media_type="application/ld+json")


@uploads_in_memory
@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.SEE_VAULT)
def question(request: AccountRequest) -> HttpResponse:
    """Was this record used? The answer is the same after deletion."""
    if request.method != "POST":
        return _question(request, QuestionForm())
    form = QuestionForm(request.POST, request.FILES)
    if too_large_to_keep(request):
        return _question(request, form, error=too_large(most_bytes()), status=422)
    if not form.is_valid():
        return _question(request, form, status=422)
    upload = form.cleaned_data["upload"]
    rows = answer_about(
        actor=request.user,
        ledger=site_vault().ledger,
        now=timezone.now(),
        text=form.cleaned_data["record"],
        data=upload.read() if upload else None,
    )
    asked = bool(form.cleaned_data["record"].strip() or upload)
    return _question(request, form, rows=rows, asked=asked)


def deposit_page(
    request: AccountRequest, found: Deposit, *, error: PandokError | None = None, status: int = 200, **forms: Any
) -> HttpResponse:
    now = timezone.now()
    context = {
        **deposit_context(found, now),
        "open_now": found.open_at(now),
        "may_deposit": request.user.may(Action.DEPOSIT_DATA),
        "files_form": FilesForm(),
        "grant_form": GrantForm(deposit=found),
        "error": error,
        **forms,
    }
    return render(request, "pandok/lab/vault/deposit.html", context, status=status)


def _question(request: HttpRequest, form: QuestionForm, *, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, "pandok/lab/vault/question.html", {"form": form, **context}, status=status)
