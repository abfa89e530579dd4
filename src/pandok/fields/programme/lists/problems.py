"""Problems of the field: who may see which, found by state, field, region and words; what everybody may see."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from pandok.common.models import Account
from pandok.fields.programme.models import FieldProblem
from pandok.fields.programme.refusals import refusal
from pandok.fields.programme.roles import Action
from pandok.fields.programme.states import ProblemState
from pandok.fields.programme.topics import KoreanRegion, Topic

MOST_WORDS = 5


@dataclass(frozen=True)
class Asked:
    """What a list is narrowed to; what no list knows narrows nothing."""

    words: str = ""
    state: str = ""
    topic: str = ""
    region: str = ""
    own: bool = False
    most_shared: bool = False


def public_problems() -> QuerySet[FieldProblem]:
    """For everybody."""
    return FieldProblem.objects.filter(published=True)


def problems_visible_to(account: Account) -> QuerySet[FieldProblem]:
    if account.may(Action.SEE_ALL_PROBLEMS):
        return FieldProblem.objects.all()
    return FieldProblem.objects.filter(Q(published=True) | Q(proposed_by=account))


def problem_for(account: Account, problem_id: UUID) -> FieldProblem:
    """Raises RequestError: field_problem.not_there."""
    shown = problems_visible_to(account).select_related("proposed_by", "merged_into")
    found: FieldProblem | None = shown.filter(pk=problem_id).first()
    if found is None:
        raise refusal("not_there")
    return found


def sees_inside(account: Account, problem: FieldProblem) -> bool:
    """Reasons, people and history, which are not public: of whom it is, and of who keeps the register."""
    return account.may(Action.SEE_ALL_PROBLEMS) or problem.proposed_by_id == account.pk


def found_among(
    problems: QuerySet[FieldProblem], asked: Asked, account: Account | None = None
) -> QuerySet[FieldProblem]:
    """The newest first, or what most have."""
    if asked.state in set(ProblemState):
        problems = problems.filter(state=asked.state)
    if asked.topic in set(Topic):
        problems = problems.filter(topic=asked.topic)
    if asked.region in set(KoreanRegion):
        problems = problems.filter(region=asked.region)
    if asked.own and account is not None:
        problems = problems.filter(proposed_by=account)
    for word in asked.words.split()[:MOST_WORDS]:
        problems = problems.filter(
            Q(number=word) | Q(title__icontains=word) | Q(who_suffers__icontains=word) | Q(place__icontains=word)
        )
    order = ("-shared_by", "-proposed_at", "-id") if asked.most_shared else ("-proposed_at", "-id")
    return problems.order_by(*order)
