"""The parts of a proof of one judged shadow trial: registration, cases as differences, place in the ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from pandok.common.audit import writing as audit
from pandok.common.models import AuditEntry
from pandok.core.audit import AuditLink
from pandok.core.canonical import canonical, digest
from pandok.core.errors import ModelError
from pandok.core.lab.comparison import Comparison, EndpointResult, Figure, Method
from pandok.core.lab.evidence import Measured
from pandok.core.lab.proof_pack import LabFacts, ModelFacts, Places
from pandok.core.lab.result_report import Fact, Report, Section, SectionKey
from pandok.core.lab.trial_as_problem import registration_of
from pandok.core.text import Text
from pandok.engines.encoders.model_store import site_models
from pandok.engines.proof_pack.ledger import excerpt
from pandok.fields.lab.acts.proofs.from_assisted import Facts, assisted_comparison, assisted_facts
from pandok.fields.lab.acts.proofs.parts import ProofParts
from pandok.fields.lab.acts.proofs.refusals import refused
from pandok.fields.lab.acts.scoring.report_pdf import report_pdf
from pandok.fields.lab.acts.scoring.result_words import SECTIONS, plain
from pandok.fields.lab.acts.shadow.give_verdict import holds, how_it_stopped
from pandok.fields.lab.acts.shadow.integrity import faults
from pandok.fields.lab.acts.shadow.trial_rows import revealed_rows
from pandok.fields.lab.acts.shadow.verdicts import evidence_of, missing_of
from pandok.fields.lab.acts.trials.submitted import PREFIX, submission_of
from pandok.fields.lab.models import ShadowTrial, Submission
from pandok.fields.lab.states.trial_states import JUDGED, TrialState
from pandok.proof.sentences import sentences
from pandok.proof.trial_verdict import judged
from pandok.proof.verdict import Verdict
from pandok.settings import Settings
from pandok.version import __version__

REGISTERED, OPENED, JUDGED_ACTION = "trial.registered", "trial.unblinded", "trial.verdict"
_GATE = {
    True: Text(ko="관문을 통과한 제출 모델", en="A submitted model that passed the gate"),
    False: Text(ko="기관에 설치된 판독기", en="A reader that is installed at the site"),
}
_NOT_SHOWN = Text(
    ko="이 기관의 이 기간 물품에서 얻은 결과이며, 다른 기관의 물품에서의 성능을 보이지 않습니다.",
    en="The result holds for the goods of this site and time; it shows nothing about those of another site.",
)


def parts_of_trial(trial: ShadowTrial, *, site: str, chosen: Settings, now: datetime, language: str) -> ProofParts:
    """Raises RequestError for a trial that was not judged, whose report does not hold, or that scored no case."""
    if TrialState(trial.state) not in JUDGED or not trial.report:
        raise refused("not_judged")
    if not holds(trial):
        raise refused("trial_differs")
    registration = registration_of(trial.locked, site=site)
    comparison = assisted_comparison(trial) if trial.is_assisted else _comparison(trial)
    model, submitter = _model(trial, chosen)
    facts = assisted_facts(trial, comparison) if trial.is_assisted else _report_facts(trial, comparison)
    report = _report(trial, facts, comparison, registration.sha256, model.sha256, now)
    entries = tuple(AuditEntry.objects.filter(object=f"trial:{trial.id}").order_by("sequence"))
    places = {one.action: one for one in reversed(entries) if one.action in (REGISTERED, OPENED, JUDGED_ACTION)}
    if len(places) < 3:
        raise refused("ledger", action=", ".join({REGISTERED, OPENED, JUDGED_ACTION} - set(places)))
    last = places[JUDGED_ACTION]
    head = AuditEntry.objects.order_by("-sequence").first() or last
    return ProofParts(
        registration=registration,
        comparison=comparison,
        model=model,
        lab=LabFacts(
            sandbox_level=0,
            versions={"pandok": __version__},
            run=str(trial.id),
            outputs_sha256=digest(_promised(trial)),
        ),
        report_json=canonical(report),
        report_pdf=report_pdf(report, registration.problem, comparison, language),
        entries=excerpt(audit.links(places[REGISTERED].sequence - 1), _shown(trial, last.sequence)),
        places=Places(registered=places[REGISTERED].sequence, opened=places[OPENED].sequence, released=last.sequence),
        head=(head.sequence, head.hash, head.at),
        submitter_key=submitter,
    )


def _promised(trial: ShadowTrial) -> list[tuple[int, str]]:
    if trial.is_assisted:
        return list(trial.assisted_cases.values_list("number", "help__commitment"))
    return list(trial.commits.values_list("sequence", "commitment"))


def _shown(trial: ShadowTrial, last: int) -> Callable[[AuditLink], bool]:
    """The moves of the trial. Commits stay bare hashes: they name the goods' photographs by hash."""
    about = f"trial:{trial.id}"
    return lambda link: link.event.object == about and link.event.action.startswith("trial.") and link.sequence <= last


def _comparison(trial: ShadowTrial) -> Comparison:
    plan, rows = trial.plan, revealed_rows(trial)
    intact, stopped = not faults(trial), how_it_stopped(trial)
    if not trial.report["found"] or not any(row.counts and not row.missing for row in rows):
        raise refused("no_evidence")
    missing = missing_of(rows)
    evidence = evidence_of(rows, stopped=stopped, intact=intact, clustered=plan.clustered)
    found = judged(evidence, plan, missing=missing)
    problem = registration_of(trial.locked, site="-").problem
    spec, shares = problem.endpoints[0], trial.report["found"]
    endpoint = EndpointResult(
        metric=spec.metric,
        aim=spec.aim,
        margin=spec.margin,
        line=0.0 - spec.margin,
        cases=evidence.cases,
        model=_figure(shares, "model"),
        practice=_figure(shares, "practice"),
        difference=evidence.difference,
        interval=found.interval,
        method=Method.TRIAL,
    )
    said = sentences(
        problem,
        [endpoint],
        (),
        found.verdict,
        found.conditions.broken(),
        found.conditions.reached,
        trial.locked.registered_at.date(),
    )
    return Comparison(
        problem=problem.id,
        version=problem.version,
        registered_on=trial.locked.registered_at.date(),
        alpha=problem.alpha,
        planned=plan.planned_n,
        reached=found.conditions.reached,
        left_out=0,
        missing=missing,
        practice_missing=0,
        endpoints=(endpoint,),
        groups=(),
        sites=(),
        verdict=found.verdict.value,
        broken=tuple(found.conditions.broken()),
        said=(*said, _NOT_SHOWN),
        measured=Measured(
            evidence=(evidence,),
            reached=found.conditions.reached,
            missing=missing,
            sandbox_level=0,
            flips_with_label_noise=found.conditions.flips_with_label_noise,
            commits_in_order=found.conditions.commits_in_order,
        ),
    )


def _figure(shares: dict[str, Any], name: str) -> Figure:
    """Of the goods that do show a registered design."""
    found = shares[name]
    return Figure(value=found["share"], interval=(found["low"], found["high"]))


def _model(trial: ShadowTrial, chosen: Settings) -> tuple[ModelFacts, str]:
    locked = trial.locked
    if locked.protocol.candidate.startswith(PREFIX):
        one: Submission = submission_of(locked.protocol.candidate)
        facts = {
            "name": one.name,
            "version": one.version,
            "submitter": one.submitter_name,
            "licence": one.sheet.licence,
            "training_data": one.sheet.training_data,
        }
        return _facts(locked.candidate_sha256, submitted=True, canonical=one.canonical_sha256, **facts), one.submitter
    try:
        card = site_models(chosen.home).get(locked.protocol.candidate).card
        facts = {"version": card.version, "licence": card.licence, "training_data": card.training_data[:4000]}
    except ModelError:
        facts = {"version": "-", "licence": "-", "training_data": "-"}
    facts |= {"name": locked.candidate_title, "submitter": "-"}
    return _facts(locked.candidate_sha256, submitted=False, canonical=locked.candidate_sha256, **facts), ""


def _facts(sha256: str, *, submitted: bool, canonical: str, **facts: str) -> ModelFacts:
    return ModelFacts(
        sha256=sha256, canonical_sha256=canonical or sha256, card_sha256=sha256, gate=_GATE[submitted], **facts
    )


def _report_facts(trial: ShadowTrial, comparison: Comparison) -> Facts:
    plan, report = trial.plan, trial.report
    pairs, counts = report["pairs"], report["counts"]
    return {
        SectionKey.PURPOSE: (
            (Text(ko="현행 업무", en="Today's practice"), plan.practice.words),
            (Text(ko="마진의 근거", en="Reason of the margin"), plain(plan.margin_reason)),
        ),
        SectionKey.METHOD: (
            (Text(ko="α(한쪽)", en="α, one-sided"), plain(f"{plan.alpha:g}")),
            (Text(ko="중간 감시의 몫", en="Share of the monitor"), plain(f"{plan.monitor_share:g}")),
            (Text(ko="무작위 확인 확률", en="Chance of a random check"), plain(f"{plan.audit_probability:g}")),
        ),
        SectionKey.RESULTS: (
            (Text(ko="판정에 든 사건", en="Cases that count"), plain(str(comparison.reached))),
            (Text(ko="모델만 맞음", en="Only the model right"), plain(str(pairs["only_model"]))),
            (Text(ko="현행만 맞음", en="Only practice right"), plain(str(pairs["only_practice"]))),
            (Text(ko="결정이 순서를 벗어남", en="Decided out of order"), plain(str(counts["out_of_order"]))),
        ),
    }


def _report(
    trial: ShadowTrial, facts: Facts, comparison: Comparison, registration: str, model: str, now: datetime
) -> Report:
    words: Facts = {
        **facts,
        SectionKey.REPRODUCIBILITY: (
            (Text(ko="시험 등록 sha256", en="sha256 of the trial's registration"), plain(trial.registration_sha256)),
            (Text(ko="시험 보고서 sha256", en="sha256 of the trial's report"), plain(trial.report_sha256)),
        ),
    }
    return Report(
        title=registration_of(trial.locked, site="-").problem.title,
        verdict=comparison.verdict,
        verdict_words=Verdict(comparison.verdict).words,
        said=comparison.said,
        sections=tuple(
            Section(key=key, title=SECTIONS[key], facts=tuple(Fact(label=label, value=value) for label, value in told))
            for key, told in words.items()
        ),
        registration_sha256=registration,
        comparison_sha256=digest(comparison),
        model_sha256=model,
        made_at=now,
    )
