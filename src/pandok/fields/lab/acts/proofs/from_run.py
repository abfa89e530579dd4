"""The parts of a proof of one released confirm run."""

from __future__ import annotations

import hashlib

from pandok.core.canonical import canonical, digest
from pandok.core.lab.problem import Part
from pandok.core.lab.proof_pack import LabFacts, ModelFacts
from pandok.core.lab.registration import OpenedBefore
from pandok.core.lab.result_report import Report
from pandok.core.text import Text
from pandok.fields.lab.acts.budget.organisations import one_budget
from pandok.fields.lab.acts.proofs.ledger_excerpt import ledger_of
from pandok.fields.lab.acts.proofs.parts import History, ProofParts
from pandok.fields.lab.acts.proofs.refusals import refused
from pandok.fields.lab.acts.scoring.report_pdf import report_pdf
from pandok.fields.lab.models import ConfirmOpening, Run
from pandok.fields.lab.states.run_states import RunState

_GATE = Text(
    ko="관문 통과: 허용한 연산만 있고, 밖의 파일을 가리키지 않으며, 두 번 실행한 출력이 같음",
    en="Passed the gate: allowed operators only, nothing outside named, the same output twice",
)


def parts_of_run(run: Run, *, language: str) -> ProofParts:
    """Raises RequestError for a run that is not a released one on the confirm part."""
    if run.part != Part.CONFIRM.value or run.stands is not RunState.RELEASED:
        raise refused("not_released")
    record, submission, registration = run.comparison, run.submission, run.registration.registration
    report = Report.model_validate(run.report.values)
    entries, places, head = ledger_of(run)
    return ProofParts(
        registration=registration,
        comparison=record.comparison,
        model=ModelFacts(
            name=submission.name,
            version=submission.version,
            submitter=submission.submitter_name,
            sha256=submission.model_sha256,
            canonical_sha256=submission.canonical_sha256,
            card_sha256=hashlib.sha256(submission.card.encode()).hexdigest(),
            licence=submission.sheet.licence,
            training_data=submission.sheet.training_data,
            gate=_GATE,
        ),
        lab=LabFacts(
            sandbox_level=run.sandbox_level or 0,
            versions={str(name): str(value) for name, value in run.environment.items()},
            run=str(run.pk),
            outputs_sha256=outputs_sha256(run),
        ),
        report_json=canonical(report),
        report_pdf=report_pdf(report, registration.problem, record.comparison, language),
        entries=entries,
        places=places,
        head=head,
        submitter_key=run.submitter,
        history=_history(run),
    )


def _history(run: Run) -> History | None:
    """None for runs that were scored before openings were counted case by case."""
    opening = ConfirmOpening.objects.filter(run=run).first()
    if opening is None or opening.opened_before is None:
        return None
    withheld = Run.objects.filter(
        registration=run.registration_id,
        part=Part.CONFIRM.value,
        submitter__in=one_budget(run.submitter),
        state=RunState.WITHHELD.value,
    )
    return History(OpenedBefore.model_validate(opening.opened_before), opening.number, withheld.count())


def outputs_sha256(run: Run) -> str:
    """Of every raw output in the order of the cases: a rerun inside the lab must give the same."""
    outputs = run.outputs.order_by("number").values_list("case_id", "output_sha256", "missing")
    return digest([list(one) for one in outputs])
