"""Applications in the order of a panel's scores, and how far that order would move with other reviewers.

Reviewers are drawn with replacement, as a bootstrap over the panel; in each round an application has the mean of those
drawn who scored it, and the rounds give the interval of its rank. With so few reviewers as a panel has, the interval is
rough and rather too narrow: it says at least how uncertain the order is. Source: Efron and Tibshirani 1993; intervals
of ranks: Goldstein and Spiegelhalter 1996.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

CONFIDENCE = 0.95
_SAME = 1e-9


@dataclass(frozen=True)
class PanelRank:
    """`spread`: standard deviation over reviewers; None with one. `rank`: 1 is the best, equals share it. `between`:
    the rank in 95 of 100 panels; None with a single reviewer. `in_first`: the share of panels in which it is among the
    first `places`."""

    key: str
    scores: int
    mean: float
    spread: float | None
    lowest: float
    highest: float
    rank: int
    between: tuple[int, int] | None
    in_first: float | None


def rank_panel(
    scores: Mapping[str, Mapping[str, float]], *, places: int, rounds: int, rng: np.random.Generator
) -> list[PanelRank]:
    """`scores`: the total of each reviewer by the key of the application. The best first; without what nobody scored.

    >>> import numpy as np
    >>> told = rank_panel({"a": {"r": 80, "s": 82}, "b": {"r": 60, "s": 61}}, places=1, rounds=200,
    ...                   rng=np.random.default_rng(0))
    >>> [(one.key, one.mean, one.rank, one.between) for one in told]
    [('a', 81.0, 1, (1, 1)), ('b', 60.5, 2, (2, 2))]
    """
    keys = sorted(key for key, given in scores.items() if given)
    if not keys:
        return []
    panel = sorted({reviewer for key in keys for reviewer in scores[key]})
    given = np.array([[reviewer in scores[key] for reviewer in panel] for key in keys], dtype=float)
    values = np.array([[scores[key].get(reviewer, 0.0) for reviewer in panel] for key in keys], dtype=float)
    means = values.sum(axis=1) / given.sum(axis=1)
    ranks = _ranks(means[np.newaxis, :])[0]
    low = high = first = None
    if len(panel) > 1:
        drawn = rng.multinomial(len(panel), [1 / len(panel)] * len(panel), size=rounds).astype(float)
        count = drawn @ given.T
        mean = np.where(count > 0, (drawn @ values.T) / np.maximum(count, 1), means[np.newaxis, :])
        each = _ranks(mean)
        tail = (1 - CONFIDENCE) / 2
        low = np.quantile(each, tail, axis=0, method="lower")
        high = np.quantile(each, 1 - tail, axis=0, method="higher")
        first = (each <= places).mean(axis=0)
    found = []
    for place, key in enumerate(keys):
        own = values[place][given[place] > 0]
        found.append(
            PanelRank(
                key=key,
                scores=len(own),
                mean=float(means[place]),
                spread=float(own.std(ddof=1)) if len(own) > 1 else None,
                lowest=float(own.min()),
                highest=float(own.max()),
                rank=int(ranks[place]),
                between=None if low is None or high is None else (int(low[place]), int(high[place])),
                in_first=None if first is None else float(first[place]),
            )
        )
    return sorted(found, key=lambda one: (one.rank, one.key))


def _ranks(means: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> np.ndarray[tuple[int, ...], np.dtype[np.intp]]:
    """Of each row: 1 and how many are better."""
    better = means[:, np.newaxis, :] > means[:, :, np.newaxis] + _SAME
    ranks: np.ndarray[tuple[int, ...], np.dtype[np.intp]] = 1 + better.sum(axis=2)
    return ranks
