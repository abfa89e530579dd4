"""What is missed comes back after 1, 3, 7 and 21 days in another bag, no picture within a fortnight; idle minutes do
not count."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from pandok.proof.ability.answers import Answer, ThreatItem, chance_to_stop
from pandok.proof.ability.estimating import Posterior
from pandok.proof.ability.returning import (
    DAYS_BETWEEN,
    Picture,
    Shown,
    counted_seconds,
    due_articles,
    free_pictures,
    next_picture,
    wanted_chance,
)


def days_of(history: list[Shown], article: str, until: int) -> list[int]:
    """On which days it comes back, for who is there every day and hits."""
    found = []
    for day in range(until):
        if article in due_articles(history, day):
            found.append(day)
            history = [*history, Shown(article, f"{article}-{day}", day, hit=True)]
    return found


def test_a_missed_article_comes_back_after_1_3_7_and_21_days() -> None:
    assert days_of([Shown("knife", "knife-a", 100, hit=False)], "knife", 140) == [101, 103, 107, 121]


def test_a_further_miss_begins_anew_and_what_was_hit_does_not_come_back() -> None:
    history = [Shown("knife", "a", 0, hit=False), Shown("knife", "b", 1, hit=True), Shown("knife", "c", 3, hit=False)]
    assert days_of(history, "knife", 40) == [4, 6, 10, 24]
    assert days_of([Shown("knife", "a", 0, hit=True)], "knife", 40) == []


def test_who_was_away_sees_it_when_back_and_one_step_a_day() -> None:
    history = [Shown("knife", "a", 0, hit=False)]
    assert due_articles(history, 9) == ["knife"]
    history.append(Shown("knife", "b", 9, hit=True))
    assert due_articles(history, 9) == []
    assert due_articles(history, 10) == ["knife"]


def test_no_picture_is_shown_twice_within_a_fortnight() -> None:
    pictures = [Picture("knife", "a", ThreatItem()), Picture("knife", "b", ThreatItem())]
    history = [Shown("knife", "a", 0, hit=True)]
    assert [one.picture for one in free_pictures(pictures, history, DAYS_BETWEEN - 1)] == ["b"]
    assert len(free_pictures(pictures, history, DAYS_BETWEEN)) == 2
    now, random = Posterior().estimate(), np.random.default_rng(1)
    both = [*history, Shown("knife", "b", 0, hit=True)]
    assert next_picture(pictures, both, 5, now, random) is None


def test_what_comes_back_comes_first_and_in_another_bag() -> None:
    pictures = [
        Picture(kind, f"{kind}-{at}", ThreatItem(1.0, 0.1 * at)) for kind in ("knife", "brick") for at in range(5)
    ]
    history = [Shown("knife", "knife-0", 0, hit=False)]
    choice = next_picture(pictures, history, 1, Posterior().estimate(), np.random.default_rng(1))
    assert choice is not None
    assert choice.returns
    assert choice.picture.picture == "knife-1"
    today = next_picture(pictures, history, 0, Posterior().estimate(), np.random.default_rng(1))
    assert today is not None
    assert today.picture.article == "brick"


def test_three_of_four_are_hit_over_two_weeks_of_training_and_no_rule_is_broken() -> None:
    random = np.random.default_rng(4)
    pictures = [
        Picture(f"article-{article}", f"{article}-{bag}", ThreatItem(1.2, float(random.normal(0, 1.2))))
        for article in range(60)
        for bag in range(10)
    ]
    history: list[Shown] = []
    posterior, theta = Posterior(), 0.3
    for day in range(14):
        for _ in range(25):
            choice = next_picture(pictures, history, day, posterior.estimate(), random)
            assert choice is not None
            hit = bool(random.random() < chance_to_stop(choice.picture.item, theta, 0.0))
            history.append(Shown(choice.picture.article, choice.picture.picture, day, hit))
            posterior.add(Answer(choice.picture.item, hit))
    assert len({one.picture for one in history}) == len(history)
    assert 0.70 <= np.mean([one.hit for one in history]) <= 0.80


def test_after_many_misses_easier_pictures_are_wanted() -> None:
    misses = [Shown("a", str(at), 0, hit=at % 2 == 0) for at in range(20)]
    assert wanted_chance(misses) > 0.85
    assert wanted_chance([]) == 0.75
    hits = [Shown("a", str(at), 0, hit=True) for at in range(20)]
    assert 0.35 <= wanted_chance(hits) < 0.55


def test_the_share_of_everything_so_far_steers_the_more_the_longer_it_is() -> None:
    """The last forty may look right while the whole is too easy: then harder pictures are wanted until it is not."""
    right = [Shown("a", str(at), 0, hit=at % 4 != 0) for at in range(40)]
    easy = [Shown("a", str(at), 0, hit=at % 10 != 0) for at in range(80)]
    longer = [Shown("a", str(at), 0, hit=at % 10 != 0) for at in range(320)]
    assert wanted_chance(right) == pytest.approx(0.75)
    assert wanted_chance(longer + right) < wanted_chance(easy + right) < 0.72


def test_learners_of_all_abilities_hit_three_of_four_though_missed_articles_become_easier() -> None:
    random = np.random.default_rng(8)
    for theta in (-1.5, 0.0, 1.3):
        pictures = [
            Picture(f"{article}", f"{article}-{bag}", ThreatItem(1.2, float(random.normal(-0.8, 1.3))))
            for article in range(40)
            for bag in range(20)
        ]
        history: list[Shown] = []
        posterior, learnt = Posterior(), dict.fromkeys(map(str, range(40)), 0.0)
        for day in range(14):
            for _ in range(20):
                choice = next_picture(pictures, history, day, posterior.estimate(), random)
                assert choice is not None
                shown = choice.picture
                chance = chance_to_stop(shown.item, theta + learnt[shown.article], 0.0)
                hit = bool(random.random() < chance)
                history.append(Shown(shown.article, shown.picture, day, hit))
                posterior.add(Answer(shown.item, hit))
                learnt[shown.article] += 0.0 if hit else 0.5
        assert 0.70 <= np.mean([one.hit for one in history]) <= 0.80


def test_minutes_count_only_while_somebody_does_something() -> None:
    begin = datetime(2026, 3, 2, 1, tzinfo=UTC)
    moments = [begin + timedelta(seconds=one) for one in (0, 20, 50, 400, 410)]
    assert counted_seconds(moments) == 20 + 30 + 60 + 10
    assert counted_seconds([]) == 0
    with pytest.raises(ValueError, match="in order"):
        counted_seconds(moments[::-1])
