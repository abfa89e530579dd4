"""Spread: what was handed where and what became of it, by region and in time; and who else has such a problem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from pandok.core.programme.hand_over import Became, Conditions, HandOver
from pandok.core.terms.office_days import day_begins, day_is_over
from pandok.fields.programme.models import FieldProblem, HandOverMade, HandOverTaken, SpreadAnswer
from pandok.fields.programme.spread_refusals import refusal
from pandok.fields.programme.states import ProblemState
from pandok.fields.programme.topics import KoreanRegion, Topic

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


@dataclass(frozen=True)
class Happened:
    """`what`: "" for a hand-over or "answer", with its `key`; `became`: "" of a hand-over."""

    at: datetime
    what: str
    key: UUID
    region: str
    site: str
    topic: str
    became: str


@dataclass(frozen=True)
class SpreadAsked:
    """What the map is narrowed to; a field or region that there is not narrows nothing. Days are those of the office,
    the last one included."""

    topic: str = ""
    region: str = ""
    site: str = ""
    since: date | None = None
    until: date | None = None

    def fits(self, one: Happened) -> bool:
        return (
            (self.topic not in set(Topic) or one.topic == self.topic)
            and (self.region not in set(KoreanRegion) or one.region == self.region)
            and self.site.casefold() in one.site.casefold()
            and (self.since is None or one.at >= day_begins(self.since))
            and (self.until is None or one.at < day_is_over(self.until))
        )


EVERYTHING = SpreadAsked()


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


def happened(asked: SpreadAsked = EVERYTHING) -> list[Happened]:
    """The newest first: of what was made here and what other sites said of it, and what this site said of theirs.
    Without what they say, which `reached_at` reads of those that are shown."""
    made = HandOverMade.objects.order_by().values_list(
        "pk", "made_at", "values__region", "values__site", "values__problem__topic"
    )
    said = SpreadAnswer.objects.order_by().values_list(
        "pk", "values__answered_at", "region", "site", "became",
        "made__values__problem__topic", "taken__values__problem__topic",
    )  # fmt: skip
    found = [Happened(at, "", key, region, site, topic, "") for key, at, region, site, topic in made]
    found += [
        Happened(datetime.fromisoformat(at), "answer", key, region, site, of_made or of_taken, became)
        for key, at, region, site, became, of_made, of_taken in said
    ]
    return sorted((one for one in found if asked.fits(one)), key=lambda one: one.at, reverse=True)


def counted_by_region(found: Iterable[Happened]) -> dict[KoreanRegion, RegionCounts]:
    """How often something was tried, accepted and refused in each."""
    counts = Counter((one.region, one.became) for one in found)
    return {
        one: RegionCounts(
            counts[one.value, ""], counts[one.value, Became.ACCEPTED.value], counts[one.value, Became.REFUSED.value]
        )
        for one in KoreanRegion
    }


def reached_at(shown: Sequence[Happened]) -> list[Reached]:
    """In the order given."""
    keys = {what: [one.key for one in shown if one.what == what] for what in ("", "answer")}
    made = {one.pk: one for one in HandOverMade.objects.filter(pk__in=keys[""])}
    answers = SpreadAnswer.objects.select_related("made", "taken").filter(pk__in=keys["answer"])
    said = {one.pk: one for one in answers}
    return [_answered(said[one.key]) if one.what else _made(made[one.key]) for one in shown]


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
