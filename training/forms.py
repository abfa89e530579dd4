"""Forms of "is it in the register at all" that were weighed against each other; see docs/adr/0011.

A form is fitted on questions of some kinds and gives each question of others a number that grows with "in the
register". `FORMS` names them all, today's first. `nested_choice.py` measures them.

- curves (Pandok 1.3.1), with other shrinkage, one pair of grounds together, straight, by likelihood;
- extreme values: how far the best design stands above the tail of the others of its own question, by an exponential
  tail, a generalised Pareto one (Pickands 1975; moments by Hosking and Wallis 1987), or a Weibull fit to the highest
  strangers (Scheirer et al. 2011); of the order's score, of the surest part, of all parts together (Fisher);
- each part's likelihood ratio by a logistic curve of its own, and their product, the largest, and a noisy-or;
- both: tails as further figures of the curves, and curves and ratios averaged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
from fit_in_register import BENDS, SHRINKAGE, Best, Doubles, above_the_highest, bent_figures
from numpy.typing import NDArray
from scipy.optimize import minimize

PARTS = 6
TAIL = 20
"""So many strangers of a question make its tail."""
OWN = 5
"""Figures of a part."""
LOCAL = slice(OWN * PARTS, OWN * PARTS + 5)
SEEN = (*(OWN * part for part in range(PARTS)), OWN * PARTS + 1)
"""Figures whose tails are taken: cosines, and the distinctness of agreeing points; after them the order's score."""


@dataclass(frozen=True, eq=False)
class Asked:
    """Questions, a row each: the `best` design of each, and for every column of SEEN and for the order's score what the
    best design has and what the highest TAIL + 1 others have, falling: `stand` (t, 8, 2 + TAIL), padded by the last."""

    best: Best
    stand: Doubles
    rivals: Doubles
    """Scores of the first designs less the first one's, `(t, 20)`, padded by -99."""
    place: NDArray[np.intp]
    """Where the true design stands among them, -1: not among them."""

    def part(self, chosen: NDArray[np.bool_]) -> Asked:
        return Asked(self.best.part(chosen), self.stand[chosen], self.rivals[chosen], self.place[chosen])


Score = Callable[[Asked], Doubles]
Form = Callable[[Asked], Score]


# Tails -------------------------------------------------------------------------------------------------------------


def exceedances(stand: Doubles) -> tuple[Doubles, Doubles]:
    """Of the best design and of the TAIL others, above the last of the others: (t, c), (t, c, TAIL)."""
    floor = stand[..., -1:]
    return stand[..., 0] - floor[..., 0], stand[..., 1:-1] - floor


def exponential(stand: Doubles) -> Doubles:
    best, others = exceedances(stand)
    return np.asarray(best / (others.mean(axis=-1) + 0.01))


def pareto(stand: Doubles) -> Doubles:
    """-log of the chance that a stranger of the tail stands so high."""
    best, others = exceedances(stand)
    mean, spread = others.mean(axis=-1) + 0.01, others.var(axis=-1) + 1e-4
    shape = np.clip(0.5 * (1 - mean**2 / spread), -0.4, 0.4)
    scale = mean * (1 - shape)
    inner = np.maximum(1 + shape * np.maximum(best, 0) / scale, 1e-4)
    return np.asarray(np.where(abs(shape) < 1e-3, best / scale, np.log(inner) / np.where(shape == 0, 1, shape)))


def weibull(stand: Doubles) -> Doubles:
    """-log of the Weibull tail, its form by likelihood (twelve Newton steps)."""
    best, others = exceedances(stand)
    values = others + 0.01
    logs = np.log(values)
    form = np.ones(values.shape[:-1])
    for _ in range(12):
        powers = values ** form[..., None]
        total, first = powers.sum(-1), (powers * logs).sum(-1)
        second = (powers * logs**2).sum(-1)
        miss = first / total - 1 / form - logs.mean(-1)
        slope = second / total - (first / total) ** 2 + 1 / form**2
        form = np.clip(form - miss / slope, 0.3, 6)
    scale = (values ** form[..., None]).mean(-1) ** (1 / form)
    return np.asarray((np.maximum(best + 0.01, 0.0) / scale) ** form)


Tail = Callable[[Doubles], Doubles]


def tail_of_order(tail: Tail) -> Form:
    return lambda _asked: lambda new: np.log1p(np.maximum(tail(new.stand[:, -1:]), 0))[:, 0]


def surest_tail(tail: Tail) -> Form:
    return lambda _asked: lambda new: np.log1p(np.maximum(tail(new.stand[:, :-1]), 0)).max(axis=1)


def all_tails(tail: Tail) -> Form:
    """Fisher's sum of the parts' -log chances."""
    return lambda _asked: lambda new: np.minimum(np.maximum(tail(new.stand[:, :-1]), 0), 30).sum(axis=1)


# Curves ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Terms:
    """Figures (t, f) as given, and with bends at shares of the strangers of those in `bent`."""

    columns: Callable[[Asked], Doubles]
    bent: tuple[int, ...]
    by_ground: bool

    def fitted(self, asked: Asked) -> Callable[[Asked], Doubles]:
        strangers = self.columns(asked)[~asked.best.inside]
        of = np.repeat(self.bent, len(BENDS)).astype(int)
        bends = (
            np.concatenate([np.quantile(strangers[:, one], BENDS) for one in self.bent]) if self.bent else np.zeros(0)
        )

        def terms(new: Asked) -> Doubles:
            figures = self.columns(new)
            found = np.hstack([figures, np.maximum(figures[:, of] - bends, 0.0)])
            plain = new.best.plain[:, None]
            return np.hstack([found * plain, found * ~plain]) if self.by_ground else found

        return terms


Fit = Callable[[Doubles, NDArray[np.bool_], NDArray[np.intp]], Doubles]


def by_likelihood(terms: Doubles, inside: NDArray[np.bool_], kind: NDArray[np.intp]) -> Doubles:
    """Weights from 0 up; a kind counts as much as another, and in each what is there as much as what is not."""
    weight = np.zeros(len(terms))
    for one in np.unique(kind):
        for there in (True, False):
            rows = (kind == one) & (inside == there)
            weight[rows] = 1 / max(int(rows.sum()), 1)
    weight /= weight.sum()

    def loss(line: Doubles) -> tuple[float, Doubles]:
        odds = terms @ line[:-1] + line[-1]
        wrong = (1 / (1 + np.exp(-np.clip(odds, -30, 30))) - inside) * weight
        value = float((weight * (np.logaddexp(0, odds) - inside * odds)).sum() + 1e-3 * (line[:-1] ** 2).sum())
        return value, np.append(terms.T @ wrong + 2e-3 * line[:-1], wrong.sum())

    width = terms.shape[1]
    bounds: list[tuple[float | None, float | None]] = [(0, None)] * width + [(None, None)]
    start = np.append(np.full(width, 0.05), 0.0)
    found = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 60}).x
    return np.asarray(found)


def curves(terms: Terms, fit: Fit = above_the_highest) -> Form:
    def fitted(asked: Asked) -> Score:
        made = terms.fitted(asked)
        chosen = asked.best.right | ~asked.best.inside
        rows = made(asked.part(chosen))
        scale = rows.std(axis=0) + 0.02
        found = fit(rows / scale, asked.best.inside[chosen], asked.best.kind[chosen])
        weights, bias = found[: rows.shape[1]] / scale, float(found[rows.shape[1] :].sum())
        return lambda new: made(new) @ weights + bias

    return fitted


def figures(asked: Asked) -> Doubles:
    """All but the size of the register."""
    return asked.best.figures[:, :-1]


def with_tails(tail: Tail) -> Callable[[Asked], Doubles]:
    def columns(asked: Asked) -> Doubles:
        found = np.log1p(np.minimum(np.maximum(tail(asked.stand), 0), 1e3))
        return np.hstack([figures(asked), found, found[:, :-1].max(axis=1, keepdims=True)])

    return columns


# Ratios ------------------------------------------------------------------------------------------------------------


def _of_part(part: int, asked: Asked) -> Doubles:
    return asked.best.figures[:, OWN * part : OWN * part + OWN]


def _of_points(asked: Asked) -> Doubles:
    return asked.best.figures[:, LOCAL]


@lru_cache(maxsize=64)
def ratios(asked: Asked) -> Callable[[Asked], Doubles]:
    """log of how much likelier each part's figures are for a design that is there than for a stranger: (t, 7)."""
    of = [curves(Terms(partial(_of_part, part), (0,), by_ground=True), by_likelihood) for part in range(PARTS)]
    of.append(curves(Terms(_of_points, (0, 1), by_ground=True), by_likelihood))
    made = [form(asked) for form in of]
    return lambda new: np.stack([score(new) for score in made], axis=1)


def product(asked: Asked) -> Score:
    made = ratios(asked)
    return lambda new: made(new).sum(axis=1)


def largest(asked: Asked) -> Score:
    made = ratios(asked)
    return lambda new: made(new).max(axis=1)


def noisy_or(asked: Asked) -> Score:
    made = ratios(asked)

    def score(new: Asked) -> Doubles:
        none = -np.logaddexp(0, made(new) - np.log(2 * PARTS)).sum(axis=1)  # log of no part saying so
        return np.asarray(np.log(-np.expm1(np.minimum(none, -1e-12))) - none)

    return score


def softly_largest(asked: Asked) -> Score:
    """Between the product and the largest."""
    made = ratios(asked)
    return lambda new: np.logaddexp.reduce(2 * made(new), axis=1) / 2


def together(*forms: Form) -> Form:
    """The mean, each in units of its spread over the strangers of the fit."""

    def fitted(asked: Asked) -> Score:
        made = [form(asked) for form in forms]
        far = [np.quantile(score(asked)[~asked.best.inside], [0.5, 0.95]) for score in made]
        return lambda new: np.sum(
            [(score(new) - a) / max(float(b - a), 1e-6) for score, (a, b) in zip(made, far, strict=True)], axis=0
        )

    return fitted


BENT = bent_figures(PARTS)
WIDE = BENT + tuple(range(OWN * PARTS + 7, OWN * PARTS + 7 + len(SEEN) + 2))
TODAY = lru_cache(maxsize=64)(curves(Terms(figures, BENT, by_ground=True)))
FORMS: Mapping[str, Form] = {
    "curves (1.3.1)": TODAY,
    "curves, shrinkage a third": curves(
        Terms(figures, BENT, by_ground=True), partial(above_the_highest, shrinkage=SHRINKAGE / 3)
    ),
    "curves, shrinkage threefold": curves(
        Terms(figures, BENT, by_ground=True), partial(above_the_highest, shrinkage=SHRINKAGE * 3)
    ),
    "curves, one for both grounds": curves(Terms(figures, BENT, by_ground=False)),
    "straight sums, by the highest strangers": curves(Terms(figures, (), by_ground=True)),
    "straight sums, likelihood": curves(Terms(figures, (), by_ground=True), by_likelihood),
    "curves, likelihood": curves(Terms(figures, BENT, by_ground=True), by_likelihood),
    "tail of the order's score: exponential": tail_of_order(exponential),
    "tail of the order's score: Pareto": tail_of_order(pareto),
    "tail of the order's score: Weibull": tail_of_order(weibull),
    "surest tail of a part: exponential": surest_tail(exponential),
    "surest tail of a part: Pareto": surest_tail(pareto),
    "surest tail of a part: Weibull": surest_tail(weibull),
    "all parts' tails (Fisher): exponential": all_tails(exponential),
    "all parts' tails (Fisher): Weibull": all_tails(weibull),
    "curves, exponential tails as figures": curves(Terms(with_tails(exponential), WIDE, by_ground=True)),
    "curves, Weibull tails as figures": curves(Terms(with_tails(weibull), WIDE, by_ground=True)),
    "ratios of parts: product": product,
    "ratios of parts: largest": largest,
    "ratios of parts: softly the largest": softly_largest,
    "ratios of parts: noisy-or": noisy_or,
    "curves and product": together(TODAY, product),
    "curves and largest ratio": together(TODAY, largest),
}
