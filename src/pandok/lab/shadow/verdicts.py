"""From the values of an opened trial to its verdict: interval, conditions, label noise. Pure: rows in, values out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pandok.core.lab.trial import TrialProtocol
from pandok.core.lab.trial_states import TrialState
from pandok.lab.shadow.looking import monitor
from pandok.lab.shadow.rows import TrialRow
from pandok.proof.betting_bounds import anytime_interval
from pandok.proof.bootstrap import Interval
from pandok.proof.verdict import Conditions, Endpoint, Verdict, verdict
from pandok.proof.weighted_difference import Contribution, EstimatedDifference, estimated_difference, scaled


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


def judge(rows: Sequence[TrialRow], plan: TrialProtocol, *, stopped: TrialState, intact: bool) -> Judged:
    """`stopped`: how the trial ended. `intact`: commits, order and draws were found whole."""
    counting = [row for row in rows if row.counts]
    scored = [row for row in counting if not row.missing]
    contributions = [row.contribution for row in scored]
    early = stopped is not TrialState.COMPLETED
    primary, anytime, interval = bounds(contributions, plan, early=early)
    expected = sum(1 for row in counting if row.truth.expected)
    decided = [row for row in rows if not row.by_tester]
    outside = sum(1 for row in decided if not row.in_order) / len(decided) if decided else 0.0
    conditions = Conditions(
        # A trial that its own registered boundary stopped has reached what it needed.
        planned=max(1, len(counting)) if early else plan.planned_n,
        reached=len(counting),
        commits_in_order=intact and outside <= plan.most_out_of_order_share,
        missing_share=sum(1 for row in counting if row.missing) / expected if expected else 0.0,
        most_missing_share=plan.most_missing_share,
    )
    spoken = _spoken(interval, plan, conditions)
    turned = math.ceil(plan.wrong_truth_share * sum(1 for row in scored if row.truth.truth.known))
    if turned and spoken in (Verdict.PROVEN, Verdict.INFERIOR):
        worst = turn(contributions, turned, against=1 if spoken is Verdict.PROVEN else -1)
        flipped = _spoken(bounds(worst, plan, early=early)[2], plan, conditions) is not spoken
        conditions = replace(conditions, flips_with_label_noise=flipped)
        spoken = _spoken(interval, plan, conditions)
    return Judged(primary, anytime, interval, conditions, spoken, turned)


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


def boundaries(rows: Sequence[TrialRow], plan: TrialProtocol) -> dict[str, object]:
    """The paths of both e-values over the scored cases, for the drawing."""
    found = monitor([row.contribution for row in rows if row.counts and not row.missing], plan)
    return {
        "cases": found.cases,
        "benefit": [float(f"{value:.5g}") for value in found.benefit.values],
        "harm": [float(f"{value:.5g}") for value in found.harm.values],
        "benefit_crossed": found.benefit.crossed,
        "harm_crossed": found.harm.crossed,
        "benefit_needed": 1 / plan.monitor_alpha,
        "harm_needed": 1 / plan.harm_alpha,
    }


def _spoken(interval: Interval, plan: TrialProtocol, conditions: Conditions) -> Verdict:
    return verdict([Endpoint("right_design_first", interval, plan.line)], conditions)
