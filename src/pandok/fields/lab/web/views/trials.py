"""Shadow trials: the list, the page of one with its blind monitor, and its verdict once it is opened."""

from __future__ import annotations

import json
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from pandok.common import house
from pandok.common.web.requests import AccountRequest
from pandok.core.lab.assisted_trial import AssistedProtocol
from pandok.core.lab.trial import METRIC, TrialProtocol
from pandok.fields.lab.acts.assisted.trial_report import evidence_of
from pandok.fields.lab.acts.shadow.blind_counts import blind_counts
from pandok.fields.lab.acts.shadow.give_verdict import holds
from pandok.fields.lab.acts.shadow.progress import block_paths
from pandok.fields.lab.acts.trials.trial_faults import FAULTS
from pandok.fields.lab.lists.proofs import proofs_visible_to
from pandok.fields.lab.models import ProofRecord, ShadowTrial
from pandok.fields.lab.roles import Action
from pandok.fields.lab.states.trial_states import TrialState
from pandok.fields.lab.web.shown.assisted_page import assisted_rows, assisted_sentences, reader_rows
from pandok.fields.lab.web.shown.readers_chart import readers_chart
from pandok.fields.lab.web.shown.trial_chart import trial_chart
from pandok.fields.lab.web.shown.trial_page import Row, count_rows, protocol_rows, steps_for
from pandok.fields.lab.web.shown.trial_verdict import sentences
from pandok.web.file_answer import download
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import render

TRIALS_SHOWN = 200
REVEALS_SHOWN = 200


@require_safe
@allows(Action.SEE_TRIALS)
def trials(request: AccountRequest) -> HttpResponse:
    rows = [
        (one, one.any_plan, TrialState(one.state).words)
        for one in ShadowTrial.objects.select_related("author")[:TRIALS_SHOWN]
    ]
    return render(
        request, "pandok/lab/shadow/list.html", {"rows": rows, "may_write": request.user.may(Action.RUN_TRIALS)}
    )


@require_safe
@allows(Action.SEE_TRIALS)
def show(request: AccountRequest, trial_id: UUID) -> HttpResponse:
    return trial_page(request, get_object_or_404(ShadowTrial, id=trial_id))


def trial_page(request: AccountRequest, trial: ShadowTrial, *, status: int = 200, **more: object) -> HttpResponse:
    """While the trial is blind: counts, order, and whether a boundary was crossed. The e-values of whole blocks are
    for those who run it; the others see them when it is opened."""
    language, state, plan = get_language() or "ko", TrialState(trial.state), trial.any_plan
    may_run = request.user.may(Action.RUN_TRIALS)
    chart = None
    may_run_blind = may_run and not trial.is_assisted
    if trial.report and not trial.is_assisted:
        chart = trial_chart(trial.report["monitor"], language=language)
    elif state is TrialState.RUNNING and may_run_blind:
        chart = trial_chart(block_paths(trial, now=timezone.now()), language=language)
    context = {
        "trial": trial,
        "plan": plan,
        "locked": trial.locked if trial.registration else None,
        "metric": METRIC,
        "state": state,
        "protocol_rows": _protocol(plan, language),
        "counts": _counts(trial, language) if trial.registration else [],
        "look": trial.looks.last(),
        "chart": chart,
        "steps": steps_for(request.user, trial, language),
        "may_change": state is TrialState.DRAFT and may_run,
        "may_look": state is TrialState.RUNNING and may_run_blind,
        "events": [(one, TrialState(one.to_state).words) for one in trial.events.select_related("actor")],
        **more,
    }
    return render(request, "pandok/lab/shadow/trial.html", context, status=status)


def _protocol(plan: TrialProtocol | AssistedProtocol, language: str) -> list[Row]:
    return assisted_rows(plan, language) if isinstance(plan, AssistedProtocol) else protocol_rows(plan, language)


def _counts(trial: ShadowTrial, language: str) -> list[Row]:
    if trial.is_assisted:
        return reader_rows(trial, language)
    return count_rows(blind_counts(trial), trial.plan, language)


@require_safe
@allows(Action.SEE_TRIALS)
def verdict(request: AccountRequest, trial_id: UUID) -> HttpResponse:
    trial = _judged(trial_id)
    language = get_language() or "ko"
    if trial.is_assisted:
        return render(request, "pandok/lab/shadow/assisted_verdict.html", _assisted(request, trial, language))
    cases = trial.cases.filter(reveal__isnull=False, commit__isnull=False).select_related(
        "commit", "decision", "reveal"
    )
    context = {
        "trial": trial,
        "plan": trial.plan,
        "report": trial.report,
        "said": sentences(trial.report, trial.plan, language),
        "chart": trial_chart(trial.report["monitor"], language=language),
        "faults": [(FAULTS[one["kind"]], one["case"]) for one in trial.report["checks"]],
        "holds": holds(trial),
        "cases": cases.order_by("commit__sequence")[:REVEALS_SHOWN],
        "shown": REVEALS_SHOWN,
        "proof": proofs_visible_to(request.user).filter(origin=ProofRecord.MADE, run_id=str(trial.pk)).first(),
        "may_prove": request.user.may(Action.MAKE_PROOFS),
    }
    return render(request, "pandok/lab/shadow/verdict.html", context)


def _assisted(request: AccountRequest, trial: ShadowTrial, language: str) -> dict[str, object]:
    return {
        "trial": trial,
        "plan": trial.assisted,
        "said": assisted_sentences(trial.report, trial.assisted, language),
        "chart": readers_chart(
            trial.report, evidence_of(trial, intact=not trial.report["checks"]), trial.assisted, language=language
        ),
        "faults": [(FAULTS[one["kind"]], one["case"]) for one in trial.report["checks"]],
        "holds": holds(trial),
        "proof": proofs_visible_to(request.user).filter(origin=ProofRecord.MADE, run_id=str(trial.pk)).first(),
        "may_prove": request.user.may(Action.MAKE_PROOFS),
    }


@require_safe
@allows(Action.SEE_TRIALS)
def report(request: HttpRequest, trial_id: UUID) -> HttpResponse:  # noqa: ARG001
    trial = _judged(trial_id)
    content = json.dumps({"report": trial.report, "sha256": trial.report_sha256}, ensure_ascii=False, indent=1)
    return download(content.encode(), filename=f"shadow-trial-{trial.id}.json", media_type="application/json")


@require_safe
@allows(Action.SEE_TRIALS)
def signed(request: HttpRequest, trial_id: UUID) -> HttpResponse:  # noqa: ARG001
    """The report under the site's signature, as it was handed over."""
    trial = _judged(trial_id)
    if not trial.proof_pack:
        raise Http404
    data = house.blobs().get(trial.proof_pack)
    return download(data, filename=f"shadow-trial-{trial.id}-signed.json", media_type="application/json")


def _judged(trial_id: UUID) -> ShadowTrial:
    trial = get_object_or_404(ShadowTrial, id=trial_id)
    if not trial.report:
        raise Http404
    return trial
