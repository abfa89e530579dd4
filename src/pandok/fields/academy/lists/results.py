"""What somebody's answers show: of one sitting, or of all; everything with its interval, or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import NormalDist
from typing import Any

import numpy as np

from pandok.common.models import Account
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.academy.kinds import ArticleKind, Said, SittingMode
from pandok.fields.academy.lists.ability import ability_of, recent_answers
from pandok.fields.academy.models import Sitting, TrialAnswer
from pandok.fields.academy.sensitivity import CONFIDENCE, Counts, Told, counts_of, measured, told_share
from pandok.fields.academy.states import SittingState
from pandok.proof.ability.levels import LEAST_OF_EACH, Level, level_of
from pandok.proof.detection_measures import SLOPES, fitted_to_ratings
from pandok.proof.learning_curve import Gain, d_a_error, gain_of
from pandok.proof.shares import Quantile, counted_quantile

RATINGS = 10
"""From surely harmless (clear, 5) to surely a threat (stop, 5)."""
_SIDE = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)


@dataclass(frozen=True)
class Ability:
    """`theta`, `kappa`: with intervals of 90 %. `level`: or why none."""

    theta: Told
    kappa: Told
    level: Level
    threats: int
    harmless: int


@dataclass(frozen=True)
class Sensitivity:
    """`equal`: d′ and c, variances taken as equal. `at`: d_a and A_z at stated slopes. `fitted`: from the confidence;
    None where too few ratings were given."""

    d_prime: Told
    criterion: Told
    at: tuple[Told, ...]
    a_z: Told
    fitted: tuple[float, float, float] | None


@dataclass(frozen=True)
class Line:
    """One row of a table: of a category, an article, an hour or a site. Shares with their 90 % interval."""

    name: Text
    counts: Counts
    hit_share: Told | None
    alarm_share: Told | None
    seconds: float | None


@dataclass(frozen=True)
class Results:
    counts: Counts
    ability: Ability | None
    sensitivity: Sensitivity | None
    seconds: Quantile | None
    by_kind: tuple[Line, ...]
    by_article: tuple[Line, ...]
    by_hour: tuple[Line, ...]
    by_site: tuple[Line, ...]


def results_of(rows: Sequence[TrialAnswer], seed: int = 0) -> Results:
    """`rows`: with picture, article and sitting.site. `seed`: of the intervals, so that a page says the same again."""
    counts = counts_of(rows)
    return Results(
        counts=counts,
        ability=_ability(rows, counts) if rows else None,
        sensitivity=sensitivity_of(rows, counts, seed),
        seconds=_seconds(rows),
        by_kind=_lines(rows, _kind, ordered=[one.words.ko for one in ArticleKind]),
        by_article=_lines([row for row in rows if row.article_id], _article),
        by_hour=_lines(rows, _hour),
        by_site=_lines(rows, _site),
    )


def sitting_answers(sitting: Sitting) -> list[TrialAnswer]:
    return list(sitting.answers.select_related("picture", "article", "sitting__site").order_by("number"))


def person_answers(person: Account) -> list[TrialAnswer]:
    """The last ones, which say what the person is able to now."""
    keys = [one.pk for one in recent_answers(person)]
    rows = TrialAnswer.objects.filter(pk__in=keys).select_related("picture", "article", "sitting__site")
    return list(rows.order_by("answered_at", "id"))


def sensitivity_of(rows: Sequence[TrialAnswer], counts: Counts, seed: int) -> Sensitivity | None:
    if min(counts.threats, counts.harmless) < LEAST_OF_EACH:
        return None
    random = np.random.default_rng(seed)
    equal = measured(counts, random, 1.0)
    stated = [measured(counts, random, slope) for slope in SLOPES]
    return Sensitivity(
        d_prime=equal["d_prime"],
        criterion=equal["criterion"],
        at=tuple(one["d_a"] for one in stated),
        a_z=stated[-1]["a_z"],
        fitted=_fitted(rows),
    )


def gain_in(person: Account, course_id: Any) -> Gain | None:
    """Between the tests before and after a course, on separate sets. None: not both were finished."""
    found = []
    for mode in (SittingMode.PRETEST, SittingMode.POSTTEST):
        sitting = Sitting.objects.filter(
            trainee=person, course=course_id, mode=mode.value, state=SittingState.ENDED.value
        ).first()
        if sitting is None:
            return None
        counts = counts_of(sitting.answers.all())
        if min(counts.threats, counts.harmless) < LEAST_OF_EACH:
            return None
        found.append(d_a_and_error(counts))
    return gain_of(found[0], found[1])


def d_a_and_error(counts: Counts) -> tuple[float, float]:
    """d_a at the slope of certificates, and its standard error."""
    slope = SLOPES[-1]
    value = measured(counts, np.random.default_rng(0), slope)["d_a"].value
    return value, d_a_error(counts.of_threats, counts.of_harmless, slope)


def rating_of(row: TrialAnswer) -> int | None:
    """0 surely harmless to 9 surely a threat; None where it timed out."""
    if row.confidence is None:
        return None
    return 4 + row.confidence if row.said == Said.STOP else 5 - row.confidence


def _ability(rows: Sequence[TrialAnswer], counts: Counts) -> Ability:
    estimate = ability_of(rows)
    side = _SIDE * estimate.kappa_sd
    return Ability(
        theta=Told(estimate.theta, *estimate.interval(CONFIDENCE)),
        kappa=Told(estimate.kappa, estimate.kappa - side, estimate.kappa + side),
        level=level_of(estimate, counts.of_threats, counts.of_harmless),
        threats=counts.threats,
        harmless=counts.harmless,
    )


def _fitted(rows: Sequence[TrialAnswer]) -> tuple[float, float, float] | None:
    """Slope, d_a, A_z of the confidence. None where one kind has too few ratings."""
    signal, noise = [0] * RATINGS, [0] * RATINGS
    for row in rows:
        rating = rating_of(row)
        if rating is not None:
            (signal if row.threat else noise)[rating] += 1
    if min(sum(signal), sum(noise)) < LEAST_OF_EACH:
        return None
    found = fitted_to_ratings(signal, noise)
    return found.slope, found.d_a, found.a_z


def _seconds(rows: Sequence[TrialAnswer]) -> Quantile | None:
    return counted_quantile([(row.seconds, 1) for row in rows if row.said != Said.TIMED_OUT], 0.5, confidence=0.90)


def _lines(
    rows: Sequence[TrialAnswer], key: Callable[[TrialAnswer], Text], ordered: Sequence[str] = ()
) -> tuple[Line, ...]:
    groups: dict[str, tuple[Text, list[TrialAnswer]]] = {}
    for row in rows:
        name = key(row)
        groups.setdefault(name.ko, (name, []))[1].append(row)
    names = [one for one in ordered if one in groups] if ordered else sorted(groups)
    return tuple(_line(*groups[name]) for name in names)


def _line(name: Text, rows: Sequence[TrialAnswer]) -> Line:
    counts = counts_of(rows)
    median = counted_quantile([(row.seconds, 1) for row in rows if row.said != Said.TIMED_OUT], 0.5)
    return Line(
        name,
        counts,
        told_share(counts.hits, counts.threats),
        told_share(counts.false_alarms, counts.harmless),
        median.value if median else None,
    )


def _kind(row: TrialAnswer) -> Text:
    return ArticleKind(row.article.kind).words if row.article else ArticleKind.HARMLESS.words


def _article(row: TrialAnswer) -> Text:
    assert row.article is not None
    return row.article.words


def _hour(row: TrialAnswer) -> Text:
    """Of the day at the office."""
    hour = row.shown_at.astimezone(OFFICE_ZONE).hour
    return Text(ko=f"{hour:02}시", en=f"{hour:02}:00")


def _site(row: TrialAnswer) -> Text:
    site = row.sitting.site
    return Text(ko=site.name_ko, en=site.name_en) if site else Text(ko="소속 없음", en="No site")


def last_result(person: Account) -> Sitting | None:
    """The last sitting that ended."""
    ended = Sitting.objects.filter(trainee=person, state=SittingState.ENDED.value)
    return ended.select_related("course").order_by("-state_since").first()


def sittings_of(person: Account, now: datetime, most: int = 50) -> list[Sitting]:
    """The newest first; none that lies ahead."""
    return list(Sitting.objects.filter(trainee=person, begun_at__lte=now).select_related("course")[:most])
