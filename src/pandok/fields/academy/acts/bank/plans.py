"""Which picture has which number: the set, the article, the bag and the machine, out of a seed. Values only.

Articles of transfer, of the tests and of certificates have numbers of their own: none of them is ever trained.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from pandok.fields.academy.kinds import PictureSet

_T, _X, _B, _S = PictureSet.TRAINING, PictureSet.TRANSFER, PictureSet.BLIND, PictureSet.SEALED
ORDER = (_T, _B, _S, _T, _X, _T, _B, _S, _T, _T)
"""Sets of ten bags in a row: half of them are trained on."""
ARTICLES_OF: dict[PictureSet, tuple[int, int]] = {_T: (0, 8), _X: (100, 4), _B: (200, 6), _S: (300, 6)}
"""Of each kind: the first number, and how many."""
MOST_SEED = 2**31 - 1


@dataclass(frozen=True)
class Plan:
    """`kind`, `machine`: places in the generator's lists. `article`: number of the article of its kind. `bag_seed`:
    of the bag and its goods. `pair`: the harmless twin shows the look-alike, where it finds room."""

    seed: int
    number: int
    set: PictureSet
    kind: int
    article: int
    bag: Literal["bag", "parcel"]
    bag_seed: int
    machine: int
    pair: bool

    @property
    def bag_name(self) -> str:
        return f"computed-{self.seed}-{self.number}"


def plan_of(seed: int, number: int, kinds: int, machines: int) -> Plan:
    """The same seed and number give the same plan."""
    of_set = ORDER[number % len(ORDER)]
    before = number // len(ORDER) * ORDER.count(of_set) + ORDER[: number % len(ORDER)].count(of_set)
    first, count = ARTICLES_OF[of_set]
    random = np.random.default_rng([seed, number, 29])
    return Plan(
        seed=seed,
        number=number,
        set=of_set,
        kind=before % kinds,
        article=first + before // kinds % count,
        bag="bag" if random.random() < 0.5 else "parcel",
        bag_seed=int(random.integers(MOST_SEED)),
        machine=int(random.integers(machines)),
        pair=bool(random.random() < 0.5),
    )
