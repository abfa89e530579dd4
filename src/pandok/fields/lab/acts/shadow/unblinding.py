"""Open a trial: every answer with its salt, every truth as it stands, and the seed of the random checks."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from pandok.common.models import Account
from pandok.common.reasons import checked_reason
from pandok.core.errors import StoreError
from pandok.fields.lab.acts.trials import refusals
from pandok.fields.lab.acts.trials.sealing import opened_answer, opened_seed
from pandok.fields.lab.acts.trials.trial_moves import locked, move
from pandok.fields.lab.acts.trials.truths import CaseTruth, truths
from pandok.fields.lab.models import ShadowCase, ShadowReveal, ShadowTrial
from pandok.fields.lab.states.trial_states import Mover, TrialState


def unblind(*, trial: ShadowTrial, actor: Account, reason: str, now: datetime) -> ShadowTrial:
    """Raises RequestError where the trial has not stopped, or a truth is awaited. An answer that does not open any
    more is kept as such: the check of the commits will name it."""
    reason = checked_reason(reason)
    with transaction.atomic():
        trial = locked(trial)
        move(trial=trial, to=TrialState.UNBLINDED, by=Mover.EVALUATOR, actor=actor, reason=reason, now=now)
        if trial.is_assisted:
            trial.seed_opened = opened_seed(trial.seed_sealed).hex()
            trial.save()
            return trial
        cases = list(
            ShadowCase.objects.filter(trial=trial).select_related(
                "commit", "decision__desk_case__design", "draw__finding"
            )
        )
        known = truths_of(cases, trial=trial, now=now)
        awaited = sum(1 for one in known.values() if not one.settled)
        if awaited:
            raise refusals.truths_awaited(awaited)
        ShadowReveal.objects.bulk_create(_reveal(one, known.get(one.pk), now) for one in cases)
        trial.seed_opened = opened_seed(trial.seed_sealed).hex()
        trial.save()
        return trial


def truths_of(cases: list[ShadowCase], *, trial: ShadowTrial, now: datetime) -> dict[object, CaseTruth]:
    decisions = []
    for one in cases:
        decision = getattr(one, "decision", None)
        if decision is not None:
            decision.case = one
            decisions.append(decision)
    return truths(decisions, within=timedelta(days=trial.plan.truth_within_days), now=now)


def _reveal(case: ShadowCase, truth: CaseTruth | None, now: datetime) -> ShadowReveal:
    output, salt = _opened(case)
    return ShadowReveal(
        case=case,
        output=output,
        salt=salt,
        truth={} if truth is None else truth.as_json(),
        at=now,
    )


def _opened(case: ShadowCase) -> tuple[Any, str]:
    commit = getattr(case, "commit", None)
    if commit is None:
        return None, ""
    try:
        output, salt = opened_answer(commit.sealed)
    except StoreError:
        return None, ""
    return output, salt.hex()
