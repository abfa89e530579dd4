"""The verdict on one KPI: its value and interval against target, baseline and margin that were locked before the run.

- 판단 불가 (undecidable): fewer rows than were agreed on, no value, or a value from a sample without an interval.
- 입증 (proven): the whole interval reaches the target.
- 열등 (inferior): the whole interval is worse than the baseline by more than the margin.
- 미입증 (not proven): anything else, also a value at the target whose interval does not reach it.

A value that was counted in full has no interval: it stands for itself.
"""

from __future__ import annotations

from pandok.core.programme.indicators import Direction, Indicator
from pandok.proof.kpi.value_of import KpiValue, Method
from pandok.proof.verdict import Verdict


def verdict_on(indicator: Indicator, found: KpiValue) -> Verdict:
    """By the rule above. A bound that just meets target or margin counts as within."""
    if found.value is None or found.rows < indicator.least_rows:
        return Verdict.UNDECIDABLE
    if found.interval is None and found.method is not Method.COUNTED:
        return Verdict.UNDECIDABLE
    low, high = found.interval or (found.value, found.value)
    turn = 1 if indicator.direction is Direction.HIGHER else -1
    worst, best = min(turn * low, turn * high), max(turn * low, turn * high)
    if worst >= turn * indicator.target:
        return Verdict.PROVEN
    if best < turn * indicator.baseline.value - indicator.margin:
        return Verdict.INFERIOR
    return Verdict.NOT_PROVEN
