"""Ridge regression and ridge logistic regression with an intercept that is not drawn to zero; no chance in them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve

Floats = NDArray[np.float64]
STEPS, CLOSE = 40, 1e-9


def ridge(rows: Floats, answers: Floats, penalty: float) -> tuple[Floats, Floats]:
    """Weights (features, answers) and intercepts (answers,). Solved over the cases where these are fewer."""
    middle, level = rows.mean(axis=0), answers.mean(axis=0)
    centred, wanted = rows - middle, answers - level
    if len(rows) < rows.shape[1]:
        kernel = centred @ centred.T + penalty * np.eye(len(rows))
        weights = centred.T @ solve(kernel, wanted, assume_a="pos")
    else:
        weights = solve(centred.T @ centred + penalty * np.eye(rows.shape[1]), centred.T @ wanted, assume_a="pos")
    return np.asarray(weights), np.asarray(level - middle @ weights)


def ridge_logistic(rows: Floats, yes: NDArray[np.bool_], penalty: float) -> tuple[Floats, float]:
    """Weights (features,) and intercept, by Newton's steps; the slope of the penalised loss is nothing there."""
    whole = np.column_stack([rows, np.ones(len(rows))])
    drawn = np.full(whole.shape[1], penalty)
    drawn[-1] = 0.0
    found = np.zeros(whole.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(whole @ found, -30, 30)))
        slope = whole.T @ (chance - yes) + drawn * found
        bend = (whole * (chance * (1 - chance))[:, None]).T @ whole + np.diag(drawn + 1e-9)
        step = solve(bend, slope, assume_a="pos")
        found -= step
        if float(np.abs(step).max()) < CLOSE:
            break
    return found[:-1], float(found[-1])
