"""Groups of a trainer, who belongs to them, and what they keep missing. No table ranks people by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from pandok.common.models import Account
from pandok.fields.academy.lesson_refusals import refusal
from pandok.fields.academy.models import Article, Group, GroupMember, TrialAnswer
from pandok.proof.shares import wilson_interval

LOOKED_BACK = timedelta(days=30)
MOST_SHOWN = 20
CONFIDENCE = 0.90


@dataclass(frozen=True)
class Repeated:
    """An article that the group misses: how often it was shown and missed, by how many of them. `interval`: of the
    share."""

    article: Article
    shown: int
    missed: int
    people: int
    interval: tuple[float, float]


def groups_of(trainer: Account) -> QuerySet[Group]:
    return Group.objects.filter(trainer=trainer).order_by(F("closed_at").asc(nulls_first=True), "name", "made_at")


def group_of(trainer: Account, group_id: UUID) -> Group:
    """One's own. Raises RequestError lesson.not_there."""
    found = groups_of(trainer).filter(pk=group_id).first()
    if found is None:
        raise refusal("not_there")
    return found


def standing_members(group: Group) -> QuerySet[GroupMember]:
    return group.members.filter(until=None).select_related("member").order_by("since")


def repeated_by(group: Group, now: datetime) -> Sequence[Repeated]:
    """Over the last month, while each was a member; what is missed most often first."""
    mine = Q()
    for one in standing_members(group):
        mine |= Q(trainee=one.member_id, answered_at__gte=max(one.since, now - LOOKED_BACK))
    if not mine:
        return []
    answers = TrialAnswer.objects.filter(mine, threat=True).exclude(article=None)
    counted = (
        answers.values("article")
        .annotate(
            shown=Count("pk"),
            missed=Count("pk", filter=~Q(said="stop")),
            people=Count("trainee", distinct=True, filter=~Q(said="stop")),
        )
        .filter(missed__gt=0)
        .order_by("-missed", "article")[:MOST_SHOWN]
    )
    articles = {one.pk: one for one in Article.objects.filter(pk__in=[row["article"] for row in counted])}
    return [
        Repeated(
            articles[row["article"]],
            row["shown"],
            row["missed"],
            row["people"],
            wilson_interval(row["missed"], row["shown"], confidence=CONFIDENCE) or (0.0, 1.0),
        )
        for row in counted
    ]
