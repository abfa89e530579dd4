"""Firms with a public card for a problem, and open problems for such a firm: the rule of `firm_matching` on records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import ValidationError

from pandok.core.text import Text
from pandok.engines.alike_statements.shared_words import KnownStatements
from pandok.fields.programme.certificate_states import VALID, CertificateState
from pandok.fields.programme.firm_matching import Match, Work, matched, standing_of
from pandok.fields.programme.lists.afterwards import final_among
from pandok.fields.programme.lists.firms import Trial, public_cards, trials_of
from pandok.fields.programme.lists.problems import public_problems
from pandok.fields.programme.models import Agreement, FieldProblem, FirmCard
from pandok.fields.programme.overall import overall
from pandok.fields.programme.sources.known_sources import SOURCES
from pandok.fields.programme.states import ProblemState
from pandok.fields.programme.topics import Topic
from pandok.proof.verdict import Verdict

MOST, LOOKED_AT = 5, 200
_SOURCE_WORDS: dict[str, Text] = {name: one.words for name, one in SOURCES.items()}


@dataclass(frozen=True)
class FirmMatch:
    card: FirmCard
    agreement: Agreement
    match: Match


@dataclass(frozen=True)
class ProblemMatch:
    problem: FieldProblem
    match: Match


def firms_for(problem: FieldProblem) -> list[FirmMatch]:
    """The first by the rule; a firm without a public card is not named."""
    cards = {one.party_id: one for one in public_cards()}
    trials = trials_of(cards)
    statements: KnownStatements[str] = KnownStatements()
    for one in trials:
        statements.say(str(one.agreement.pk), one.agreement.problem.said.statement)
    near = {one.key: one.share for one in statements.nearest(problem.said.statement, count=LOOKED_AT)}
    own = {str(pk) for pk in problem.agreements.values_list("pk", flat=True)}
    works = [work_of(one) for one in trials if str(one.agreement.pk) not in own]
    agreements = {str(one.agreement.pk): one.agreement for one in trials}
    found = matched(Topic(problem.topic), _sources(problem.agreements.all()), works, near, _SOURCE_WORDS)[:MOST]
    return [FirmMatch(cards[int(one.work.firm)], agreements[one.work.key], one) for one in found]


def problems_for(trials: list[Trial]) -> list[ProblemMatch]:
    """Public problems that were taken up and have no answer, for one firm: each with the best of its trials."""
    asked = public_problems().filter(state=ProblemState.ACCEPTED.value).prefetch_related("agreements")
    works, done = [work_of(one) for one in trials], {one.agreement.problem_id for one in trials}
    problems = [one for one in asked.order_by("-proposed_at", "-id")[:LOOKED_AT] if one.pk not in done]
    statements: KnownStatements[int] = KnownStatements()
    for place, one in enumerate(problems):
        statements.say(place, one.said.statement)
    alike: list[dict[str, float]] = [{} for _ in problems]
    for trial in trials:
        for near in statements.nearest(trial.agreement.problem.said.statement, count=LOOKED_AT):
            alike[near.key][str(trial.agreement.pk)] = near.share
    found = [
        ProblemMatch(problem, best[0])
        for problem, near in zip(problems, alike, strict=True)
        if (best := matched(Topic(problem.topic), _sources(problem.agreements.all()), works, near, _SOURCE_WORDS))
    ]
    return sorted(found, key=lambda one: (one.match.step, -len(one.match.reasons)))[:MOST]


def work_of(trial: Trial) -> Work:
    """Of an agreement of `public_projects`."""
    agreement = trial.agreement
    verdict, final = verdict_of(agreement), final_among(agreement)
    states = {one.state for one in agreement.certificates.all() if final and one.measurement_id == final.pk}
    return Work(
        key=str(agreement.pk),
        firm=str(trial.party),
        topic=Topic(agreement.problem.topic),
        sources=_sources([agreement]),
        standing=standing_of(
            verdict,
            certified=any(CertificateState(one) in VALID for one in states),
            withdrawn=CertificateState.WITHDRAWN.value in states,
        ),
        verdict=verdict,
        at=agreement.made_at,
    )


def verdict_of(agreement: Agreement) -> Verdict | None:
    """Of the final measurement. None: there is none, or what was kept cannot be read."""
    final = final_among(agreement)
    try:
        return overall(one.verdict for one in final.evidence.kpis) if final else None
    except (ValidationError, ValueError):
        return None


def _sources(agreements: Iterable[Agreement]) -> frozenset[str]:
    return frozenset(str(line["source"]) for one in agreements if one.version for line in one.lines if "source" in line)
