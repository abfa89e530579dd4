"""Is the article in the register at all? Measures of the answer "nothing close".

Scores point one way: higher means "more likely in the register".
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pandok.proof.no_trials import no_trials

Scores = NDArray[np.floating]
Flags = NDArray[np.bool_]

_IN = ("등록된 디자인에 속하는", "in the register")
_OUT = ("등록되지 않은", "not in the register")


def threshold_at_false_alarm(out_of_register_scores: Scores, rate: float = 0.01) -> float:
    """The lowest observed score that at most a share `rate` of the out-of-register queries strictly exceed.

    Convention for few queries: no interpolation. With n queries, floor(rate × n) may lie above the threshold;
    for fewer than 100 queries at 1 % none may, and the threshold is the highest score among them.
    Raises NoTrials without queries.

    >>> threshold_at_false_alarm(np.array([0.1, 0.7, 0.4]), 0.01)
    0.7
    >>> threshold_at_false_alarm(np.array([0.1, 0.7, 0.4]), 0.34)
    0.4
    """
    if len(out_of_register_scores) == 0:
        raise no_trials(*_OUT)
    if not 0 <= rate < 1:
        raise ValueError("rate is a share, 0 to less than 1")
    falling = np.sort(np.asarray(out_of_register_scores, dtype=np.float64))[::-1]
    allowed = int(np.floor(rate * len(falling) + 1e-9))  # 0.01 × 300 must allow 3 in binary floating point too
    return float(falling[allowed])


def dir_at_false_alarm(
    in_register_scores: Scores, first_is_right: Flags, out_of_register_scores: Scores, rate: float = 0.01
) -> float:
    """Detection and identification rate: share of in-register queries that are right *and* accepted.

    Right: the first candidate is a true design. Accepted: the score lies strictly above the threshold that at
    most `rate` of the out-of-register queries exceed. 0 to 1, higher is better. Raises NoTrials when either kind
    of query is absent. Source: Phillips, Grother, Micheals 2011, open-set identification.

    >>> dir_at_false_alarm(np.array([0.9, 0.8, 0.3]), np.array([True, False, True]), np.array([0.2, 0.5]))
    0.3333333333333333
    """
    if len(in_register_scores) == 0:
        raise no_trials(*_IN)
    threshold = threshold_at_false_alarm(out_of_register_scores, rate)
    return float(np.mean(np.asarray(first_is_right) & (np.asarray(in_register_scores) > threshold)))


def auroc(in_register_scores: Scores, out_of_register_scores: Scores) -> float:
    """Chance that an in-register query scores above an out-of-register one; ties count half. 0.5 is guessing.

    Raises NoTrials when either kind of query is absent. Source: Mann and Whitney 1947; Hanley and McNeil 1982.

    >>> auroc(np.array([0.9, 0.5]), np.array([0.5, 0.1]))
    0.875
    """
    if len(in_register_scores) == 0:
        raise no_trials(*_IN)
    if len(out_of_register_scores) == 0:
        raise no_trials(*_OUT)
    out = np.sort(np.asarray(out_of_register_scores))
    below = np.searchsorted(out, in_register_scores, side="left")
    below_or_equal = np.searchsorted(out, in_register_scores, side="right")
    return float(np.mean((below + below_or_equal) / (2 * len(out))))


class NothingCloseRates(NamedTuple):
    """Rates of the answer "nothing close"; `None` where no query of that kind exists."""

    true_positive_rate: float | None
    """Of the queries that are not in the register, the share that heard "nothing close". Higher is better."""
    false_positive_rate: float | None
    """Of the queries that are in the register, the share that heard it. Lower is better."""


def nothing_close_rates(said_nothing_close: Flags, in_register: Flags) -> NothingCloseRates:
    """True and false positive rates of "nothing close"; a positive is the answer "nothing close".

    >>> said = np.array([True, False, True, False])
    >>> nothing_close_rates(said, np.array([False, False, True, True]))
    NothingCloseRates(true_positive_rate=0.5, false_positive_rate=0.5)
    """
    said = np.asarray(said_nothing_close, dtype=bool)
    within = np.asarray(in_register, dtype=bool)
    return NothingCloseRates(
        true_positive_rate=float(np.mean(said[~within])) if np.any(~within) else None,
        false_positive_rate=float(np.mean(said[within])) if np.any(within) else None,
    )
