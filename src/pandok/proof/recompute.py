"""The verdict once more, from what may leave the lab: registration and measured moments in, interval and verdict out.

Who holds a proof runs this on another machine and compares with what is printed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pandok.core.lab.assisted_trial import AssistedProtocol
from pandok.core.lab.evidence import (
    AreasEvidence,
    ClusteredCountsEvidence,
    Evidence,
    MeanEvidence,
    Measured,
    PairedCountsEvidence,
    ReadersEvidence,
    TrialEvidence,
)
from pandok.core.lab.problem import EndpointSpec, Metric, Problem
from pandok.core.lab.trial import TrialProtocol
from pandok.core.text import Text
from pandok.proof.areas import Areas, area_difference_interval
from pandok.proof.assisted_verdict import judged_readers
from pandok.proof.bootstrap import Interval
from pandok.proof.clustered_shares import ClusterMoments, clustered_share_interval
from pandok.proof.exact_shares import share_interval
from pandok.proof.mean_differences import MeanMoments, mean_interval
from pandok.proof.paired_shares import PairedCounts
from pandok.proof.trial_verdict import judged
from pandok.proof.verdict import Conditions, Endpoint, Verdict, verdict

SHARES = frozenset({Metric.ACCURACY, Metric.RECALL_AT_1, Metric.SENSITIVITY, Metric.SPECIFICITY})


class EvidenceDoesNotFit(ValueError):
    """The evidence cannot be that of the registered endpoints."""


@dataclass(frozen=True)
class Recomputed:
    endpoints: tuple[Endpoint, ...]
    broken: tuple[Text, ...]
    """Conditions that do not hold; then the verdict is that nothing can be decided."""
    verdict: Verdict


def recompute(
    problem: Problem, measured: Measured, *, trial: TrialProtocol | AssistedProtocol | None = None
) -> Recomputed:
    """Intervals, broken conditions and verdict; of a shadow trial under its own protocol. Raises EvidenceDoesNotFit."""
    if isinstance(trial, AssistedProtocol):
        return _recomputed_readers(problem, measured, trial)
    if trial is not None:
        return _recomputed_trial(problem, measured, trial)
    if len(problem.endpoints) != len(measured.evidence):
        raise EvidenceDoesNotFit("one piece of evidence for each registered endpoint")
    endpoints = []
    for spec, evidence in zip(problem.endpoints, measured.evidence, strict=True):
        _check(problem, spec, evidence, measured)
        interval = interval_of(evidence, confidence=1 - problem.alpha)
        endpoints.append(Endpoint(spec.metric.value, interval, 0.0 - spec.margin))
    conditions = conditions_of(problem, measured)
    return Recomputed(
        tuple(endpoints), conditions.broken(), verdict(endpoints, conditions, harmed=measured.harmed_groups > 0)
    )


def _recomputed_trial(problem: Problem, measured: Measured, plan: TrialProtocol) -> Recomputed:
    evidence = measured.evidence[0]
    if len(measured.evidence) != 1 or not isinstance(evidence, TrialEvidence):
        raise EvidenceDoesNotFit("a trial rests on its own cases alone")
    if evidence.cases + measured.missing != measured.reached or bool(evidence.clusters) is not plan.clustered:
        raise EvidenceDoesNotFit("evidence and counting cases differ")
    found = judged(evidence, plan, missing=measured.missing)
    if (measured.commits_in_order, measured.flips_with_label_noise) != (
        found.conditions.commits_in_order,
        found.conditions.flips_with_label_noise,
    ):
        raise EvidenceDoesNotFit("the conditions are not those of the cases")
    spec = problem.endpoints[0]
    endpoint = Endpoint(spec.metric.value, found.interval, 0.0 - spec.margin)
    return Recomputed((endpoint,), found.conditions.broken(), found.verdict)


def _recomputed_readers(problem: Problem, measured: Measured, plan: AssistedProtocol) -> Recomputed:
    evidence = measured.evidence[0]
    if len(measured.evidence) != 1 or not isinstance(evidence, ReadersEvidence):
        raise EvidenceDoesNotFit("an assisted trial rests on its own readings alone")
    if evidence.cases != measured.reached or evidence.readers > len(plan.readers):
        raise EvidenceDoesNotFit("evidence and planned readers differ")
    found = judged_readers(evidence, plan)
    if (measured.commits_in_order, measured.flips_with_label_noise) != (
        found.conditions.commits_in_order,
        found.conditions.flips_with_label_noise,
    ):
        raise EvidenceDoesNotFit("the conditions are not those of the readings")
    endpoint = Endpoint(problem.endpoints[0].metric.value, found.interval, plan.line)
    return Recomputed((endpoint,), found.conditions.broken(), found.verdict)


def interval_of(evidence: Evidence, *, confidence: float) -> Interval:
    """The interval of model minus practice.

    >>> low, high = interval_of(PairedCountsEvidence(only_model=40, only_practice=20, pairs=160), confidence=0.95)
    >>> round(low, 5), round(high, 5)
    (0.03086, 0.21806)
    """
    if isinstance(evidence, PairedCountsEvidence):
        counts = PairedCounts(evidence.only_model, evidence.only_practice, evidence.pairs)
        return share_interval(counts, confidence=confidence)
    if isinstance(evidence, ClusteredCountsEvidence):
        moments = ClusterMoments(
            evidence.cases,
            evidence.clusters,
            evidence.only_model,
            evidence.only_practice,
            evidence.mean,
            evidence.deviation,
            evidence.spread,
        )
        return clustered_share_interval(moments, confidence=confidence)
    if isinstance(evidence, TrialEvidence | ReadersEvidence):
        raise EvidenceDoesNotFit("the interval of a trial follows from its protocol")
    if isinstance(evidence, MeanEvidence):
        means = MeanMoments(evidence.cases, evidence.difference, evidence.deviation, evidence.clusters)
        return mean_interval(means, confidence=confidence)
    return area_difference_interval(areas_of(evidence), confidence=confidence)


def areas_of(evidence: AreasEvidence) -> Areas:
    """The two areas with the covariance that counts: that of the clusters, where there are any."""
    if evidence.covariance is not None:
        covariance = evidence.covariance
    else:
        parts = np.array(evidence.of_positives) / evidence.positives
        (a, b), (c, d) = (parts + np.array(evidence.of_negatives) / evidence.negatives).tolist()
        covariance = ((a, b), (c, d))
    return Areas(evidence.areas, covariance, evidence.positives, evidence.negatives, evidence.clusters)


def conditions_of(problem: Problem, measured: Measured) -> Conditions:
    return Conditions(
        planned=problem.planned_n,
        reached=measured.reached,
        commits_in_order=measured.commits_in_order,
        label_agreement=problem.truth.agreement_kappa,
        least_label_agreement=problem.truth.least_agreement_kappa,
        missing_share=measured.missing / measured.reached if measured.reached else 0.0,
        most_missing_share=problem.most_missing_share,
        sandbox_level=measured.sandbox_level,
        least_sandbox_level=problem.least_sandbox_level,
        flips_with_label_noise=measured.flips_with_label_noise,
    )


def _check(problem: Problem, spec: EndpointSpec, evidence: Evidence, measured: Measured) -> None:
    """The kind of evidence must be that of the metric, and clustered cases must not be counted as independent."""
    if isinstance(evidence, TrialEvidence | ReadersEvidence):
        raise EvidenceDoesNotFit("cases of a trial are no evidence for sealed data")
    if problem.clustered and getattr(evidence, "clusters", None) is None:
        raise EvidenceDoesNotFit("the registration says that cases are clustered")
    if (spec.metric is Metric.AUC) != isinstance(evidence, AreasEvidence):
        raise EvidenceDoesNotFit(f"this is no evidence for {spec.metric.value}")
    if (spec.metric in SHARES) != isinstance(evidence, PairedCountsEvidence | ClusteredCountsEvidence):
        raise EvidenceDoesNotFit(f"counts are no evidence for {spec.metric.value}")
    # Sensitivity and specificity look at a part of the cases.
    whole = spec.metric not in {Metric.SENSITIVITY, Metric.SPECIFICITY}
    if evidence.cases > measured.reached or (whole and evidence.cases != measured.reached):
        raise EvidenceDoesNotFit("evidence and scored cases differ in number")
