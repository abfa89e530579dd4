"""Whether what was trained carries over: answers to articles that were never trained, apart from those that were, and
of them those from machines whose pictures this person never trained on. Each with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pandok.common.models import Account
from pandok.fields.academy.kinds import PictureSet
from pandok.fields.academy.lists.ability import LAST_ANSWERS
from pandok.fields.academy.models import TrialAnswer
from pandok.fields.academy.sensitivity import Counts, Told, counts_of, d_a_with_interval, told_share
from pandok.proof.ability.levels import LEAST_OF_EACH


@dataclass(frozen=True)
class Side:
    """`hit_share`, `alarm_share`: None where none was shown. `d_a`: None below ten of each kind."""

    counts: Counts
    hit_share: Told | None
    alarm_share: Told | None
    d_a: Told | None


@dataclass(frozen=True)
class Transfer:
    """`other_machines`: of `never_trained`; None where every machine of it was trained on."""

    trained: Side
    never_trained: Side
    other_machines: Side | None


def transfer_of(person: Account, seed: int = 0) -> Transfer | None:
    """Over the last answers of each set. `seed`: of the intervals. None: no article of transfer was answered."""
    apart = _last(person, PictureSet.TRANSFER)
    if not apart:
        return None
    known = _last(person, PictureSet.TRAINING)
    mine = TrialAnswer.objects.filter(trainee=person, picture__set=PictureSet.TRAINING.value)
    machines = set(mine.values_list("picture__machine", flat=True).distinct())
    other = [row for row in apart if row.picture.machine and row.picture.machine not in machines]
    return Transfer(_side(known, seed), _side(apart, seed), _side(other, seed) if other else None)


def _last(person: Account, of_set: PictureSet) -> list[TrialAnswer]:
    rows = TrialAnswer.objects.filter(trainee=person, picture__set=of_set.value).select_related("picture")
    return list(rows.order_by("-answered_at", "-id")[:LAST_ANSWERS])


def _side(rows: Sequence[TrialAnswer], seed: int) -> Side:
    counts = counts_of(rows)
    enough = min(counts.threats, counts.harmless) >= LEAST_OF_EACH
    return Side(
        counts,
        told_share(counts.hits, counts.threats),
        told_share(counts.false_alarms, counts.harmless),
        d_a_with_interval(counts, np.random.default_rng(seed)) if enough else None,
    )
