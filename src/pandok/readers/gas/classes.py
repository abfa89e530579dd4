"""Kinds of smell by a support vector machine in its least-squares form, and refusal of what is none of them.

Suykens and Vandewalle, "Least squares support vector machine classifiers" (Neural Processing Letters 9, 1999): one
linear system instead of a quadratic programme, one class against all others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SmellClasses:
    """`names` of the classes, `weights` (rows learnt from, classes), `offset` (classes,), `rows` scaled features."""

    names: tuple[str, ...]
    rows: Floats
    weights: Floats
    offset: Floats
    middle: Floats
    spread: Floats
    gamma: float

    def scores(self, features: Floats) -> Floats:
        """(n, classes), larger is likelier."""
        kernel = _kernel(self._scaled(features), self.rows, self.gamma)
        return np.asarray(kernel @ self.weights + self.offset)

    def strangeness(self, features: Floats) -> Floats:
        """(n,): distance to the nearest row that was learnt from, in scaled features."""
        return np.asarray(np.sqrt(_squares(self._scaled(features), self.rows).min(axis=1)))

    def _scaled(self, features: Floats) -> Floats:
        return np.asarray((features - self.middle) / self.spread)


def learnt(
    features: Floats, labels: Sequence[str], *, regular: float = 1.0, gamma: float | None = None
) -> SmellClasses:
    """`gamma`: of exp(-γ d²), default 1 / number of features. Raises ValueError for fewer than two classes."""
    names = tuple(sorted(set(labels)))
    if len(names) < 2 or len(labels) != len(features):
        raise ValueError("two classes or more, one label for each row")
    middle, spread = features.mean(axis=0), np.maximum(features.std(axis=0), 1e-9)
    rows = (features - middle) / spread
    wide = gamma or 1 / features.shape[1]
    kernel = _kernel(rows, rows, wide) + np.eye(len(rows)) / regular
    target = np.where(np.asarray(labels)[:, None] == np.asarray(names)[None, :], 1.0, -1.0)
    # The offset of each class follows from the sum of its weights being 0.
    both = np.linalg.solve(kernel, np.hstack([target, np.ones((len(rows), 1))]))
    ones = both[:, -1]
    offset = both[:, :-1].sum(axis=0) / ones.sum()
    return SmellClasses(names, rows, both[:, :-1] - ones[:, None] * offset, offset, middle, spread, wide)


def conformal_limit(strangeness: Floats, share: float) -> float:
    """The strangeness that known smells exceed in at most `share` of cases, if they come as the calibration rows did.
    Infinite where the rows are too few to say so. Vovk, Gammerman, Shafer, Algorithmic Learning in a Random World."""
    if not 0 < share < 1:
        raise ValueError("a share lies between 0 and 1")
    place = int(np.ceil((1 - share) * (len(strangeness) + 1)))
    return float("inf") if place > len(strangeness) else float(np.sort(strangeness)[place - 1])


def named(scores: Floats, strangeness: Floats, names: Sequence[str], limit: float) -> list[str | None]:
    """The likeliest class of each row; None: none of them."""
    return [names[int(np.argmax(row))] if far <= limit else None for row, far in zip(scores, strangeness, strict=True)]


def _squares(one: Floats, other: Floats) -> Floats:
    found = (one**2).sum(axis=1)[:, None] + (other**2).sum(axis=1)[None, :] - 2 * one @ other.T
    return np.asarray(np.maximum(found, 0))


def _kernel(one: Floats, other: Floats, gamma: float) -> Floats:
    return np.asarray(np.exp(-gamma * _squares(one, other)))
