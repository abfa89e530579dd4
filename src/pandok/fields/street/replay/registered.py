"""A replay whose question is locked before the stored period is read for it: registered, read again once, and its
comparison kept with the registration that it answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from django.db import transaction
from pydantic import ValidationError

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.models.locking import locked
from pandok.common.reasons import name_of
from pandok.core.audit import Detail
from pandok.core.canonical import digest
from pandok.core.days import is_sensible
from pandok.core.lab.registration import Manifest, OpenedBefore, Registration
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.engines.streetlights.flood_model import FloodModel
from pandok.fields.street.hazard_kinds import kind_of
from pandok.fields.street.models import RegisteredReplay, Replay
from pandok.fields.street.periods import LONGEST, Period
from pandok.fields.street.refusals import refusal
from pandok.fields.street.replay.candidate import checked
from pandok.fields.street.replay.cases import Case, cases_of, leads_min, root_of, rows_of
from pandok.fields.street.replay.comparison_plan import PART, ComparisonPlan, problem_of
from pandok.fields.street.replay.laboratory import chosen_poles, keep_replay, read_again, result_of
from pandok.proof.bootstrap import bootstrap_intervals
from pandok.proof.comparing import compare

LEAST_CASES = 10
ROUNDS, SEED = 2_000, 20_260_701


def plan_from(values: dict[str, Any]) -> ComparisonPlan:
    """Raises RequestError for a plan that cannot be: no such reader, two kinds of hazard, a period that is not over."""
    try:
        plan = ComparisonPlan.model_validate(values)
    except ValidationError as error:
        raise refusal("bad_plan") from error
    for one in (plan.model, plan.practice):
        checked(one.candidate)
        if kind_of(one.reader) is not plan.hazard:
            raise refusal("bad_plan")
    if not (is_sensible(plan.first) and is_sensible(plan.last)) or plan.model == plan.practice:
        raise refusal("bad_plan")
    if not plan.first <= plan.last <= plan.first + LONGEST:
        raise refusal("bad_plan")
    return plan


def register_replay(
    plan: ComparisonPlan, *, folder: Path, site: str, actor: Account | None, now: datetime
) -> RegisteredReplay:
    """Locked before it is read. Raises RequestError for a period that is not over or holds fewer than LEAST_CASES
    cases, and for a plan that is registered."""
    if plan.last >= now.astimezone(OFFICE_ZONE).date():
        raise refusal("period_runs")
    poles = chosen_poles(plan.poles)
    cases = cases_of(plan, poles, folder)
    if len(cases) < LEAST_CASES:
        raise refusal("too_few_cases", cases=len(cases))
    problem = problem_of(plan, len(cases))
    registration = Registration(
        problem=problem,
        manifest=Manifest(problem=problem.id, cases={PART: len(cases)}, root=root_of(cases)),
        site=site,
        registered_by=name_of(actor),
        registered_at=now,
        opened_before=OpenedBefore(opened=replayed_before(plan, cases), of=len(cases)),
    )
    with audit.chain_held():  # of two who lock the same question at one moment, the second finds the first
        if RegisteredReplay.objects.filter(registration__problem__id=problem.id).exists():
            raise refusal("plan_there")
        made = RegisteredReplay.objects.create(
            plan=plan.model_dump(mode="json"), registration=registration.model_dump(mode="json"),
            sha256=registration.sha256, registered_at=now, registered_by=actor,
        )  # fmt: skip
        told: dict[str, Detail] = {"sha256": made.sha256, "cases": len(cases)}
        audit.tell(actor, "replay.registered", f"registered-replay:{made.pk}", problem.question.ko[:200], now, told)
    return made


def replayed_before(plan: ComparisonPlan, cases: list[Case]) -> int:
    """Cases on days that a replay which was kept has read already: whoever chose the thresholds may know them."""
    seen = [
        (one["period"]["first"], one["period"]["last"])
        for one in Replay.objects.values_list("result", flat=True)
        if any(kind_of(each["reader"]) is plan.hazard for each in one["candidates"])
    ]
    days = (one.began_on.isoformat() for one in cases)
    return sum(any(first <= day <= last for first, last in seen) for day in days)


def read_registered(
    number: int,
    *,
    folder: Path,
    flood: FloodModel,
    lateness_s: float,
    actor: Account | None,
    now: datetime,
    clock: Callable[[], float],
) -> Replay:
    """Once. Raises RequestError where there is no such registration, where it was read, and where the stored period is
    no longer the one that was registered."""
    registered = RegisteredReplay.objects.filter(pk=number).first()
    if registered is None or Replay.objects.filter(registered=registered).exists():
        raise refusal("no_registered_replay")
    plan = ComparisonPlan.model_validate(registered.plan)
    registration = Registration.model_validate(registered.registration)
    poles = chosen_poles(plan.poles)
    cases = cases_of(plan, poles, folder)
    if root_of(cases) != registration.manifest.root or registration.sha256 != registered.sha256:
        raise refusal("period_changed")
    candidates = [plan.model.candidate, plan.practice.candidate]
    again = read_again(
        candidates, poles, folder=folder, flood=flood, lateness_s=lateness_s, with_files=plan.with_files, clock=clock
    )
    new, old = again.told
    day = registered.registered_at.astimezone(OFFICE_ZONE).date()
    rows = rows_of(cases, (new, old), poles, plan.ahead_min)
    comparison = compare(registration.problem, rows, threshold=0.5, sandbox_level=0, registered_on=day)
    result = result_of(again, candidates, Period(plan.first, plan.last), with_files=plan.with_files)
    result |= {
        "registration_sha256": registered.sha256,
        "comparison": comparison.model_dump(mode="json"),
        "outputs_sha256": digest([[one.case_id, one.model, one.practice] for one in rows]),
        "leads": [_lead_facts(leads_min(cases, told, poles)) for told in (new, old)],
    }
    with transaction.atomic():
        locked(RegisteredReplay, registered.pk)
        if Replay.objects.filter(registered=registered).exists():  # asked behind the lock: two may read at once
            raise refusal("no_registered_replay")
        return keep_replay(result, actor=actor, now=now, registered=registered)


def _lead_facts(leads: list[float]) -> dict[str, Any]:
    """Minutes ahead of the record: how many events, the median, and its 95 % interval by percentile bootstrap."""
    if not leads:
        return {"events": 0, "median": None, "interval": None}
    values = np.array(leads)
    found = bootstrap_intervals(
        {"median": lambda rows: float(np.median(values[rows]))},
        len(leads),
        rounds=ROUNDS,
        rng=np.random.default_rng(SEED),
    )["median"]
    return {"events": len(leads), "median": float(np.median(values)), "interval": list(found) if found else None}
