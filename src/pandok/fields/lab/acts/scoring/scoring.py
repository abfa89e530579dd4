"""Score a finished run: once, under its registration, from what was stored. Nothing here has seen an input."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from pandok.common import house
from pandok.common.audit import writing as audit
from pandok.common.jobs.work import WORKER
from pandok.common.models.locking import locked as locked_record
from pandok.core.canonical import digest
from pandok.core.errors import StoreError
from pandok.core.lab.case import CaseRole, Label
from pandok.core.lab.comparison import Comparison, ScoredRow
from pandok.core.lab.problem import Metric, Part, Problem, Task
from pandok.core.lab.registration import Registration
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.lab.acts.budget.budget import confirm_spent
from pandok.fields.lab.acts.budget.company_lock import one_after_another
from pandok.fields.lab.acts.budget.earlier_openings import opened_before, runs_on, sharing
from pandok.fields.lab.acts.budget.organisations import one_budget
from pandok.fields.lab.acts.packs.opened_cases import opened_labels, public_labels
from pandok.fields.lab.acts.scoring.ladder_step import next_step
from pandok.fields.lab.acts.scoring.near_answers import answered_alike
from pandok.fields.lab.acts.scoring.refusals import refused
from pandok.fields.lab.acts.scoring.reporting import report_of
from pandok.fields.lab.acts.scoring.scored_rows import scored_rows
from pandok.fields.lab.acts.scoring.sealed_rows import score_rows, seal_rows
from pandok.fields.lab.acts.vault.store import Vault
from pandok.fields.lab.models import (
    ComparisonRecord,
    ConfirmOpening,
    LadderBoard,
    ResultReport,
    Run,
    ScoreRow,
)
from pandok.fields.lab.states.run_states import RunState
from pandok.proof.comparing import compare

_WITH_YES = {Metric.ACCURACY, Metric.SENSITIVITY, Metric.SPECIFICITY}


def score_run(*, run: Run, vault: Vault, now: datetime, blobs: FolderBlobs | None = None) -> None:
    """Rows, and a place on the Ladder (feedback) or comparison and report (confirm). A scored run is left as it is.

    Raises StoreError where no registration was locked before, where outputs are missing, or where the confirm set was
    opened as often as may be; nothing is kept then.
    """
    if run.score_rows.exists():
        return
    registration = checked_registration(run)
    problem = registration.problem
    if threshold_missing(problem, run):
        raise refused("lab.scoring_threshold")
    part = Part(run.part)
    labels = opened_labels(run.registration, part, run, vault=vault)
    rows = scored_rows(run=run, problem=problem, labels=labels, register=_register(run, problem, blobs))
    scores = seal_rows(run=run, rows=rows, vault=vault)
    with transaction.atomic():
        one_after_another()
        fresh = locked_record(Run, run.pk)
        if fresh.score_rows.exists():
            return
        if (fresh.stands, fresh.fencing) != (RunState.SCORING, run.fencing):
            raise refused("lab.scoring_state")
        ScoreRow.objects.bulk_create(score_rows(run=fresh, rows=rows, scores=scores, vault=vault), batch_size=2000)
        if part is Part.CONFIRM:
            _confirm(fresh, problem, rows, now)
        else:
            _feedback(fresh, problem, rows, now)
        others = answered_alike(fresh)
        if others:
            _record(fresh, "lab.answered_alike", now, {"others": ", ".join(others)[:500]})


def comparison_of_rows(run: Run, problem: Problem, rows: list[ScoredRow]) -> Comparison:
    """The same rows give the same comparison."""
    return compare(
        problem,
        rows,
        threshold=run.submission.sheet.threshold,
        sandbox_level=run.sandbox_level or 0,
        registered_on=run.registration.registered_at.astimezone(OFFICE_ZONE).date(),
    )


def checked_registration(run: Run) -> Registration:
    """The registration as it was locked, before the run was asked for and for the very pack of the submission."""
    locked = run.registration
    registration = locked.registration
    fits = (
        registration.sha256 == locked.sha256
        and locked.registered_at <= run.queued_at
        and locked.pack_id == run.submission.pack_id
        and digest(registration.problem) == digest(locked.pack.problem)
    )
    if not fits:
        raise refused("lab.scoring_registration")
    return registration


def threshold_missing(problem: Problem, run: Run) -> bool:
    needs = problem.output.task is Task.SCORE and any(one.metric in _WITH_YES for one in problem.endpoints)
    return needs and (run.submission.sheet.threshold is None or problem.practice.threshold is None)


def _register(run: Run, problem: Problem, blobs: FolderBlobs | None) -> dict[str, Label]:
    if problem.output.task is not Task.EMBEDDING:
        return {}
    found = public_labels(run.registration.pack, blobs or house.blobs())
    return {case_id: label for case_id, label in found.items() if label.case.role is CaseRole.REGISTER}


def _confirm(run: Run, problem: Problem, rows: list[ScoredRow], now: datetime) -> None:
    pack = run.registration.pack
    places = {(str(pack.pk), Part.CONFIRM.value)} | sharing(pack, Part.CONFIRM)
    scored = ConfirmOpening.objects.filter(run__in=Run.objects.filter(runs_on(places)))
    if scored.filter(submitter__in=one_budget(run.submitter)).count() >= problem.budget.confirmations:
        raise confirm_spent(StoreError, Text(ko="새 등록을 기다리십시오.", en="Wait for a new registration."))
    before = ConfirmOpening.objects.filter(registration=run.registration, submitter=run.submitter).count()
    known = opened_before(pack)
    ConfirmOpening.objects.create(
        run=run,
        registration=run.registration,
        submitter=run.submitter,
        number=before + 1,
        at=now,
        opened_before=known.model_dump(mode="json"),
    )
    told = {"number": before + 1, "cases": known.of, "opened_before": known.opened}
    _record(run, "lab.confirm_opened", now, told)
    comparison = comparison_of_rows(run, problem, rows)
    record = ComparisonRecord.objects.create(
        run=run,
        registration_sha256=run.registration.sha256,
        values=comparison.model_dump(mode="json"),
        sha256=digest(comparison),
        verdict=comparison.verdict,
        made_at=now,
    )
    report = report_of(run=run, comparison=comparison, comparison_sha256=record.sha256, now=now)
    kept = ResultReport.objects.create(
        run=run, values=report.model_dump(mode="json"), sha256=digest(report), made_at=now
    )
    details = {"comparison": record.sha256, "report": kept.sha256, "cases": len(rows)}
    _record(run, "lab.scored", now, details)


def _feedback(run: Run, problem: Problem, rows: list[ScoredRow], now: datetime) -> None:
    step = next_step(run=run, problem=problem, rows=rows)
    LadderBoard.objects.create(
        run=run,
        registration=run.registration,
        submitter=run.submitter,
        number=step.number,
        step=step.ladder.step,
        shown=step.ladder.shown,
        improved=step.improved,
        at=now,
    )
    _record(run, "lab.scored", now, {"ladder_place": step.number, "cases": len(rows)})


def _record(run: Run, action: str, now: datetime, details: dict[str, Any]) -> None:
    facts = {"registration": run.registration.sha256, "submission": str(run.submission_id), "submitter": run.submitter}
    audit.tell(WORKER, action, f"run:{run.pk}", "", now, facts | details)
