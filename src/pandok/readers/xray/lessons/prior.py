"""How hard a picture may be, before anybody answered: a prior, with an error that says how little a picture tells.

View difficulty and superposition weigh much, opacity little, clutter nothing: about 16,000 records of threat image
projection (Schwaninger and others). How much they weigh for pictures of this kind is not known before people answered;
the error stays as large as the spread of abilities, and answers take its place (`proof.ability.calibrating`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pandok.readers.xray.projection.difficulty import Difficulty

PRIOR_SD = 1.0
_VIEW, _SUPERPOSITION, _OPACITY = (0.18, 0.19), (135.0, 55.0), (0.035, 0.047)
"""Middle and spread of the measures over computed bags and parcels (`pandok academy fill`)."""
_WEIGHTS = 0.6, 0.6, 0.15
_MOST = 3.0
PLAIN_INNOCENCE, LOOK_ALIKE_INNOCENCE = 2.0, 1.0
"""How little a harmless picture looks like a threat: a bag alone, and one with a thing that does look like one."""


@dataclass(frozen=True)
class PriorDifficulty:
    """`b` on the scale of abilities, N(0, 1) over people; `sd`: of its error."""

    b: float
    sd: float = PRIOR_SD


def prior_of(views: Sequence[Difficulty]) -> PriorDifficulty:
    """Of a threat: of several views that in which it is seen best. Raises ValueError without a view."""
    if not views:
        raise ValueError("a picture has a view")
    return PriorDifficulty(min(_b(one) for one in views))


def _b(one: Difficulty) -> float:
    values = one.view, one.superposition, one.opacity
    scales = _VIEW, _SUPERPOSITION, _OPACITY
    whole = sum(
        weight * max(-_MOST, min(_MOST, (value - middle) / spread))
        for weight, value, (middle, spread) in zip(_WEIGHTS, values, scales, strict=True)
    )
    return round(whole, 3)
