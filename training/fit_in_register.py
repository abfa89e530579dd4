"""Fit "is it in the register at all": curves over the figures of the best design, and what their sum is worth.

The curves are fitted by the few highest strangers of each kind: a design that is there must stand above all articles
that are not, and the highest of these count most (InfoNCE over the kind's strangers; Oord et al. 2018). What the sum is
worth is asked of families that the curves have not seen, so that the probability is as wide as unseen material is.
`pandok.readers.designs.in_register` uses what is fitted here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from pandok.readers.designs.in_register import InRegister

Doubles = NDArray[np.float64]
BENDS = (0.3, 0.6, 0.8, 0.9, 0.95, 0.98, 0.995)
"""Shares of the strangers below each bend."""
STRANGERS = 30.0
"""One design in the register is set against so many strangers, drawn as the kind's own."""
SHRINKAGE, CURVE_STEPS = 0.015, 120
IN_REGISTER = 0.75
"""For so large a share of articles in the register a probability is stated, as in the measured sets."""


@dataclass(frozen=True)
class Best:
    """The best design of each trial, a row a trial: its `figures` (t, f), whether the design is in the register
    (`inside`) and is this one (`right`), the number of the `kind`, `plain` grounds."""

    figures: Doubles
    inside: NDArray[np.bool_]
    right: NDArray[np.bool_]
    kind: NDArray[np.intp]
    plain: NDArray[np.bool_]

    def part(self, chosen: NDArray[np.bool_]) -> Best:
        return Best(*(values[chosen] for values in (self.figures, self.inside, self.right, self.kind, self.plain)))


def together(found: Sequence[Best]) -> Best:
    columns = zip(*((one.figures, one.inside, one.right, one.kind, one.plain) for one in found), strict=True)
    return Best(*(np.concatenate(column) for column in columns))


def bent_figures(parts: int) -> tuple[int, ...]:
    """The figures with bends: every part's cosine, agreeing points and their distinctness."""
    return (*(5 * part for part in range(parts)), 5 * parts, 5 * parts + 1)


def fit_curves(best: Best, parts: int) -> tuple[InRegister, InRegister]:
    """The curves on plain grounds and on photographed ones, not calibrated. Both are fitted together: a kind may have
    photographs of either sort, and they stand in one order."""
    bent_of = np.repeat(bent_figures(parts), len(BENDS))
    strangers = best.figures[~best.inside]
    bends = np.concatenate([np.quantile(strangers[:, one], BENDS) for one in bent_figures(parts)])
    width = best.figures.shape[1]
    straight = np.arange(width - 1)  # all but the size of the register

    terms = np.hstack([best.figures[:, straight], np.maximum(best.figures[:, bent_of] - bends, 0.0)])
    terms = np.hstack([terms * best.plain[:, None], terms * ~best.plain[:, None]])
    scale = terms.std(axis=0) + 0.02
    asked = best.right | ~best.inside
    found = above_the_highest(terms[asked] / scale, best.inside[asked], best.kind[asked]) / scale
    return tuple(
        InRegister(
            straight=np.append(half[: width - 1], 0.0).astype(np.float32),
            bent_of=bent_of.astype(np.intp),
            bends=bends.astype(np.float32),
            bent=half[width - 1 :].astype(np.float32),
            bias=0.0,
        )
        for half in np.split(found, 2)
    )


def above_the_highest(
    terms: Doubles, inside: NDArray[np.bool_], kind: NDArray[np.intp], shrinkage: float = SHRINKAGE
) -> Doubles:
    """Weights from 0 up, `(terms,)`; every kind counts the same."""
    rows = [
        (np.flatnonzero((kind == one) & inside), np.flatnonzero((kind == one) & ~inside)) for one in np.unique(kind)
    ]
    rows = [(here, absent) for here, absent in rows if len(here) and len(absent)]

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        scores, pull, total = terms @ weights, np.zeros(len(terms)), 0.0
        for here, absent in rows:
            top = scores[absent].max()
            share = np.exp(scores[absent] - top)
            behind = np.log(STRANGERS * share.mean()) + top - scores[here]
            total += np.logaddexp(0, behind).mean() / len(rows)
            wrong = 1 / (1 + np.exp(-behind))
            pull[here] -= wrong / len(here) / len(rows)
            pull[absent] += share / share.sum() * wrong.mean() / len(rows)
        return float(total + shrinkage * (weights**2).sum()), terms.T @ pull + 2 * shrinkage * weights

    start, bounds = np.full(terms.shape[1], 0.05), [(0, None)] * terms.shape[1]
    found = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": CURVE_STEPS})
    return np.asarray(found.x)


def sums(curves: tuple[InRegister, InRegister], best: Best) -> Doubles:
    """What the curves say of each trial, `(t,)`."""

    def one(curve: InRegister) -> Doubles:
        above = np.maximum(best.figures[:, curve.bent_of] - curve.bends, 0.0)
        return np.asarray(best.figures @ curve.straight + above @ curve.bent + curve.bias)

    return np.where(best.plain, one(curves[0]), one(curves[1]))


@dataclass(frozen=True)
class Calibrated:
    """The curves as log odds on plain and on photographed grounds, and the `chance` (t,) they state of the unseen."""

    plain: InRegister
    photographed: InRegister
    chance: Doubles


@dataclass(frozen=True)
class Line:
    """Log odds: `slope` times (the sum and `by_size` times the figure of the register's size), and `bias`."""

    slope: float = 1.0
    by_size: float = 0.0
    bias: float = 0.0

    def odds(self, said: Doubles, size: Doubles) -> Doubles:
        return np.asarray(self.slope * (said + self.by_size * size) + self.bias)


def lines(said: Doubles, unseen: Best) -> tuple[Line, Line]:
    """A straight line over the sums `said` of families that the curves had not seen and over the size of the register,
    one for plain and one for photographed grounds: among many designs some stranger stands higher. Every kind counts
    the same, and in each what is in the register three times as much as what is not."""
    weight = np.zeros(len(said))
    for one in np.unique(unseen.kind):
        for inside, share in ((True, IN_REGISTER), (False, 1 - IN_REGISTER)):
            rows = (unseen.kind == one) & (unseen.inside == inside)
            weight[rows] = share / max(int(rows.sum()), 1)
    found = []
    for rows in (unseen.plain, ~unseen.plain):
        if not rows.any():
            found.append(Line())
            continue
        size, truth = unseen.figures[rows, -1], unseen.inside[rows].astype(float)
        kind = unseen.kind[rows, None] == np.unique(unseen.kind[rows])
        # Within a kind: kinds with few designs are not kinds whose strangers stand low.
        within = _log_odds(np.column_stack([said[rows], size, kind]), truth, weight[rows], falling=1)
        by_size = float(within[1] / max(within[0], 1e-6))
        slope, bias = _log_odds(
            np.column_stack([said[rows] + by_size * size, np.ones(len(size))]), truth, weight[rows]
        ).tolist()
        found.append(Line(slope, by_size, bias))
    return found[0], found[1]


def chances(of: tuple[Line, Line], said: Doubles, asked: Best) -> Doubles:
    """The probability of being in the register, `(t,)`."""
    size = asked.figures[:, -1]
    odds = np.where(asked.plain, of[0].odds(said, size), of[1].odds(said, size))
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30))))


def calibrated(curves: tuple[InRegister, InRegister], said: Doubles, unseen: Best) -> Calibrated:
    """The curves with the lines over what they `said` of families that they had not seen."""
    found, of = [], lines(said, unseen)
    for curve, line in zip(curves, of, strict=True):
        straight, bent = (np.asarray(line.slope * one, np.float32) for one in (curve.straight, curve.bent))
        straight[-1] = line.slope * line.by_size
        found.append(replace(curve, straight=straight, bent=bent, bias=line.bias))
    return Calibrated(found[0], found[1], chances(of, said, unseen))


def _log_odds(columns: Doubles, truth: Doubles, weight: Doubles, falling: int | None = None) -> Doubles:
    """Weights of the columns by weighted likelihood; the first is never below 0, `falling` never above."""
    weight = weight / weight.sum()

    def loss(line: Doubles) -> tuple[float, Doubles]:
        odds = columns @ line
        wrong = (1 / (1 + np.exp(-odds)) - truth) * weight
        value = float((weight * (np.logaddexp(0, odds) - truth * odds)).sum())
        return value + 1e-6 * float(line @ line), columns.T @ wrong + 2e-6 * line

    bounds: list[tuple[float | None, float | None]] = [(None, None)] * columns.shape[1]
    bounds[0] = (0, None)
    if falling is not None:
        bounds[falling] = (None, 0)
    return np.asarray(minimize(loss, np.zeros(columns.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B").x)
