"""Spread: what was handed where and what became of it, by region and in time; and who else has such a problem."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from pandok.core.programme.hand_over import Became, Conditions, HandOver
from pandok.fields.programme.models import FieldProblem, HandOverMade, HandOverTaken, SpreadAnswer
from pandok.fields.programme.spread_refusals import refusal
from pandok.fields.programme.states import ProblemState
from pandok.fields.programme.topics import KoreanRegion

MOST_SHOWN = 200
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


def reached() -> list[Reached]:
    """The newest first: of what was made here and what other sites said of it, and what this site said of theirs."""
    found: list[Reached] = []
    for made in made_here()[:MOST_SHOWN]:
        said = made.statement
        found.append(Reached(KoreanRegion(said.region), said.site, made.made_at, said, None, said.proof.verdict, None))
        found += [_answered(one, said) for one in made.answers.all()]
    for own in SpreadAnswer.objects.filter(taken__isnull=False).select_related("taken")[:MOST_SHOWN]:
        assert own.taken is not None
        found.append(_answered(own, own.taken.statement))
    return sorted(found, key=lambda one: one.at, reverse=True)


def offers_of(made: HandOverMade) -> list[Offer]:
    """Bodies that said that they have the problem too, then problems of the same field in other regions."""
    problem = made.agreement.problem
    shares = problem.shares.filter(until=None).order_by("said_at")[:MOST_OFFERED]
    found = [Offer(KoreanRegion(one.region), one.body_name, problem, said_too=True) for one in shares]
    states = (ProblemState.ACCEPTED.value, ProblemState.ANSWERED.value)
    alike = FieldProblem.objects.filter(topic=problem.topic, state__in=states).exclude(pk=problem.pk)
    elsewhere = alike.exclude(region=problem.region).order_by("-shared_by", "-proposed_at")[:MOST_OFFERED]
    return found + [Offer(KoreanRegion(one.region), one.body_name, one, said_too=False) for one in elsewhere]


def _answered(one: SpreadAnswer, said: HandOver) -> Reached:
    answer = one.answer
    return Reached(
        KoreanRegion(one.region), one.site, answer.answered_at, said, answer.became, answer.verdict, answer.here
    )
