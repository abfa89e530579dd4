"""The monitor: looked at at any time, two boundaries, and what the registered rule makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.jobs.work import WORKER
from pandok.common.models.locking import locked as locked_record
from pandok.core.lab.trial import TrialProtocol
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.lab.acts.shadow.deciding import decisions_in_order
from pandok.fields.lab.acts.shadow.trial_rows import decided_rows, settled_contributions
from pandok.fields.lab.acts.trials.trial_moves import move
from pandok.fields.lab.models import MonitorLook, ShadowTrial
from pandok.fields.lab.states.trial_states import Mover, TrialState
from pandok.proof.betting_bounds import LinePath, line_path
from pandok.proof.weighted_difference import Contribution, scaled

REASONS = {
    TrialState.STOPPED_HARM: Text(
        ko="등록한 열등 경계를 넘어 규칙에 따라 멈췄습니다.", en="The registered harm boundary was crossed."
    ),
    TrialState.STOPPED_BENEFIT: Text(
        ko="등록한 우수 경계를 넘어 규칙에 따라 멈췄습니다.", en="The registered benefit boundary was crossed."
    ),
    TrialState.COMPLETED: Text(ko="계획한 건수에 이르렀습니다.", en="The planned number of cases was reached."),
}


@dataclass(frozen=True)
class Monitor:
    """Evidence for benefit (above the line) and for harm (below it) after each case, or each cluster."""

    benefit: LinePath
    harm: LinePath

    @property
    def cases(self) -> int:
        return len(self.benefit.values)


def monitor(contributions: Sequence[Contribution], plan: TrialProtocol) -> Monitor:
    """Both bets on the scaled contributions; the line is scaled with them."""
    seen = scaled(contributions, clustered=plan.clustered, chance=plan.audit_probability)
    line = plan.line * plan.audit_probability
    return Monitor(
        line_path(seen, line, alpha=plan.monitor_alpha),
        line_path(seen, line, alpha=plan.harm_alpha, below=True),
    )


def look(*, trial: ShadowTrial, now: datetime) -> MonitorLook | None:
    """Look once, keep that it was looked at, and follow the registered rule. None where the trial does not run.

    Safe from several workers: the trial is locked, and a trial that has stopped is left alone.
    """
    with transaction.atomic():
        trial = locked_record(ShadowTrial, trial.id)
        if trial.state != TrialState.RUNNING.value or trial.is_assisted:
            return None
        plan = trial.plan
        rows = decided_rows(trial, now=now)
        today = now.astimezone(OFFICE_ZONE).date()
        found = monitor(settled_contributions(rows, clustered=plan.clustered, today=today), plan)
        last = trial.looks.last()
        benefit, harm = found.benefit.crossed is not None, found.harm.crossed is not None
        if last is None or (last.cases, last.benefit, last.harm) != (found.cases, benefit, harm):
            last = MonitorLook.objects.create(trial=trial, at=now, cases=found.cases, benefit=benefit, harm=harm)
            details = {"cases": found.cases, "benefit": benefit, "harm": harm}
            audit.tell(WORKER, "trial.looked", f"trial:{trial.id}", "", now, details)
        to = _follows(plan, benefit=benefit, harm=harm, reached=decisions_in_order(trial))
        if to is not None:
            reason = f"{REASONS[to].ko} {REASONS[to].en}"
            move(trial=trial, to=to, by=Mover.SYSTEM, actor=None, reason=reason, now=now)
        return last


def _follows(plan: TrialProtocol, *, benefit: bool, harm: bool, reached: int) -> TrialState | None:
    if harm:
        return TrialState.STOPPED_HARM
    if benefit and plan.stop_for_benefit:
        return TrialState.STOPPED_BENEFIT
    return TrialState.COMPLETED if reached >= plan.planned_n else None
