"""A retrieval trial: what a reader answered to queries whose truth is known, and the figures of it.

The same figures for the product and for its peers: `RetrievalTrial` holds plain arrays, one row a query.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pandok.proof.bootstrap import Interval, bootstrap_intervals
from pandok.proof.calibration_error import expected_calibration_error
from pandok.proof.no_trials import NoTrials, no_trials
from pandok.proof.open_set import auroc, dir_at_false_alarm, nothing_close_rates
from pandok.proof.ranking_metrics import mean_average_precision, recall_at_k

Rows = NDArray[np.intp]


@dataclass(frozen=True)
class RetrievalTrial:
    """Answers to N queries, N rows in every array.

    `in_register` truth; `first_true_rank` 1-based rank of the first true design, `inf` if not listed;
    `average_precision` 0 where not in the register; `open_set_score` higher means "in the register".
    Only for readers that state them: `first_probability` the chance that the first candidate is the one,
    `said_nothing_close` the answer given. `clusters` label queries that belong together (the queried design).
    """

    in_register: NDArray[np.bool_]
    first_true_rank: NDArray[np.float64]
    average_precision: NDArray[np.float64]
    open_set_score: NDArray[np.float64]
    first_probability: NDArray[np.float64] | None = None
    said_nothing_close: NDArray[np.bool_] | None = None
    clusters: tuple[str, ...] | None = None

    def __len__(self) -> int:
        return len(self.in_register)


FIGURES = (
    "recall_at_1",
    "recall_at_5",
    "recall_at_10",
    "map",
    "dir_at_1pct",
    "auroc_in_register",
    "nothing_close_true_positive_rate",
    "nothing_close_false_positive_rate",
    "expected_calibration_error",
)


def figures(trial: RetrievalTrial) -> dict[str, float | None]:
    """All `FIGURES` of a trial; `None` where the queries or the reader do not allow one."""
    rows = np.arange(len(trial), dtype=np.intp)
    measured: dict[str, float | None] = {}
    for name, statistic in _statistics(trial).items():
        try:
            measured[name] = statistic(rows)
        except NoTrials:
            measured[name] = None
    return {name: measured.get(name) for name in FIGURES}


def intervals(trial: RetrievalTrial, *, rounds: int, rng: np.random.Generator) -> dict[str, Interval | None]:
    """95 % percentile bootstrap intervals of all `FIGURES`, by cluster where the trial names clusters."""
    drawn = bootstrap_intervals(_statistics(trial), len(trial), rounds=rounds, rng=rng, clusters=trial.clusters)
    return {name: drawn.get(name) for name in FIGURES}


def _statistics(trial: RetrievalTrial) -> dict[str, Callable[[Rows], float]]:
    within, rank, score = trial.in_register, trial.first_true_rank, trial.open_set_score

    def known(rows: Rows) -> Rows:
        return rows[within[rows]]

    def unknown(rows: Rows) -> Rows:
        return rows[~within[rows]]

    def recall(k: int) -> Callable[[Rows], float]:
        return lambda rows: recall_at_k(rank[known(rows)], k)

    statistics: dict[str, Callable[[Rows], float]] = {
        "recall_at_1": recall(1),
        "recall_at_5": recall(5),
        "recall_at_10": recall(10),
        "map": lambda rows: mean_average_precision(trial.average_precision[known(rows)]),
        "dir_at_1pct": lambda rows: dir_at_false_alarm(
            score[known(rows)], rank[known(rows)] == 1, score[unknown(rows)], 0.01
        ),
        "auroc_in_register": lambda rows: auroc(score[known(rows)], score[unknown(rows)]),
    }
    if trial.said_nothing_close is not None:
        said = trial.said_nothing_close
        statistics["nothing_close_true_positive_rate"] = lambda rows: _share(
            nothing_close_rates(said[rows], within[rows]).true_positive_rate
        )
        statistics["nothing_close_false_positive_rate"] = lambda rows: _share(
            nothing_close_rates(said[rows], within[rows]).false_positive_rate
        )
    if trial.first_probability is not None:
        probability = trial.first_probability
        statistics["expected_calibration_error"] = lambda rows: expected_calibration_error(
            probability[rows], within[rows] & (rank[rows] == 1)
        )
    return statistics


def _share(value: float | None) -> float:
    if value is None:
        raise no_trials("해당하는", "of this kind")
    return value
