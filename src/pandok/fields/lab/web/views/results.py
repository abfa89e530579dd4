"""Results by role: the list, the verdict or the place on the Ladder, and the report as PDF and JSON."""

from __future__ import annotations

import json
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.lab.problem import Part
from pandok.core.lab.result_report import Report
from pandok.core.two_persons import VOTES_NEEDED
from pandok.fields.lab.acts.scoring.report_pdf import report_pdf
from pandok.fields.lab.lists.results import results_visible_to
from pandok.fields.lab.models import Run
from pandok.fields.lab.roles import Action
from pandok.fields.lab.states.run_states import RunState
from pandok.fields.lab.web.shown.result_page import ladder_page, result_row, verdict_page
from pandok.web.file_answer import download
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import render

SHOWN = 100


@require_safe
@allows(Action.SEE_LAB)
def results(request: AccountRequest) -> HttpResponse:
    runs = list(results_visible_to(request.user)[:SHOWN])
    waiting = [run for run in runs if run.stands is RunState.AWAITING_RELEASE]
    context = {
        "waiting": [result_row(run) for run in waiting],
        "released": [result_row(run) for run in runs if run.stands is RunState.RELEASED],
        "withheld": [result_row(run) for run in runs if run.stands is RunState.WITHHELD],
        "may_release": request.user.may(Action.RELEASE_RESULTS),
    }
    return render(request, "pandok/lab/results/results.html", context)


@require_safe
@allows(Action.SEE_LAB)
def result(request: AccountRequest, run_id: UUID) -> HttpResponse:
    run = found_result(request, run_id)
    votes = list(run.release_votes.select_related("by"))
    staff = request.user.may(Action.SEE_RESULTS)
    context = {
        "run": run,
        "row": result_row(run),
        "votes": votes if staff else [],
        "votes_needed": VOTES_NEEDED,
        "staff": staff,
        "may_release": request.user.may(Action.RELEASE_RESULTS) and run.stands is RunState.AWAITING_RELEASE,
        "recomputed": request.GET.get("recomputed", ""),
    }
    if Part(run.part) is Part.FEEDBACK:
        ladder = ladder_page(run.registration.registration.problem, run.ladder)
        return render(request, "pandok/lab/results/ladder.html", context | {"ladder": ladder})
    page = verdict_page(run, _language())
    # Built by pandok.fields.lab.acts.scoring.interval_picture, which escapes every word.
    context |= {"page": page, "picture": mark_safe(page.picture)}
    return render(request, "pandok/lab/results/verdict.html", context)


@require_safe
@allows(Action.SEE_LAB)
def result_pdf(request: AccountRequest, run_id: UUID) -> HttpResponse:
    run, language = _with_report(request, run_id), _language()
    problem = run.registration.registration.problem
    data = report_pdf(Report.model_validate(run.report.values), problem, run.comparison.comparison, language)
    return download(data, filename=f"result-{str(run.pk)[:8]}-{language}.pdf", media_type="application/pdf")


@require_safe
@allows(Action.SEE_LAB)
def result_json(request: AccountRequest, run_id: UUID) -> HttpResponse:
    run = _with_report(request, run_id)
    content = {
        "report": run.report.values,
        "report_sha256": run.report.sha256,
        "comparison": run.comparison.values,
        "comparison_sha256": run.comparison.sha256,
    }
    data = json.dumps(content, ensure_ascii=False, indent=1).encode()
    return download(data, filename=f"result-{str(run.pk)[:8]}.json", media_type="application/json")


def found_result(request: AccountRequest, run_id: UUID) -> Run:
    """404 for whom it is not there."""
    return get_object_or_404(results_visible_to(request.user), pk=run_id)


def _with_report(request: AccountRequest, run_id: UUID) -> Run:
    run = found_result(request, run_id)
    if Part(run.part) is not Part.CONFIRM:
        raise Http404
    return run


def _language() -> str:
    return "en" if (get_language() or "ko").startswith("en") else "ko"
