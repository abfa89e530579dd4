"""The verdict of a shadow trial from its contributions: interval, conditions, label noise. Values in, values out.

Whoever holds the proof of a trial runs this on another machine and compares with what is printed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pandok.core.lab.evidence import TrialEvidence
from pandok.core.lab.trial import TrialProtocol
from pandok.proof.betting_bounds import anytime_interval
from pandok.proof.bootstrap import Interval
from pandok.proof.verdict import Conditions, Endpoint, Verdict, verdict
from pandok.proof.weighted_difference import Contribution, EstimatedDifference, estimated_difference, scaled

ENDPOINT = "right_design_first"


@dataclass(frozen=True)
class Judged:
    """`primary` only where the plan was reached: after an early stop only the anytime bounds hold."""

    primary: EstimatedDifference | None
    anytime: Interval
    interval: Interval
    conditions: Conditions
    verdict: Verdict
    turned: int
    """Truths that were turned to see whether label noise alone flips the verdict."""


def judged(evidence: TrialEvidence, plan: TrialProtocol, *, missing: int) -> Judged:
    """`missing`: of the counting cases, those whose truth was to become known and is not."""
    contributions = contributions_of(evidence)
    early = evidence.ended != "completed"
    primary, anytime, interval = bounds(contributions, plan, early=early)
    counting = len(contributions) + missing
    outside = evidence.out_of_order / evidence.decided if evidence.decided else 0.0
    conditions = Conditions(
        # A trial that its own registered boundary stopped has reached what it needed.
        planned=max(1, counting) if early else plan.planned_n,
        reached=counting,
        commits_in_order=evidence.intact and outside <= plan.most_out_of_order_share,
        missing_share=missing / evidence.expected if evidence.expected else 0.0,
        most_missing_share=plan.most_missing_share,
    )
    spoken = _spoken(interval, plan, conditions)
    turned = math.ceil(plan.wrong_truth_share * evidence.known)
    if turned and spoken in (Verdict.PROVEN, Verdict.INFERIOR):
        worst = turn(contributions, turned, against=1 if spoken is Verdict.PROVEN else -1)
        flipped = _spoken(bounds(worst, plan, early=early)[2], plan, conditions) is not spoken
        conditions = replace(conditions, flips_with_label_noise=flipped)
        spoken = _spoken(interval, plan, conditions)
    return Judged(primary, anytime, interval, conditions, spoken, turned)


def contributions_of(evidence: TrialEvidence) -> list[Contribution]:
    """In the order of the decisions. A cluster is a number that tells neither site nor day."""
    clusters = evidence.clusters or (0,) * len(evidence.differences)
    return [
        Contribution(difference, chance, cluster)
        for difference, chance, cluster in zip(evidence.differences, evidence.chances, clusters, strict=True)
    ]


def bounds(
    contributions: Sequence[Contribution], plan: TrialProtocol, *, early: bool
) -> tuple[EstimatedDifference | None, Interval, Interval]:
    """Primary estimate, anytime bounds, and the interval of the verdict: both hold together at the registered alpha,
    so that the tighter bound counts."""
    chance = plan.audit_probability
    low, high = anytime_interval(
        scaled(contributions, clustered=plan.clustered, chance=chance),
        alpha=plan.monitor_alpha,
        upper_alpha=plan.harm_alpha,
    )
    anytime = (max(-1.0, low / chance), min(1.0, high / chance))
    clusters = {one.cluster for one in contributions}
    if early or not contributions or (plan.clustered and len(clusters) < 2):
        return None, anytime, anytime
    primary = estimated_difference(contributions, alpha=plan.primary_alpha, clustered=plan.clustered)
    tight = (max(primary.interval[0], anytime[0]), min(primary.interval[1], anytime[1]))
    return primary, anytime, tight if tight[0] <= tight[1] else primary.interval


def turn(contributions: Sequence[Contribution], count: int, *, against: int) -> list[Contribution]:
    """The `count` heaviest differences of the sign `against`, turned to the other sign."""
    places = [place for place, one in enumerate(contributions) if one.difference == against]
    worst = set(sorted(places, key=lambda place: contributions[place].chance)[:count])
    return [replace(one, difference=-against) if place in worst else one for place, one in enumerate(contributions)]


def _spoken(interval: Interval, plan: TrialProtocol, conditions: Conditions) -> Verdict:
    return verdict([Endpoint(ENDPOINT, interval, plan.line)], conditions)
