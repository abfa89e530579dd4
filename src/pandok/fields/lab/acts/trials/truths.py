"""What the goods of a trial's cases really are, as far as it is known by ways that say how likely it was to be known.

Goods whose case went on are opened: what the case teaches counts, once it is closed. Goods that were let go count only
where they were drawn for a random check; what became known of others by the way is left aside, because it became known
for a reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pandok.core.lab.answers import UNKNOWN, Kind, KnownTruth
from pandok.fields.counterfeit.acts.learning.case_figures import facts_of
from pandok.fields.counterfeit.models import HolderAnswer, LaterFinding
from pandok.fields.counterfeit.outcomes import Answer, Finding
from pandok.fields.counterfeit.states import State
from pandok.fields.counterfeit.truth import CaseFacts, Verdict, truth_of
from pandok.fields.lab.models import ShadowDecision

RANDOM_CHECK = "random_check"


@dataclass(frozen=True)
class CaseTruth:
    """`chance`: with which the truth was to become known. `expected`: it is to become known at all (opened or drawn).
    `settled`: known, not expected, or waited for long enough."""

    truth: KnownTruth
    chance: float
    expected: bool
    settled: bool

    def as_json(self) -> dict[str, Any]:
        return {
            "truth": self.truth.model_dump(mode="json"),
            "chance": self.chance,
            "expected": self.expected,
            "settled": self.settled,
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> CaseTruth:
        truth = KnownTruth.model_validate(value["truth"])
        return cls(truth, value["chance"], expected=value["expected"], settled=value["settled"])


def truths(decisions: Iterable[ShadowDecision], *, within: timedelta, now: datetime) -> dict[object, CaseTruth]:
    """By the primary key of the shadow case. `decisions` come with case, draw, finding and desk case selected."""
    decisions = list(decisions)
    ids = [one.desk_case_id for one in decisions]
    answers: dict[object, list[Answer]] = {}
    rows = HolderAnswer.objects.filter(case__in=ids).order_by("at", "id").values_list("case_id", "answer")
    for case_id, answer in rows:
        answers.setdefault(case_id, []).append(Answer(answer))
    later = {one.case_id: one for one in LaterFinding.objects.filter(case__in=ids).select_related("design")}
    return {
        one.pk: _truth(one, answers.get(one.desk_case_id, []), later.get(one.desk_case_id), now - within)
        for one in decisions
    }


def _truth(
    decision: ShadowDecision, answers: list[Answer], later: LaterFinding | None, waited_since: datetime
) -> CaseTruth:
    over = decision.at <= waited_since
    if decision.kind == Kind.DESIGN.value:
        facts = facts_of(decision.desk_case, answers, bool(answers), later)
        found = learned(facts, first_choice=decision.design_id)
        return CaseTruth(found, 1.0, expected=True, settled=found.known or bool(found.not_designs) or over)
    draw = getattr(decision.case, "draw", None)
    if draw is None or not draw.drawn:
        return CaseTruth(UNKNOWN, draw.probability if draw else 1.0, expected=False, settled=True)
    finding = getattr(draw, "finding", None)
    if finding is not None:
        found = KnownTruth(known=True, design_id=finding.design_id, source=RANDOM_CHECK)
        return CaseTruth(found, draw.probability, expected=True, settled=True)
    return CaseTruth(UNKNOWN, draw.probability, expected=True, settled=over)


def learned(facts: CaseFacts, *, first_choice: str) -> KnownTruth:
    """What a case teaches once it is closed; a holder's "not mine" tells at least what the goods are not."""
    if facts.state is not State.CLOSED:
        return UNKNOWN
    found = truth_of(facts)
    if found.verdict is not Verdict.UNKNOWN:
        return KnownTruth(known=True, design_id=found.design_id, source=found.source.value)
    not_mine = Answer.NOT_MY_RIGHT in facts.answers
    refused = set()
    if facts.finding is Finding.OTHER_RIGHT and facts.design_id:
        refused.add(facts.design_id)
    if not_mine and facts.answers[-1] is Answer.NOT_MY_RIGHT and facts.design_id:
        refused.add(facts.design_id)
    if not_mine and first_choice and first_choice != facts.design_id:
        refused.add(first_choice)
    return KnownTruth(known=False, not_designs=tuple(sorted(refused)))
