"""Which picture comes next. It is chosen once the answer before it is kept, and not a moment earlier."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar

import numpy as np

from pandok.fields.academy.acts.sittings.limit import is_over
from pandok.fields.academy.kinds import PictureSet, SittingMode
from pandok.fields.academy.lists.ability import ability_in
from pandok.fields.academy.lists.answered import office_day, seen_since, training_history
from pandok.fields.academy.lists.bank import Bank, HarmlessPicture, bank_of
from pandok.fields.academy.lists.looks import shown_outside
from pandok.fields.academy.models import Shown, Sitting
from pandok.proof.ability.choosing import Mode, next_item, wants_threat
from pandok.proof.ability.estimating import Estimate
from pandok.proof.ability.returning import DAYS_BETWEEN, next_picture
from pandok.proof.ability.returning import Picture as ThreatPicture

P = TypeVar("P", ThreatPicture, HarmlessPicture)

ENOUGH_SD = 0.30
LEAST_OF_EACH = 15
"""A measurement ends when the ability is known so well, from at least so many threats and harmless pictures."""


def choose_next(sitting: Sitting, now: datetime) -> Shown | None:
    """The picture after the answers so far, kept as not shown yet. None: nothing is left, enough was measured, or the
    test is over. In the caller's transaction, which holds the sitting."""
    if is_over(sitting, now):
        return None
    number = sitting.answers.count() + 1
    mode = SittingMode(sitting.mode)
    if mode.fixed:
        found = (sitting.order[number - 1], False) if number <= len(sitting.order) else None
    elif sitting.spent_s >= 60 * sitting.course.minutes:
        found = None
    else:
        found = _chosen(sitting, mode, number, now)
    if found is None:
        return None
    picture, returns = found
    return Shown.objects.create(sitting=sitting, number=number, picture_id=picture, returns=returns, chosen_at=now)


def _chosen(sitting: Sitting, mode: SittingMode, number: int, now: datetime) -> tuple[str, bool] | None:
    random = np.random.default_rng([sitting.seed, number])
    bank, estimate = bank_of(mode.set, sitting.course.machine_class), ability_in(sitting)
    wanted = wants_threat(random, sitting.course.threat_share)
    if mode is SittingMode.MEASURE:
        if _known_enough(sitting, estimate):
            return None
        return _to_measure(sitting, bank, estimate, wanted, random)
    # The other kind where one has run out: never nothing while something is left.
    for threat in (wanted, not wanted):
        found = _to_train(sitting, bank, estimate, threat, now, random)
        if found is not None:
            return found
    return None


def _known_enough(sitting: Sitting, estimate: Estimate) -> bool:
    threats = sitting.answers.filter(threat=True).count()
    harmless = sitting.answers.filter(threat=False).count()
    return estimate.theta_sd <= ENOUGH_SD and min(threats, harmless) >= LEAST_OF_EACH


def _to_measure(
    sitting: Sitting, bank: Bank, estimate: Estimate, wanted: bool, random: np.random.Generator
) -> tuple[str, bool] | None:
    """A picture that this person never saw; an article once a sitting, as long as there are others."""
    seen = seen_since(sitting.trainee, None) | shown_outside(sitting.trainee, PictureSet.TRANSFER)
    seen = bank.with_twins(seen)
    met = {str(one) for one in sitting.answers.filter(threat=True).values_list("article_id", flat=True)}
    for threat in (wanted, not wanted):
        if threat:
            left = [one for one in bank.threats if one.picture not in seen]
            left = [one for one in left if one.article not in met] or left
            place = next_item([one.item for one in left], estimate, Mode.MEASURE, random)
            if place is not None:
                return left[place].picture, False
        else:
            free = [one for one in bank.harmless if one.picture not in seen]
            place = next_item([one.item for one in free], estimate, Mode.MEASURE, random)
            if place is not None:
                return free[place].picture, False
    return None


def _to_train(
    sitting: Sitting, bank: Bank, estimate: Estimate, threat: bool, now: datetime, random: np.random.Generator
) -> tuple[str, bool] | None:
    seen = bank.with_twins(seen_since(sitting.trainee, now - timedelta(days=DAYS_BETWEEN)))
    if threat:
        pictures = _unseen(bank.threats, seen)
        history = training_history(sitting.trainee, now)
        choice = next_picture(pictures, history, office_day(now).toordinal(), estimate, random)
        return (choice.picture.picture, choice.returns) if choice else None
    free = _unseen(bank.harmless, seen)
    place = next_item([one.item for one in free], estimate, Mode.TRAIN, random)
    return (free[place].picture, False) if place is not None else None


def _unseen(pictures: Sequence[P], seen: set[str]) -> list[P]:
    return [one for one in pictures if one.picture not in seen]
