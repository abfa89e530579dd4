"""How many inserted masses stand out, at one false alarm in a hundred empty containers: measured on a site's own scans.

Every container is judged by a bank that does not hold it: the empty ones are split into groups, and each group is
compared with the others. The limit is the 99th percentile of their scores; a mass counts as found only where the place
itself goes beyond the limit, not by anything else in the scan.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pandok.readers.xray.containers.comparing import LEAST_BANK, FewContainers, StructureBank, bank_of, compared
from pandok.readers.xray.containers.inserting import with_mass, zones_of
from pandok.readers.xray.containers.kinds import ContainerKind, Zone
from pandok.readers.xray.containers.placing import ShareBox, container_in
from pandok.readers.xray.containers.registering import MARGIN_PX, Plane, raster_of
from pandok.readers.xray.physics.basis import DualResponse

GROUPS = 5
LEAST_EMPTY = 20
"""Fewer say next to nothing about one alarm in a hundred."""
QUANTILE = 0.99
BESIDE_MM = 100.0
"""How far beside the mass its place may be pointed at: columns are moved so far when a scan is laid on its kind."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class EmptyScan:
    """`transmission` (rows, columns) of the high energy; `air_share`: relative noise in air."""

    transmission: NDArray[np.float32]
    penetration_limit: float
    air_share: float


@dataclass(frozen=True)
class Trial:
    zone: Zone
    found: bool


@dataclass(frozen=True)
class StructureRecall:
    """`scores`: of the empty containers, as they came; `limit`: beyond which a place counts; one trial a container."""

    scores: tuple[float, ...]
    limit: float
    trials: tuple[Trial, ...]

    @property
    def alarms(self) -> int:
        """Empty containers beyond the limit, of all."""
        return sum(score > self.limit for score in self.scores)

    @property
    def found(self) -> int:
        return sum(one.found for one in self.trials)


def recall_of(
    empties: Sequence[EmptyScan], kind: ContainerKind, response: DualResponse, seed: int, progress: Progress
) -> StructureRecall:
    """The same for the same seed. Raises FewContainers below `LEAST_EMPTY`, NoContainer."""
    if len(empties) < max(LEAST_EMPTY, LEAST_BANK + GROUPS):
        raise FewContainers(f"{len(empties)} of {LEAST_EMPTY}")
    zones = zones_of(kind)
    order = np.random.default_rng([seed, 1]).permutation(len(empties))
    scores: list[float] = []
    darkest: list[tuple[Zone, float]] = []
    for group in range(GROUPS):
        mine = order[group::GROUPS]
        bank = bank_of([empties[at].transmission for at in order if at not in mine], kind)
        for at in mine:
            number = len(scores)
            one = empties[at]
            clean = compared(one.transmission, bank, penetration_limit=one.penetration_limit)
            scores.append(clean.score)
            place = container_in(one.transmission, kind, clean.turned)
            random = np.random.default_rng([seed, 2, int(at)])
            mass = with_mass(
                one.transmission, place, zones[number % len(zones)], response, random, air_share=one.air_share
            )
            hidden = compared(mass.transmission, bank, penetration_limit=one.penetration_limit)
            darkest.append((mass.zone, _darkest_at(hidden.z["bank"], mass.box, bank)))
            progress(number + 1, len(empties))
    limit = float(np.quantile(scores, QUANTILE))
    return StructureRecall(tuple(scores), limit, tuple(Trial(zone, z > limit) for zone, z in darkest))


def _darkest_at(z: Plane, box: ShareBox, bank: StructureBank) -> float:
    rows, columns = raster_of(bank.kind)
    wide, high = columns - 2 * MARGIN_PX, rows - 2 * MARGIN_PX
    x, y = BESIDE_MM / bank.kind.length_mm, BESIDE_MM / bank.kind.height_mm
    left, top = max(box[0] - x, 0) * wide + MARGIN_PX, max(box[1] - y, 0) * high + MARGIN_PX
    right, bottom = (box[2] + x) * wide + MARGIN_PX, (box[3] + y) * high + MARGIN_PX
    part = z[int(top) : int(np.ceil(bottom)) + 1, int(left) : int(np.ceil(right)) + 1]
    return max(0.0, -float(part.min()))
