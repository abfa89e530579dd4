"""Does the right design stand near the top? Recall at k and mean average precision over the ranking."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pandok.proof.no_trials import no_trials


def ranking_order(scores: NDArray[np.floating], design_ids: Sequence[str]) -> NDArray[np.intp]:
    """Positions of the designs, best first.

    `scores` (designs,), higher is better. Equal scores stand in the order of their ids, so that the ranking
    does not depend on the order of the gallery.

    >>> ranking_order(np.array([0.2, 0.9, 0.2]), ["b", "c", "a"]).tolist()
    [1, 2, 0]
    """
    return np.lexsort((np.asarray(design_ids, dtype=np.str_), -np.asarray(scores, dtype=np.float64)))


def average_precision(relevant_ranks: NDArray[np.integer], relevant_count: int) -> float:
    """Mean over the true designs of the precision at the rank of each; 1 when they all stand first.

    `relevant_ranks` are the 1-based ranks at which true designs were found; a true design that was not found
    adds nothing but still counts in `relevant_count`. Raises ValueError when `relevant_count` is less than the
    number of ranks, or 0. Source: Manning, Raghavan, Schütze 2008, section 8.4.

    >>> average_precision(np.array([1, 4]), 2)
    0.75
    >>> average_precision(np.array([1]), 2)
    0.5
    """
    if relevant_count < max(len(relevant_ranks), 1):
        raise ValueError("relevant_count must count at least the ranks that were found, and one design")
    ranks = np.sort(np.asarray(relevant_ranks, dtype=np.float64))
    return float(np.sum(np.arange(1, len(ranks) + 1) / ranks) / relevant_count)


def recall_at_k(first_true_ranks: NDArray[np.floating], k: int) -> float:
    """Share of the queries whose first true design stands among the first `k`; any of several true designs will do.

    `first_true_ranks` (queries in the register,), 1-based, `inf` where no true design is in the list.
    Raises NoTrials without queries.

    >>> recall_at_k(np.array([1, 3, np.inf, 1]), 1)
    0.5
    """
    if len(first_true_ranks) == 0:
        raise no_trials("등록된 디자인에 속하는", "in the register")
    return float(np.mean(np.asarray(first_true_ranks) <= k))


def mean_average_precision(average_precisions: NDArray[np.floating]) -> float:
    """Mean of `average_precision` over the queries in the register, 0 to 1. Raises NoTrials without queries.

    >>> mean_average_precision(np.array([1.0, 0.5]))
    0.75
    """
    if len(average_precisions) == 0:
        raise no_trials("등록된 디자인에 속하는", "in the register")
    return float(np.mean(average_precisions))
