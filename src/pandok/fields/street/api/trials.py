"""Trials of streetlights for programs: what was asked before it began, and what came of it."""

from __future__ import annotations

from datetime import date, datetime

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from pydantic import BaseModel, Field

from pandok.fields.street.acts.trials import TrialSaid, conclude_trial, register_trial
from pandok.fields.street.hazard_kinds import HazardKind
from pandok.fields.street.models import Trial, TrialResult
from pandok.fields.street.roles import Action
from pandok.fields.street.trial_measures import Measure
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Asked

router = Router(tags=["Streetlight trials"])
MOST = 200


class StreetTrialIn(Asked):
    test_bed: str = Field(max_length=20)
    hazard: HazardKind
    question: str = Field(max_length=2000, description="What the trial is to find out")
    plan: str = Field(max_length=2000, description="How it is measured, and against what")
    measure: Measure
    threshold: float = Field(ge=0, le=1e9, allow_inf_nan=False, description="Value that must be reached")
    first: str = Field(max_length=10, description="First day of the trial, still to come")
    last: str = Field(max_length=10, description="Last day of the trial")


class StreetTrialConclusionIn(Asked):
    learnt: str = Field(max_length=2000, description="What was learnt; it is published")
    given_up: bool = Field(default=False, description="Without a result, also before the last day is over")


class StreetTrialResultOut(BaseModel):
    """`value` null: it could not be measured, or was given up."""

    value: float | None
    figures: dict[str, float]
    given_up: bool
    learnt: str
    concluded_at: datetime


class StreetTrialOut(BaseModel):
    """`sha256`: of what was registered. `result` null: it is not concluded."""

    id: int
    test_bed: str
    hazard: HazardKind
    question: str
    plan: str
    measure: Measure
    threshold: float
    first_on: date
    last_on: date
    sha256: str
    registered_at: datetime
    result: StreetTrialResultOut | None


@router.get(
    "/trials", auth=may(Action.SEE_STREET), response=answers(list[StreetTrialOut]), summary="Trials of streetlights"
)
def list_street_trials(request: HttpRequest) -> list[StreetTrialOut]:  # noqa: ARG001
    """The newest first; at most 200."""
    return [_out(one) for one in Trial.objects.select_related("test_bed", "result")[:MOST]]


@router.get("/trials/{number}", auth=may(Action.SEE_STREET), response=answers(StreetTrialOut), summary="One trial")
def get_street_trial(request: HttpRequest, number: int) -> StreetTrialOut:  # noqa: ARG001
    return _out(_found(number))


@router.post("/trials", auth=may(Action.KEEP_POLES), response=answers(StreetTrialOut), summary="Register a trial")
@once
def register_street_trial(request: HttpRequest, asked: StreetTrialIn) -> StreetTrialOut:
    """Before its first day; what is registered is never changed, and published with its result."""
    said = TrialSaid(**asked.model_dump(mode="json"))
    return _out(register_trial(said, actor=actor_of(request), now=timezone.now()))


@router.post(
    "/trials/{number}/conclusion",
    auth=may(Action.KEEP_POLES),
    response=answers(StreetTrialOut),
    summary="Conclude a trial",
)
@once
def conclude_street_trial(request: HttpRequest, number: int, asked: StreetTrialConclusionIn) -> StreetTrialOut:
    """By its own measure, from the records of its period; published as it is."""
    _found(number)
    now = timezone.now()
    conclude_trial(number, learnt=asked.learnt, given_up=asked.given_up, actor=actor_of(request), now=now)
    return _out(_found(number))


def _found(number: int) -> Trial:
    trials = Trial.objects.filter(pk=number).select_related("test_bed", "result")
    found: Trial | None = trials.first() if number < 2**63 else None
    if found is None:
        raise not_found()
    return found


def _out(one: Trial) -> StreetTrialOut:
    result: TrialResult | None = getattr(one, "result", None)
    return StreetTrialOut(
        id=one.pk,
        test_bed=one.test_bed.code,
        hazard=HazardKind(one.hazard),
        question=one.question,
        plan=one.plan,
        measure=Measure(one.measure),
        threshold=one.threshold,
        first_on=one.first_on,
        last_on=one.last_on,
        sha256=one.sha256,
        registered_at=one.registered_at,
        result=StreetTrialResultOut(
            value=result.value,
            figures=result.figures,
            given_up=result.given_up,
            learnt=result.learnt,
            concluded_at=result.concluded_at,
        )
        if result
        else None,
    )
