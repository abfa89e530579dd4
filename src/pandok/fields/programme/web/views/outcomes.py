"""The ledger of outcomes: entered with evidence, checked by another person, counted by kind, given out as a table."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pandok.common import house
from pandok.common.audit.viewing import DOCUMENT, record_viewing
from pandok.common.decoding import MOST_BYTES
from pandok.common.papers.content import too_large
from pandok.common.papers.table_bytes import table_bytes
from pandok.common.papers.tables_out import MEDIA_TYPES
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError, RequestError
from pandok.fields.programme.acts.outcomes import entering
from pandok.fields.programme.lists.outcomes import (
    COLUMNS,
    counted,
    outcome_for,
    outcomes_of,
    outcomes_visible_to,
    table,
)
from pandok.fields.programme.models import Agreement, Outcome
from pandok.fields.programme.outcome_kinds import UNITS, OutcomeKind
from pandok.fields.programme.roles import Action
from pandok.fields.programme.web.outcome_forms import OutcomeCheckForm, OutcomeForm
from pandok.fields.programme.web.shown.missing_records import missing_records
from pandok.fields.programme.web.views.evidence import agreement_shown
from pandok.web.file_answer import download
from pandok.web.middleware.deny_by_default import allows
from pandok.web.page_language import language
from pandok.web.sent_fields import meant
from pandok.web.shown.rendering import refused_status, render

A_PAGE = 50
MOST_ROWS = 10_000


@require_safe
@allows(Action.SEE_OUTCOMES)
def outcomes(request: AccountRequest) -> HttpResponse:
    found = outcomes_visible_to(request.user)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [_row(one) for one in page], "counted": counted(found), "query": ""}
    context["gaps"] = missing_records()
    return render(request, "pandok/programme/outcomes.html", context)


@require_safe
@allows(Action.SEE_OUTCOMES)
def table_out(request: AccountRequest, form: str) -> HttpResponse:
    if form not in MEDIA_TYPES:
        raise Http404
    spoken = language()
    rows = table(outcomes_visible_to(request.user).filter(check_made__holds=True)[:MOST_ROWS], spoken)
    columns = [words.in_language(spoken) if form != "parquet" else name for name, words in COLUMNS]
    return download(
        table_bytes(form, "outcomes", columns, rows), filename=f"outcomes.{form}", media_type=MEDIA_TYPES[form]
    )


@require_safe
@allows(Action.SEE_OUTCOMES)
def of_agreement(request: AccountRequest, agreement_id: UUID) -> HttpResponse:
    agreement = agreement_shown(request, agreement_id)
    return _of_agreement(request, agreement, OutcomeForm(initial={"share_percent": "100", "maker": agreement.lead}))


@require_POST
@allows(Action.KEEP_OUTCOMES)
def enter(request: AccountRequest, agreement_id: UUID) -> HttpResponse:
    agreement, form = agreement_shown(request, agreement_id), meant(OutcomeForm(request.POST))
    file = request.FILES.get("evidence")
    try:
        if file is not None and (size := file.size or 0) > MOST_BYTES:
            raise too_large(size)
        data, name = (file.read(), file.name or "") if file is not None else (b"", "")
        entering.enter_outcome(
            agreement_id, form.cleaned_data, data=data, filename=name, blobs=house.blobs(), actor=request.user,
            now=timezone.now(),
        )  # fmt: skip
    except PandokError as error:
        return _of_agreement(request, agreement, form, error=error)
    return redirect("programme_outcomes_of", agreement_id=agreement_id)


@require_safe
@allows(Action.SEE_OUTCOMES)
def outcome(request: AccountRequest, outcome_id: UUID) -> HttpResponse:
    return _one(request, _there(request, outcome_id), OutcomeCheckForm())


@require_POST
@allows(Action.CHECK_OUTCOMES)
def check(request: AccountRequest, outcome_id: UUID) -> HttpResponse:
    found, form = _there(request, outcome_id), meant(OutcomeCheckForm(request.POST))
    holds, reason = form.cleaned_data["holds"] == "yes", form.why()
    try:
        entering.check_outcome(outcome_id, holds=holds, reason=reason, actor=request.user, now=timezone.now())
    except PandokError as error:
        return _one(request, found, form, error=error)
    return redirect("programme_outcome", outcome_id=outcome_id)


@require_safe
@allows(Action.SEE_OUTCOMES)
def evidence_file(request: AccountRequest, outcome_id: UUID) -> HttpResponse:
    found = _there(request, outcome_id)
    record_viewing(
        account=request.user, sha256=found.sha256, obj=f"outcome:{found.number}", now=timezone.now(), action=DOCUMENT
    )
    return download(house.blobs().get(found.sha256), filename=found.filename, media_type=found.media_type)


def _of_agreement(
    request: AccountRequest, agreement: Agreement, form: OutcomeForm, *, error: PandokError | None = None
) -> HttpResponse:
    found = outcomes_of(agreement)
    context = {
        "agreement": agreement,
        "rows": [_row(one) for one in found],
        "counted": counted(found),
        "form": form if request.user.may(Action.KEEP_OUTCOMES) and agreement.version else None,
        "error": error,
    }
    status = refused_status(error) if error else 200
    return render(request, "pandok/programme/outcomes_of.html", context, status=status)


def _one(
    request: AccountRequest, found: Outcome, form: OutcomeCheckForm, *, error: PandokError | None = None
) -> HttpResponse:
    may_check = not hasattr(found, "check_made") and request.user.may(Action.CHECK_OUTCOMES)
    context = {**_row(found), "form": form if may_check else None, "error": error}
    status = refused_status(error) if error else 200
    return render(request, "pandok/programme/outcome.html", context, status=status)


def _there(request: AccountRequest, outcome_id: UUID) -> Outcome:
    try:
        return outcome_for(request.user, outcome_id)
    except RequestError as error:
        raise Http404 from error


def _row(one: Outcome) -> dict[str, Any]:
    kind = OutcomeKind(one.kind)
    return {"outcome": one, "kind": kind.words, "unit": UNITS.get(kind), "check": getattr(one, "check_made", None)}
