"""A trial is registered before its first day, and concluded by its own measure after its last."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.models.locking import locked
from pandok.common.reasons import given_words
from pandok.core.canonical import digest
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.street.hazard_kinds import HazardKind
from pandok.fields.street.lists.figures import Figures, figures_between
from pandok.fields.street.models import TestBed, Trial, TrialResult
from pandok.fields.street.periods import Period, period_of
from pandok.fields.street.refusals import refusal
from pandok.fields.street.trial_measures import Measure

LEAST_WORDS = 20
"""Characters of a question and of a plan."""


@dataclass(frozen=True)
class TrialSaid:
    """As it was written."""

    test_bed: str
    hazard: str
    question: str
    plan: str
    measure: str
    threshold: float
    first: str
    last: str


def register_trial(said: TrialSaid, *, actor: Account | None, now: datetime) -> Trial:
    """Raises RequestError for one that has begun, says too little, or measures nothing."""
    bed = TestBed.objects.filter(code=said.test_bed.strip()).first()
    if bed is None:
        raise refusal("no_bed")
    if said.hazard not in set(HazardKind):
        raise refusal("bad_hazard")
    if said.measure not in set(Measure) or not (math.isfinite(said.threshold) and said.threshold >= 0):
        raise refusal("bad_measure")
    question, plan = said.question.strip(), said.plan.strip()
    if min(len(question), len(plan)) < LEAST_WORDS:
        raise refusal("trial_words")
    if not (said.first and said.last):
        raise refusal("bad_period")
    period = period_of(said.first, said.last, now=now)
    if period.first <= now.astimezone(OFFICE_ZONE).date():
        raise refusal("trial_begun")
    facts = {
        "test_bed": bed.code, "hazard": said.hazard, "question": question, "plan": plan, "measure": said.measure,
        "threshold": said.threshold, "first_on": period.first.isoformat(), "last_on": period.last.isoformat(),
    }  # fmt: skip
    with transaction.atomic():
        trial = Trial.objects.create(
            test_bed=bed, hazard=said.hazard, question=question, plan=plan, measure=said.measure,
            threshold=said.threshold, first_on=period.first, last_on=period.last, sha256=digest(facts),
            registered_at=now, registered_by=actor,
        )  # fmt: skip
        told = {"hazard": said.hazard, "sha256": trial.sha256}
        audit.tell(actor, "street-trial.registered", f"street-trial:{trial.pk}", question[:200], now, told)
    return trial


def conclude_trial(number: int, *, learnt: str, given_up: bool, actor: Account | None, now: datetime) -> TrialResult:
    """Counted from the records of its period; published as it is. Raises RequestError before its last day is over,
    unless it is given up, and for one that is concluded."""
    learnt = given_words(learnt)
    with transaction.atomic():
        if not Trial.objects.filter(pk=number).exists():
            raise refusal("no_trial")
        trial = locked(Trial, number, "test_bed")
        if TrialResult.objects.filter(trial=trial).exists():  # asked behind the lock: two may conclude at once
            raise refusal("no_trial")
        period = Period(trial.first_on, trial.last_on)
        if not given_up and now < period.ends:
            raise refusal("trial_runs")
        counted = figures_between(period.begins, period.ends, now=now, bed=trial.test_bed)
        of_kind = next((one for one in counted if one.kind == trial.hazard), Figures(HazardKind(trial.hazard)))
        value = None if given_up else _value(Measure(trial.measure), of_kind)
        result = TrialResult.objects.create(
            trial=trial, value=value, figures=_counts(of_kind), given_up=given_up, learnt=learnt,
            concluded_at=now, concluded_by=actor,
        )  # fmt: skip
        audit.tell(actor, "street-trial.concluded", f"street-trial:{trial.pk}", learnt[:200], now)
    return result


def _value(measure: Measure, figures: Figures) -> float | None:
    match measure:
        case Measure.MISSED_SHARE:
            return figures.missed / figures.outside if figures.outside else None
        case Measure.FALSE_DAILY:
            return figures.false_a_device_day
        case Measure.CONFIRM_MIN:
            return figures.median_min
        case Measure.LEAD_MIN:
            return figures.median_lead_min


def _counts(figures: Figures) -> dict[str, float]:
    names = ("alerts", "real", "false", "unknown", "waiting", "outside", "missed")
    return {name: getattr(figures, name) for name in names} | {"device_days": round(figures.device_days, 1)}
