"""How a blind trial goes, in blocks: the evidence after every whole block of cases says nothing of a single one."""

from __future__ import annotations

from datetime import datetime

from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.lab.acts.shadow.monitor import monitor
from pandok.fields.lab.acts.shadow.trial_rows import decided_rows, settled_contributions
from pandok.fields.lab.models import ShadowTrial

BLOCK = 20


def block_paths(trial: ShadowTrial, *, now: datetime) -> dict[str, object]:
    """Both e-values at the end of every whole block."""
    plan = trial.plan
    today = now.astimezone(OFFICE_ZONE).date()
    rows = decided_rows(trial, now=now)
    found = monitor(settled_contributions(rows, clustered=plan.clustered, today=today), plan)
    ends = range(BLOCK - 1, found.cases, BLOCK)
    return {
        "cases": found.cases - found.cases % BLOCK,
        "step": BLOCK,
        "benefit": [float(f"{found.benefit.values[end]:.3g}") for end in ends],
        "harm": [float(f"{found.harm.values[end]:.3g}") for end in ends],
        "benefit_needed": 1 / plan.monitor_alpha,
        "harm_needed": 1 / plan.harm_alpha,
    }
