"""Scored runs of another organisation, as they wait for release."""

from __future__ import annotations

from pandok.core.canonical import digest
from pandok.core.lab.comparison import ScoredRow
from pandok.core.lab.problem import Part
from pandok.fields.lab.acts.scoring.reporting import report_of
from pandok.fields.lab.acts.scoring.scoring import comparison_of_rows
from pandok.fields.lab.models import ComparisonRecord, LadderBoard, ResultReport, Run
from pandok.fields.lab.states.run_states import RunState
from tests.fields.designs.fakes import NOON
from tests.fields.lab.acts.runs.fakes import make_registration, make_run


def make_result(part: Part = Part.CONFIRM) -> Run:
    """The model orders 40 cases rightly, practice does not."""
    run = make_run(make_registration(), part=part)
    Run.objects.filter(pk=run.pk).update(state=RunState.AWAITING_RELEASE.value, ended_at=NOON, sandbox_level=2)
    run.refresh_from_db()
    if part is Part.FEEDBACK:
        facts = {"number": 1, "step": 0.1, "shown": 0.8, "improved": True, "at": NOON}
        LadderBoard.objects.create(run=run, registration=run.registration, submitter=run.submitter, **facts)
        return run
    problem = run.registration.registration.problem
    rows = [
        ScoredRow(case_id=f"{n:03d}", truth=(str(n % 2),), model=float(n % 2) + n / 100, practice=float(n * 7 % 11))
        for n in range(40)
    ]
    comparison = comparison_of_rows(run, problem, rows)
    ComparisonRecord.objects.create(
        run=run,
        registration_sha256=run.registration.sha256,
        values=comparison.model_dump(mode="json"),
        sha256=digest(comparison),
        verdict=comparison.verdict,
        made_at=NOON,
    )
    report = report_of(run=run, comparison=comparison, comparison_sha256=digest(comparison), now=NOON)
    ResultReport.objects.create(run=run, values=report.model_dump(mode="json"), sha256=digest(report), made_at=NOON)
    return run
