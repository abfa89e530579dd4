"""Ability and criterion as means of what the answers leave open (EAP), by quadrature.

The criterion is learnt from harmless items alone, the ability from threat items for every criterion that these leave
open. That throws away what threat items say of the criterion, and buys that no miss can ever raise an ability: were
both learnt together, a miss could be laid on a strict criterion, and the ability behind it rise. Libraries of adaptive
tests show such rises.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pandok.proof.ability.answers import Answer, HarmlessItem, ThreatItem

Floats = NDArray[np.float64]
_REACH, _STEP = 8.0, 0.1
"""Of the standard scale; the trapezoid rule is exact to more than 1e-8 for what falls away as fast as these do."""


@dataclass(frozen=True)
class Priors:
    """Normal; `kappa_sd` 0: nobody has a criterion of their own."""

    theta_mean: float = 0.0
    theta_sd: float = 1.0
    kappa_mean: float = 0.0
    kappa_sd: float = 0.7

    def __post_init__(self) -> None:
        if self.theta_sd <= 0 or self.kappa_sd < 0:
            raise ValueError("standard deviations are more than 0, that of the criterion at least 0")


@dataclass(frozen=True)
class Estimate:
    """`theta`, `kappa`: means; `theta_sd`, `kappa_sd`: standard errors. `threats`, `harmless`: answers behind them."""

    theta: float
    theta_sd: float
    kappa: float
    kappa_sd: float
    threats: int
    harmless: int
    _grid: Floats = field(repr=False, compare=False)
    _mass: Floats = field(repr=False, compare=False)

    def interval(self, confidence: float = 0.90) -> tuple[float, float]:
        """Of the ability: equal tails."""
        below = np.cumsum(self._mass) - self._mass / 2
        tail = (1 - confidence) / 2
        low, high = np.interp([tail, 1 - tail], below, self._grid)
        return float(low), float(high)


class Posterior:
    """What the answers so far leave open; answers are added one by one."""

    def __init__(self, priors: Priors | None = None) -> None:
        self.priors = priors or Priors()
        one = self.priors
        points = np.arange(-_REACH, _REACH + _STEP / 2, _STEP)
        self._theta = one.theta_mean + one.theta_sd * points
        coarse = points[::2] if one.kappa_sd else np.zeros(1)
        self._kappa = one.kappa_mean + one.kappa_sd * coarse
        self._of_kappa = -0.5 * coarse**2
        self._of_theta = np.tile(-0.5 * points**2, (len(self._kappa), 1))
        self.threats = self.harmless = 0

    def add(self, answer: Answer) -> None:
        sign = 1.0 if answer.stopped else -1.0
        if isinstance(answer.item, HarmlessItem):
            self._of_kappa += _log_chance(sign * (self._kappa - answer.item.innocence))
            self.harmless += 1
        else:
            slope, share = answer.item.flattened
            logit = slope * (self._theta[None] - answer.item.difficulty) + share * self._kappa[:, None]
            self._of_theta += _log_chance(sign * logit)
            self.threats += 1

    def estimate(self) -> Estimate:
        of_kappa = np.exp(self._of_kappa - self._of_kappa.max())
        of_kappa /= of_kappa.sum()
        of_theta = np.exp(self._of_theta - self._of_theta.max(axis=1, keepdims=True))
        of_theta /= of_theta.sum(axis=1, keepdims=True)
        mass = of_kappa @ of_theta
        theta = float(mass @ self._theta)
        kappa = float(of_kappa @ self._kappa)
        return Estimate(
            theta=theta,
            theta_sd=float(np.sqrt(mass @ (self._theta - theta) ** 2)),
            kappa=kappa,
            kappa_sd=float(np.sqrt(of_kappa @ (self._kappa - kappa) ** 2)),
            threats=self.threats,
            harmless=self.harmless,
            _grid=self._theta,
            _mass=mass,
        )


def estimated(answers: Sequence[Answer], priors: Priors | None = None) -> Estimate:
    """Of all answers at once; their order does not matter."""
    posterior = Posterior(priors)
    for answer in answers:
        posterior.add(answer)
    return posterior.estimate()


def information(item: ThreatItem | HarmlessItem, theta: float, kappa: float) -> float:
    """Fisher's, of the ability for a threat item, of the criterion for a harmless one."""
    if isinstance(item, HarmlessItem):
        chance = 1 / (1 + np.exp(item.innocence - kappa))
        return float(chance * (1 - chance))
    slope, share = item.flattened
    chance = 1 / (1 + np.exp(-np.clip(slope * (theta - item.difficulty) + share * kappa, -700, 700)))
    return float(slope**2 * chance * (1 - chance))


def _log_chance(logit: Floats) -> Floats:
    """log of the logistic, without overflow."""
    return np.asarray(-np.logaddexp(0.0, -logit))
