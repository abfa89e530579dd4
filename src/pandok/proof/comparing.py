"""The comparison of a model with today's practice under a registered problem: rows in, one frozen value out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import numpy as np

from pandok.core.lab.comparison import CellState, Comparison, EndpointResult, GroupResult, ScoredRow
from pandok.core.lab.evidence import Evidence, Measured, PairedCountsEvidence
from pandok.core.lab.problem import EndpointSpec, Problem
from pandok.core.text import Text
from pandok.proof.endpoint_evidence import evidence_of, figures_of, method_of
from pandok.proof.group_harm import group_results, site_cells
from pandok.proof.label_noise import noise_bound
from pandok.proof.paired_shares import PairedCounts, mcnemar_mid_p
from pandok.proof.recompute import Recomputed, interval_of, recompute
from pandok.proof.rows_to_values import EndpointValues, endpoint_values, enters_any
from pandok.proof.sentences import sentences
from pandok.proof.verdict import Verdict

_TOO_FEW = Text(
    ko="등록한 비교를 계산하기에 사례나 군집의 수가 모자랍니다.",
    en="There are too few cases or clusters for the registered comparison.",
)


def compare(
    problem: Problem,
    rows: Sequence[ScoredRow],
    *,
    threshold: float | None = None,
    sandbox_level: int = 2,
    commits_in_order: bool = True,
    registered_on: date | None = None,
) -> Comparison:
    """`threshold`: at or above it the model says yes, where a metric needs a yes. The order of rows does not matter.

    Raises ValueError for a metric without the threshold that it needs, and for a case that stands twice.
    """
    ordered = sorted(rows, key=lambda one: one.case_id)
    if len({one.case_id for one in ordered}) < len(ordered):
        raise ValueError("a case stands twice")
    counted = [one for one in ordered if enters_any(problem, one)]
    missing = sum(one.model is None for one in counted)
    practice_missing = sum(one.practice is None for one in counted)
    every = [endpoint_values(spec.metric, problem, counted, threshold=threshold) for spec in problem.endpoints]
    build = partial(
        Comparison,
        problem=problem.id,
        version=problem.version,
        registered_on=registered_on,
        alpha=problem.alpha,
        planned=problem.planned_n,
        reached=len(counted),
        left_out=len(ordered) - len(counted),
        missing=missing,
        practice_missing=practice_missing,
    )
    try:
        evidence = tuple(evidence_of(values) for values in every)
    except ValueError:
        nothing = sentences(problem, (), (), Verdict.UNDECIDABLE, (_TOO_FEW,), len(counted), registered_on)
        return build(
            endpoints=(),
            groups=(),
            sites=(),
            verdict=Verdict.UNDECIDABLE.value,
            broken=(_TOO_FEW,),
            said=nothing,
            measured=None,
        )
    groups = group_results(every[0], counted, problem)
    measured = Measured(
        evidence=evidence,
        reached=len(counted),
        missing=max(missing, practice_missing),
        sandbox_level=sandbox_level,
        commits_in_order=commits_in_order,
        harmed_groups=sum(cell.state is CellState.HARMED for group in groups for cell in group.cells),
    )
    found = recompute(problem, measured)
    endpoints = tuple(
        _result(problem, spec, values, one, counted, found.verdict, threshold)
        for spec, values, one in zip(problem.endpoints, every, evidence, strict=True)
    )
    if _flips(endpoints, groups, found.verdict):
        measured = measured.model_copy(update={"flips_with_label_noise": True})
        found = recompute(problem, measured)
    return build(
        endpoints=endpoints,
        groups=groups,
        sites=site_cells(every[0], counted, confidence=1 - problem.alpha),
        verdict=found.verdict.value,
        broken=found.broken,
        said=_said(problem, endpoints, groups, found, len(counted), registered_on),
        measured=measured,
    )


def _result(
    problem: Problem,
    spec: EndpointSpec,
    values: EndpointValues,
    evidence: Evidence,
    rows: Sequence[ScoredRow],
    verdict: Verdict,
    threshold: float | None,
) -> EndpointResult:
    confidence = 1 - problem.alpha
    model, practice = figures_of(values, evidence, confidence=confidence)
    p_value = None
    if isinstance(evidence, PairedCountsEvidence):
        p_value = mcnemar_mid_p(PairedCounts(evidence.only_model, evidence.only_practice, evidence.pairs))
    against = verdict is not Verdict.INFERIOR
    return EndpointResult(
        metric=spec.metric,
        aim=spec.aim,
        margin=spec.margin,
        line=_line(spec),
        cases=len(values),
        model=model,
        practice=practice,
        difference=evidence.difference,
        interval=interval_of(evidence, confidence=confidence),
        method=method_of(evidence),
        p_value=p_value,
        noise=noise_bound(values, rows, problem, against_model=against, threshold=threshold),
    )


def _line(spec: EndpointSpec) -> float:
    return -spec.margin if spec.margin else 0.0


def _flips(endpoints: Sequence[EndpointResult], groups: Sequence[GroupResult], verdict: Verdict) -> bool:
    """Whether the worst turn of truths takes the claim away. "Not proven" claims nothing that could be taken."""
    bounds = [(one.noise, one.line, one.interval) for one in endpoints]
    if verdict is Verdict.PROVEN:
        return any(noise is not None and noise.interval[0] <= line for noise, line, _ in bounds)
    if verdict is Verdict.INFERIOR:
        by_endpoint = [noise for noise, line, interval in bounds if interval[1] < line]
        by_group = any(cell.state is CellState.HARMED for group in groups for cell in group.cells)
        if by_group and not by_endpoint:
            return False
        lines = [line for _, line, interval in bounds if interval[1] < line]
        return all(
            noise is not None and noise.interval[1] >= line for noise, line in zip(by_endpoint, lines, strict=True)
        )
    return False


def _said(
    problem: Problem,
    endpoints: tuple[EndpointResult, ...],
    groups: tuple[GroupResult, ...],
    found: Recomputed,
    reached: int,
    registered_on: date | None,
) -> tuple[Text, ...]:
    return sentences(problem, endpoints, groups, found.verdict, found.broken, reached, registered_on)


def shown_score(problem: Problem, rows: Sequence[ScoredRow], *, threshold: float | None = None) -> float:
    """The model's figure by the first registered metric, turned so that larger is better: what a Ladder is asked with.

    Estimates: minus the mean absolute error. Raises ValueError where the cases give none.
    """
    counted = [one for one in rows if enters_any(problem, one)]
    values = endpoint_values(problem.endpoints[0].metric, problem, counted, threshold=threshold)
    if not len(values):
        raise ValueError("no case that counts")
    evidence = evidence_of(values)
    model, _ = figures_of(values, evidence, confidence=0.95)
    error = values.metric.value == "mean_absolute_error"
    return float(np.float64(-model.value if error else model.value))
