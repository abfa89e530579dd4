"""From the values of an opened trial to its verdict: what may leave of its rows, judged by pandok.proof."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pandok.core.lab.evidence import TrialEvidence
from pandok.core.lab.trial import TrialProtocol
from pandok.fields.lab.acts.shadow.monitor import monitor
from pandok.fields.lab.acts.shadow.trial_rows import TrialRow
from pandok.fields.lab.states.trial_states import TrialState
from pandok.proof.trial_verdict import Judged, judged


def judge(rows: Sequence[TrialRow], plan: TrialProtocol, *, stopped: TrialState, intact: bool) -> Judged:
    """`stopped`: how the trial ended. `intact`: commits, order and draws were found whole."""
    return judged(
        evidence_of(rows, stopped=stopped, intact=intact, clustered=plan.clustered), plan, missing=missing_of(rows)
    )


_ENDED: dict[TrialState, Literal["completed", "stopped_harm", "stopped_benefit"]] = {
    TrialState.COMPLETED: "completed",
    TrialState.STOPPED_HARM: "stopped_harm",
    TrialState.STOPPED_BENEFIT: "stopped_benefit",
}


def missing_of(rows: Sequence[TrialRow]) -> int:
    return sum(1 for row in rows if row.counts and row.missing)


def evidence_of(rows: Sequence[TrialRow], *, stopped: TrialState, intact: bool, clustered: bool) -> TrialEvidence:
    """The scored cases in the order of the decisions, as differences and chances alone: nothing of goods, persons,
    sites or days. Clusters become numbers in the order in which they first stand."""
    counting = [row for row in rows if row.counts]
    scored = [row for row in counting if not row.missing]
    decided = [row for row in rows if not row.by_tester]
    contributions = [row.contribution for row in scored]
    numbers: dict[object, int] = {}
    for one in contributions:
        numbers.setdefault(one.cluster, len(numbers))
    return TrialEvidence(
        differences=tuple(one.difference for one in contributions),
        chances=tuple(one.chance for one in contributions),
        clusters=tuple(numbers[one.cluster] for one in contributions) if clustered else (),
        ended=_ENDED[stopped],
        expected=sum(1 for row in counting if row.truth.expected),
        known=sum(1 for row in scored if row.truth.truth.known),
        decided=len(decided),
        out_of_order=sum(1 for row in decided if not row.in_order),
        intact=intact,
    )


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
