"""Slopes and difficulties of items from the answers of many: marginal maximum a posteriori by EM.

Bock and Aitkin (1981), with priors a ~ LogN(0, .3), b ~ N(0, 2): a slope never turns negative, as it does in a library
that was looked at, and an item that all or nobody got right keeps a place.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LOG_SLOPE_SD, DIFFICULTY_SD = 0.3, 2.0
_NODES, _REACH = 61, 5.0
_MOST_ROUNDS, _STILL = 200, 1e-4


@dataclass(frozen=True)
class Calibration:
    """`slope`, `difficulty` (items,); `difficulty_sd` (items,): standard error. `rounds`: of EM."""

    slope: Floats
    difficulty: Floats
    difficulty_sd: Floats
    rounds: int


def calibrated(answers: NDArray[np.floating]) -> Calibration:
    """`answers` (people, items): 1 stopped, 0 passed, NaN not shown; threat items only, abilities N(0, 1). Raises
    ValueError for a matrix that holds anything else or an item that nobody saw."""
    known = np.isfinite(answers)
    right = np.where(known, answers, 0.0)
    if answers.ndim != 2 or not np.isin(right, (0.0, 1.0)).all() or not known.any(axis=0).all():
        raise ValueError("answers are 1, 0 or missing, and each item has one")
    wrong = np.where(known, 1 - right, 0.0)
    theta = np.linspace(-_REACH, _REACH, _NODES)
    prior = np.exp(-0.5 * theta**2)
    prior /= prior.sum()
    count = answers.shape[1]
    log_slope, difficulty = np.zeros(count), np.zeros(count)
    information = np.full(count, 1.0)
    rounds, still = 0, False
    while not still and rounds < _MOST_ROUNDS:
        rounds += 1
        logit = np.exp(log_slope)[:, None] * (theta[None] - difficulty[:, None])
        log_yes, log_no = -np.logaddexp(0, -logit), -np.logaddexp(0, logit)
        log_mass = right @ log_yes + wrong @ log_no + np.log(prior)[None]
        log_mass -= log_mass.max(axis=1, keepdims=True)
        mass = np.exp(log_mass)
        mass /= mass.sum(axis=1, keepdims=True)
        yes, all_of = right.T @ mass, known.T.astype(float) @ mass
        before = np.concatenate([log_slope, difficulty])
        for _ in range(4):
            log_slope, difficulty, information = _step(log_slope, difficulty, yes, all_of, theta)
        still = bool(np.abs(np.concatenate([log_slope, difficulty]) - before).max() < _STILL)
    return Calibration(np.exp(log_slope), difficulty, 1 / np.sqrt(information), rounds)


def _step(log_slope: Floats, difficulty: Floats, yes: Floats, all_of: Floats, theta: Floats) -> tuple[Floats, ...]:
    """One step of Fisher scoring for all items, at most .5 long."""
    slope = np.exp(log_slope)[:, None]
    off = theta[None] - difficulty[:, None]
    chance = 1 / (1 + np.exp(-np.clip(slope * off, -35, 35)))
    miss, weight = yes - all_of * chance, all_of * chance * (1 - chance)
    by_slope, by_difficulty = slope * off, -slope
    gradient_s = (miss * by_slope).sum(axis=1) - log_slope / LOG_SLOPE_SD**2
    gradient_d = (miss * by_difficulty).sum(axis=1) - difficulty / DIFFICULTY_SD**2
    ss = (weight * by_slope**2).sum(axis=1) + 1 / LOG_SLOPE_SD**2
    sd = (weight * by_slope * by_difficulty).sum(axis=1)
    dd = (weight * by_difficulty**2).sum(axis=1) + 1 / DIFFICULTY_SD**2
    divisor = ss * dd - sd**2
    step_s, step_d = (dd * gradient_s - sd * gradient_d) / divisor, (ss * gradient_d - sd * gradient_s) / divisor
    longest = np.maximum(1.0, np.maximum(np.abs(step_s), np.abs(step_d)) / 0.5)
    return log_slope + step_s / longest, difficulty + step_d / longest, np.asarray(divisor / ss)
