"""The report of an opened trial, and the verdict that an evaluator signs under. Every figure comes from stored rows."""

from __future__ import annotations

import math
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from pandok.common.models import Account
from pandok.common.reasons import checked_reason
from pandok.core.canonical import digest
from pandok.fields.lab.acts.assisted.trial_report import assisted_report
from pandok.fields.lab.acts.shadow.blind_counts import as_json, blind_counts, found_shares, further, pairs
from pandok.fields.lab.acts.shadow.integrity import faults
from pandok.fields.lab.acts.shadow.trial_rows import revealed_rows
from pandok.fields.lab.acts.shadow.verdicts import boundaries, judge
from pandok.fields.lab.acts.trials.trial_moves import locked, move
from pandok.fields.lab.models import ShadowTrial, TrialEvent
from pandok.fields.lab.states.trial_states import STOPPED, Mover, TrialState

WHOLE = 1e15
"""Floats from here on are written with an exponent, and are whole."""


def report_of(trial: ShadowTrial) -> dict[str, Any]:
    """The report as values; the same whenever it is made, from what was opened at unblinding."""
    stop = _stop(trial)
    if trial.is_assisted:
        stopped = {"state": stop.to_state, "at": stop.at.isoformat(), "reason": stop.reason}
        return dict(_plain(assisted_report(trial, stopped=stopped)))
    plan, rows = trial.plan, revealed_rows(trial)
    found = faults(trial)
    judged = judge(rows, plan, stopped=TrialState(stop.to_state), intact=not found)
    report: dict[str, Any] = {
        "trial": str(trial.id),
        "registration_sha256": trial.registration_sha256,
        "registration": trial.registration,
        "stopped": {"state": stop.to_state, "at": stop.at.isoformat(), "reason": stop.reason},
        "counts": as_json(blind_counts(trial)),
        "pairs": pairs(rows),
        "primary": asdict(judged.primary) if judged.primary else None,
        "anytime": judged.anytime,
        "interval": judged.interval,
        "line": plan.line,
        "monitor": boundaries(rows, plan),
        "conditions": asdict(judged.conditions),
        "broken": [one.model_dump() for one in judged.conditions.broken()],
        "label_noise": {"turned": judged.turned, "flips": judged.conditions.flips_with_label_noise},
        "verdict": judged.verdict.value,
        "found": found_shares(rows),
        "further": further(rows),
        "checks": [{"kind": one.kind, "case": one.case} for one in found],
    }
    plain: dict[str, Any] = _plain(report)
    return plain


def how_it_stopped(trial: ShadowTrial) -> TrialState:
    return TrialState(_stop(trial).to_state)


def _stop(trial: ShadowTrial) -> TrialEvent:
    stop: TrialEvent | None = trial.events.filter(to_state__in=[one.value for one in STOPPED]).last()
    assert stop is not None
    return stop


def give_verdict(*, trial: ShadowTrial, actor: Account, reason: str, now: datetime) -> ShadowTrial:
    """Make the report, keep it with its hash, and speak the verdict. Raises RequestError before unblinding."""
    reason = checked_reason(reason)
    with transaction.atomic():
        trial = locked(trial)
        if trial.state == TrialState.UNBLINDED.value:
            trial.report = report_of(trial)
            trial.report_sha256 = digest(trial.report)
        move(trial=trial, to=TrialState.VERDICT, by=Mover.EVALUATOR, actor=actor, reason=reason, now=now)
        return trial


def holds(trial: ShadowTrial) -> bool:
    """Whether the stored report is the one that its rows give, and has the hash that was kept."""
    return digest(trial.report) == trial.report_sha256 == digest(report_of(trial))


def _plain(value: Any) -> Any:
    """As every database gives its JSON back: lists for tuples, and plain numbers. PostgreSQL keeps no minus before a
    zero, and gives a large float back as a whole number."""
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, float) and (value == 0 or WHOLE <= abs(value) < math.inf):
        return 0.0 if value == 0 else int(value)
    return value
