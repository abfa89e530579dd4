"""How somebody's sensitivity changed over the images seen, and what to repeat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pandok.common.models import Account
from pandok.fields.academy.lists.answered import office_day, training_history
from pandok.fields.academy.lists.results import d_a_and_error
from pandok.fields.academy.models import Article, TrialAnswer
from pandok.fields.academy.sensitivity import counts_of
from pandok.proof.ability.levels import LEAST_OF_EACH
from pandok.proof.ability.returning import RETURN_DAYS, due_articles
from pandok.proof.learning_curve import LEAST_POINTS, LearningCurve, Point, fitted_curve


@dataclass(frozen=True)
class Repeat:
    """An article that was missed: when it comes back, and how often it was shown and hit in training."""

    article: Article
    due_on: date
    shown: int
    hits: int


@dataclass(frozen=True)
class Learning:
    """`points`: one for each sitting with ten of each kind. `curve`: None where there are fewer than five."""

    points: tuple[Point, ...]
    curve: LearningCurve | None


def learning_of(person: Account) -> Learning:
    """Over all sittings, oldest first."""
    by_sitting: dict[object, list[TrialAnswer]] = {}
    for row in TrialAnswer.objects.filter(trainee=person).order_by("answered_at", "id"):
        by_sitting.setdefault(row.sitting_id, []).append(row)
    points, before = [], 0
    for rows in by_sitting.values():
        counts = counts_of(rows)
        if min(counts.threats, counts.harmless) >= LEAST_OF_EACH:
            value, error = d_a_and_error(counts)
            points.append(Point(before + len(rows) / 2, value, error))
        before += len(rows)
    return Learning(tuple(points), fitted_curve(points) if len(points) >= LEAST_POINTS else None)


def repeats_of(person: Account, now: datetime) -> list[Repeat]:
    """Missed articles, those that are due longest first."""
    history, today = training_history(person, now), office_day(now)
    due: dict[str, date] = {}
    for days in range(max(RETURN_DAYS) + 1):
        day = today + timedelta(days=days)
        for article in due_articles(history, day.toordinal()):
            due.setdefault(article, day)
    articles = {str(one.pk): one for one in Article.objects.filter(pk__in=list(due))}
    return [
        Repeat(
            articles[key],
            day,
            sum(one.article == key for one in history),
            sum(one.article == key and one.hit for one in history),
        )
        for key, day in due.items()
    ]


def due_today(person: Account, now: datetime) -> int:
    return len(due_articles(training_history(person, now), office_day(now).toordinal()))
