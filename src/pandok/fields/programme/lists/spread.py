"""Spread: what was handed where and what became of it, by region and in time; and who else has such a problem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Prefetch, QuerySet
from django.db.models.fields.json import KT

from pandok.core.programme.hand_over import Became, Conditions, HandOver
from pandok.fields.programme.models import FieldProblem, HandOverMade, HandOverTaken, SpreadAnswer
from pandok.fields.programme.spread_refusals import refusal
from pandok.fields.programme.states import ProblemState
from pandok.fields.programme.topics import KoreanRegion

MOST_OFFERED = 30


@dataclass(frozen=True)
class Reached:
    """Something that happened in a region: a reader proven there (`became` None), accepted or refused there.
    `differs`: pairs of what was proven under and what holds there."""

    region: KoreanRegion
    site: str
    at: datetime
    hand_over: HandOver
    became: Became | None
    verdict: str
    here: Conditions | None


@dataclass(frozen=True)
class RegionCounts:
    tried: int
    accepted: int
    refused: int


Moment = tuple[datetime, str, UUID]
"""When, "" for a hand-over or "answer", and its key."""


@dataclass(frozen=True)
class Offer:
    """Who has the problem too: a body that said so, or another problem of the register in the same field."""

    region: KoreanRegion
    body: str
    problem: FieldProblem
    said_too: bool


def made_here() -> QuerySet[HandOverMade]:
    """The newest first, with their answers."""
    answers = Prefetch("answers", SpreadAnswer.objects.order_by("kept_at"))
    return HandOverMade.objects.select_related("agreement__problem", "made_by").prefetch_related(answers)


def taken_here() -> QuerySet[HandOverTaken]:
    return HandOverTaken.objects.select_related("problem", "taken_by", "answer")


def made_of(made_id: UUID) -> HandOverMade:
    """Raises RequestError: spread.not_there."""
    found = made_here().filter(pk=made_id).first()
    if found is None:
        raise refusal("not_there")
    return found


def taken_of(taken_id: UUID) -> HandOverTaken:
    """Raises RequestError: spread.not_there."""
    found = taken_here().filter(pk=taken_id).first()
    if found is None:
        raise refusal("not_there")
    return found


def counted_by_region() -> dict[KoreanRegion, RegionCounts]:
    """How often something was tried, accepted and refused in each."""
    tried: Counter[str] = Counter()
    for region, number in HandOverMade.objects.order_by().values_list(KT("values__region")).annotate(Count("pk")):
        tried[region] += number
    answers = SpreadAnswer.objects.order_by().values_list("region", "became").annotate(Count("pk"))
    became = {(region, what): number for region, what, number in answers}
    return {
        one: RegionCounts(
            tried[one.value],
            became.get((one.value, Became.ACCEPTED.value), 0),
            became.get((one.value, Became.REFUSED.value), 0),
        )
        for one in KoreanRegion
    }


def moments() -> list[Moment]:
    """The newest first: of what was made here and what other sites said of it, and what this site said of theirs.
    Without what they say, which `reached_at` reads of those that are shown."""
    made = [(at, "", key) for key, at in HandOverMade.objects.order_by().values_list("pk", "made_at")]
    said = SpreadAnswer.objects.order_by().values_list("pk", "values__answered_at")
    answers = [(datetime.fromisoformat(at), "answer", key) for key, at in said]
    return sorted(made + answers, key=lambda one: one[0], reverse=True)


def reached_at(shown: Sequence[Moment]) -> list[Reached]:
    """In the order given."""
    keys = {what: [key for _, kind, key in shown if kind == what] for what in ("", "answer")}
    made = {one.pk: one for one in HandOverMade.objects.filter(pk__in=keys[""])}
    answers = SpreadAnswer.objects.select_related("made", "taken").filter(pk__in=keys["answer"])
    said = {one.pk: one for one in answers}
    return [_answered(said[key]) if what else _made(made[key]) for _, what, key in shown]


def offers_of(made: HandOverMade) -> list[Offer]:
    """Bodies that said that they have the problem too, then problems of the same field in other regions."""
    problem = made.agreement.problem
    shares = problem.shares.filter(until=None).order_by("said_at")[:MOST_OFFERED]
    found = [Offer(KoreanRegion(one.region), one.body_name, problem, said_too=True) for one in shares]
    states = (ProblemState.ACCEPTED.value, ProblemState.ANSWERED.value)
    alike = FieldProblem.objects.filter(topic=problem.topic, state__in=states).exclude(pk=problem.pk)
    elsewhere = alike.exclude(region=problem.region).order_by("-shared_by", "-proposed_at")[:MOST_OFFERED]
    return found + [Offer(KoreanRegion(one.region), one.body_name, one, said_too=False) for one in elsewhere]


def _made(one: HandOverMade) -> Reached:
    said = one.statement
    return Reached(KoreanRegion(said.region), said.site, one.made_at, said, None, said.proof.verdict, None)


def _answered(one: SpreadAnswer) -> Reached:
    answer, of = one.answer, one.made or one.taken
    assert of is not None  # a constraint of the table
    return Reached(
        KoreanRegion(one.region), one.site, answer.answered_at, of.statement, answer.became, answer.verdict, answer.here
    )
