"""Which item next: two modes, because training and measuring want different items.

To measure: most information, so that few items are enough. To train: a chance of a hit of about .75, so that people
neither despair nor doze; such items measure no better than items drawn at random.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np

from pandok.proof.ability.answers import HarmlessItem, ThreatItem, chance_to_stop
from pandok.proof.ability.estimating import Estimate, information

TRAINING_CHANCE = 0.75
AMONG_BEST = 10
"""For training: drawn among so many, so that not everybody sees the same."""
AMONG_MOST_INFORMATIVE = 3
THREAT_SHARE = 0.5


class Mode(StrEnum):
    MEASURE = "measure"
    TRAIN = "train"


def next_item(
    left: Sequence[ThreatItem] | Sequence[HarmlessItem],
    now: Estimate,
    mode: Mode,
    random: np.random.Generator,
) -> int | None:
    """Which of the items that are `left` (all of one kind); None where none is."""
    if not left:
        return None
    if mode is Mode.MEASURE:
        worth = np.array([information(item, now.theta, now.kappa) for item in left])
        best = np.argsort(-worth, kind="stable")[:AMONG_MOST_INFORMATIVE]
    else:
        chances = np.array([chance_to_stop(item, now.theta, now.kappa) for item in left])
        wanted = TRAINING_CHANCE if isinstance(left[0], ThreatItem) else 1 - TRAINING_CHANCE
        best = np.argsort(np.abs(chances - wanted), kind="stable")[:AMONG_BEST]
    return int(random.choice(best))


def wants_threat(random: np.random.Generator, share: float = THREAT_SHARE) -> bool:
    """Drawn for every trial by itself: nobody can count how many are still to come."""
    return bool(random.random() < share)
