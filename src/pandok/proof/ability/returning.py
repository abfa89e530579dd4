"""What a trainee is shown when: missed threats come back, no picture does too soon, and three of four are hit.

A threat is an article (this knife); a picture is an article in one bag. What is missed comes back as the article in
another bag, so that people learn the knife and not the picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import numpy as np

from pandok.proof.ability.answers import ThreatItem, chance_to_stop
from pandok.proof.ability.choosing import AMONG_BEST, TRAINING_CHANCE
from pandok.proof.ability.estimating import Estimate

RETURN_DAYS = (1, 3, 7, 21)
"""After the miss. A further miss begins anew."""
DAYS_BETWEEN = 14
"""Of one picture, for one person."""
LOOKED_BACK, LEAST_LOOKED_BACK = 40, 10
LEAST_HIT_SHARE = 0.70
_WEIGHT_OF_ALL, _ALL_COUNT_FROM = 6.0, 400
_CHANCES = (0.35, 0.97)
MOST_IDLE_S = 60.0
"""A minute of training counts only while a picture is shown and the person does something at least this often."""


@dataclass(frozen=True)
class Shown:
    """`day`: any count of days. `hit`: the threat was stopped."""

    article: str
    picture: str
    day: int
    hit: bool


@dataclass(frozen=True)
class Picture:
    article: str
    picture: str
    item: ThreatItem


@dataclass(frozen=True)
class Choice:
    """`returns`: it comes back because its article was missed."""

    picture: Picture
    returns: bool


def due_articles(history: Sequence[Shown], today: int) -> list[str]:
    """Missed articles that have to come back today, the longest overdue first. `history`: oldest first."""
    due = [(day, article) for article, day in _returns(history).items() if day <= today]
    return [article for _, article in sorted(due)]


def free_pictures(pictures: Iterable[Picture], history: Sequence[Shown], today: int) -> list[Picture]:
    """Those that this person has not seen for a fortnight."""
    seen = {one.picture for one in history if today - one.day < DAYS_BETWEEN}
    return [one for one in pictures if one.picture not in seen]


def wanted_chance(history: Sequence[Shown]) -> float:
    """Of a hit: .75, more after many misses and less after few, so that the share of hits stays where it should. What
    comes back is easier than it was, and an ability is known badly at first: the share of everything so far steers, the
    more the longer it is, and that of the last ones beside it."""
    of_all = sum(one.hit for one in history) / len(history) if len(history) >= LEAST_LOOKED_BACK else TRAINING_CHANCE
    weight = _WEIGHT_OF_ALL * min(1.0, len(history) / _ALL_COUNT_FROM)
    off = (TRAINING_CHANCE - _hit_share(history)) + weight * (TRAINING_CHANCE - of_all)
    return float(np.clip(TRAINING_CHANCE + off, *_CHANCES))


def next_picture(
    pictures: Sequence[Picture],
    history: Sequence[Shown],
    today: int,
    now: Estimate,
    random: np.random.Generator,
) -> Choice | None:
    """What has to come back, unless it is likely missed again while too much is missed already: then it waits until
    easier pictures have been hit, the same day if they are. Else what is hit with the wanted chance, drawn among the
    nearest ten, without articles that wait to come back. None where every picture was seen within a fortnight."""
    free, wanted = free_pictures(pictures, history, today), wanted_chance(history)
    for article in due_articles(history, today):
        of_article = [one for one in free if one.article == article]
        if of_article:
            chances = [chance_to_stop(one.item, now.theta, now.kappa) for one in of_article]
            at = int(np.argmin([abs(chance - wanted) for chance in chances]))
            if chances[at] >= LEAST_HIT_SHARE or _hit_share(history) >= LEAST_HIT_SHARE:
                return Choice(of_article[at], returns=True)
    waiting = set(_returns(history))
    left = [one for one in free if one.article not in waiting] or free
    if not left:
        return None
    off = [abs(chance_to_stop(one.item, now.theta, now.kappa) - wanted) for one in left]
    best = np.argsort(off, kind="stable")[:AMONG_BEST]
    return Choice(left[int(random.choice(best))], returns=False)


def counted_seconds(moments: Sequence[datetime]) -> float:
    """Seconds of training behind `moments`, in order: a picture shown, a key, a click, an answer. Gaps count up to
    `MOST_IDLE_S`. Raises ValueError where time runs backwards."""
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(moments)]
    if any(gap < 0 for gap in gaps):
        raise ValueError("moments are in order")
    return sum(min(gap, MOST_IDLE_S) for gap in gaps)


def _hit_share(history: Sequence[Shown]) -> float:
    """Of the last `LOOKED_BACK`; the wanted one while there are few."""
    last = history[-LOOKED_BACK:]
    return sum(one.hit for one in last) / len(last) if len(last) >= LEAST_LOOKED_BACK else TRAINING_CHANCE


def _returns(history: Sequence[Shown]) -> dict[str, int]:
    """Article → day on which it comes back next."""
    missed_on: dict[str, int] = {}
    stage: dict[str, int] = {}
    last: dict[str, int] = {}
    for one in history:
        if not one.hit:
            missed_on[one.article], stage[one.article] = one.day, 0
        elif one.article in stage and one.day >= missed_on[one.article] + RETURN_DAYS[stage[one.article]]:
            stage[one.article] += 1
            if stage[one.article] == len(RETURN_DAYS):
                del stage[one.article], missed_on[one.article]
        last[one.article] = one.day
    # Who was away on day 1 sees it later, and never two steps on one day.
    return {article: max(missed_on[article] + RETURN_DAYS[at], last[article] + 1) for article, at in stage.items()}
