"""Data sets are looked through, of files that are sent or of the vault; the reports on them."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from pandok.common.web.requests import AccountRequest
from pandok.fields.lab.acts.vault.uploads import too_large
from pandok.fields.programme.acts.data_sets import quality_runs
from pandok.fields.programme.acts.data_sets.quality_paper import quality_pdf, report_facts
from pandok.fields.programme.acts.data_sets.reports import plan_of, quality_of_report
from pandok.fields.programme.data_refusals import refusal
from pandok.fields.programme.data_sections import verdict
from pandok.fields.programme.models import QualityReport
from pandok.fields.programme.roles import Action
from pandok.fields.programme.web import data_forms as forms
from pandok.fields.programme.web.shown import data_facts as shown
from pandok.fields.programme.web.views.data_sets import data_set_done
from pandok.web.file_answer import download
from pandok.web.in_memory_upload import most_bytes, too_large_to_keep, uploads_in_memory
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant
from pandok.web.shown.rendering import render

JSON_TYPE, PDF_TYPE = "application/json", "application/pdf"


@uploads_in_memory
@require_POST
@allows(Action.KEEP_DATA_SETS)
def look_through(request: AccountRequest, data_set_id: UUID) -> HttpResponse:
    """Files that are sent are checked before anything is kept."""
    form = meant(forms.LookThroughForm(request.POST, auto_id="look_%s"))
    upload, table = request.FILES.get("upload"), form.cleaned_data["table"]

    def act(key: UUID, **who: Any) -> Any:
        if too_large_to_keep(request):
            raise too_large(most_bytes())
        if upload is None:
            raise refusal("no_upload")
        return quality_runs.look_through_upload(
            key, filename=upload.name or "", data=upload.read(), most_bytes=most_bytes(), table=table, **who
        )

    return data_set_done(request, data_set_id, "look", form, act)


@require_POST
@allows(Action.KEEP_DATA_SETS)
def look_through_vault(request: AccountRequest, data_set_id: UUID) -> HttpResponse:
    form = meant(forms.LookThroughForm(request.POST, auto_id="vault_%s"))
    table = form.cleaned_data["table"]
    return data_set_done(
        request, data_set_id, "vault", form,
        lambda key, **who: quality_runs.look_through_deposit(key, table=table, **who),
    )  # fmt: skip


@require_safe
@allows(Action.SEE_DATA_SETS)
def report(request: AccountRequest, report_id: int) -> HttpResponse:
    found = _report(report_id)
    context = {
        "data_set": found.version.data_set,
        "report": found,
        "facts": report_facts(found),
        "verdict": verdict(plan_of(found.version), quality_of_report(found)),
        "sections": shown.sections_of(found, inside=True),
    }
    return render(request, "pandok/programme/quality_report.html", context)


@require_safe
@allows(Action.SEE_DATA_SETS)
def report_pdf(_request: AccountRequest, report_id: int) -> HttpResponse:
    found = _report(report_id)
    paper = quality_pdf(found.version.data_set, found, get_language() or "ko", inside=True)
    return download(paper, filename=f"{found.version.data_set.number}-quality.pdf", media_type=PDF_TYPE)


@require_safe
@allows(Action.SEE_DATA_SETS)
def report_json(_request: AccountRequest, report_id: int) -> HttpResponse:
    found = _report(report_id)
    told = {
        "data_set": found.version.data_set.number,
        "version": found.version.version,
        "made_at": found.made_at.isoformat(),
        "sha256": found.sha256,
        "meets_plan": found.meets,
        "plan": found.version.plan,
        "quality": found.quality,
    }
    body = json.dumps(told, ensure_ascii=False, indent=1).encode()
    return download(body, filename=f"{found.version.data_set.number}-quality.json", media_type=JSON_TYPE)


def _report(report_id: int) -> QualityReport:
    found: QualityReport | None = QualityReport.objects.select_related("version__data_set").filter(pk=report_id).first()
    if found is None:
        raise Http404
    return found
