"""How far two readers agree beyond chance: Cohen's kappa, with an interval.

Source: Cohen 1960. The interval is a percentile bootstrap over what both have read. Where both gave one and the same
label to everything, kappa is not defined.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from pandok.proof.bootstrap import Interval, Rows, bootstrap_intervals
from pandok.proof.no_trials import NoTrials, no_trials
from pandok.proof.shares import wilson_interval


@dataclass(frozen=True)
class Agreement:
    """`share`: of things that both called the same. `kappa` None: both gave one label to everything."""

    both: int
    share: float
    share_interval: Interval
    kappa: float | None
    kappa_interval: Interval | None


def agreement(
    first: Sequence[Hashable], second: Sequence[Hashable], *, rounds: int = 2000, confidence: float = 0.95
) -> Agreement:
    """Raises NoTrials where nothing was read by both, ValueError where they are not as many.

    >>> found = agreement(["y"] * 25 + ["n"] * 25, ["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15, rounds=200)
    >>> found.share, round(found.kappa, 6)
    (0.7, 0.4)
    """
    if len(first) != len(second):
        raise ValueError("as many first readings as second ones")
    if not first:
        raise no_trials("두 번 읽은", "read twice")
    names = sorted({str(one) for one in (*first, *second)})
    code = {name: place for place, name in enumerate(names)}
    a = np.array([code[str(one)] for one in first])
    b = np.array([code[str(one)] for one in second])

    def kappa(rows: Rows) -> float:
        found = _kappa(a[rows].tolist(), b[rows].tolist())
        if found is None:
            raise no_trials("서로 다른 이름의", "of two labels")
        return found

    everything: Rows = np.arange(len(a))
    same = int((a == b).sum())
    share_interval = wilson_interval(same, len(a), confidence=confidence)
    assert share_interval is not None
    try:
        value: float | None = kappa(everything)
    except NoTrials:
        value = None
    interval = bootstrap_intervals(
        {"kappa": kappa}, len(a), rounds=rounds, rng=np.random.default_rng(len(a)), confidence=confidence
    )["kappa"]
    return Agreement(len(a), same / len(a), share_interval, value, interval if value is not None else None)


def _kappa(first: Sequence[int], second: Sequence[int]) -> float | None:
    n = len(first)
    observed = sum(x == y for x, y in zip(first, second, strict=True)) / n
    of_first, of_second = Counter(first), Counter(second)
    by_chance = sum(of_first[name] * of_second[name] for name in of_first) / n**2
    return None if by_chance == 1 else (observed - by_chance) / (1 - by_chance)
