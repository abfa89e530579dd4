"""The weights with which a machine really sees, from one picture of a step wedge of polyethylene, aluminium and steel.

Each channel is fitted as a mixture, no share negative, of several hundred spectra that tubes and sandwich detectors can
have (`tubes`): smooth and possible by construction, so that a dozen noisy steps suffice and what lies between and
beyond them stays sensible.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.optimize import nnls

from pandok.readers.xray.physics.attenuation import mass_attenuation
from pandok.readers.xray.physics.basis import DualResponse, Floats
from pandok.readers.xray.physics.refusals import refused
from pandok.readers.xray.physics.tubes import POLYETHYLENE, Sheet, channels, kramers

LEAST_STEPS, LEAST_MATERIALS = 9, 3
MOST_MISFIT = 0.02
"""Median relative misfit of the steps beyond which the wedge is not what it is said to be."""
_ENERGIES = np.arange(15.0, 221.0)
_PEAKS = (90.0, 110.0, 130.0, 140.0, 150.0, 160.0, 180.0, 200.0, 220.0)
_ALUMINIUM_MM = (1.0, 3.0, 6.0)
_DETECTORS = ("Gd2O2S", "CsI", "CdWO4")
_FRONT = (0.05, 0.1, 0.2)
_COPPER_MM = (0.0, 0.4, 0.8, 1.2)
_BACK = 0.5


@dataclass(frozen=True)
class Step:
    """`of`: a formula. `g_per_cm2`: its areal density. `low`, `high`: measured transmissions. `low_sd`, `high_sd`:
    their standard deviations."""

    of: str
    g_per_cm2: float
    low: float
    high: float
    low_sd: float = 0.0
    high_sd: float = 0.0


@dataclass(frozen=True)
class FittedResponse:
    """`steps`: those that the fit took; darker ones tell nothing. `misfit` (steps, 2): relative, of low and high."""

    response: DualResponse
    misfit: Floats
    steps: tuple[Step, ...] = ()


def fitted_response(steps: Sequence[Step], name: str = "", most_kev: float | None = None) -> FittedResponse:
    """Weights of a machine of up to 220 kV. `most_kev`: its tube voltage where it is known. Raises `InputError` where
    the wedge has too few steps or materials, or no spectrum explains it."""
    steps = [step for step in steps if min(step.low, step.high) > 5e-4]
    if len(steps) < LEAST_STEPS or len({step.of for step in steps}) < LEAST_MATERIALS:
        raise refused(code="xray.wedge_steps", steps=len(steps), materials=len({step.of for step in steps}))
    rays = np.exp(-np.stack([mass_attenuation(step.of, _ENERGIES) * step.g_per_cm2 for step in steps]))
    weights, misfits = [], []
    for channel in ("low", "high"):
        measured = np.array([getattr(step, channel) for step in steps])
        spread = np.array([getattr(step, f"{channel}_sd") for step in steps])
        # Nothing is known better than a thousandth: scatter, steps that are not as thick as said.
        trust = 1 / np.hypot(spread / measured, 1e-3)
        known = _possible()
        if most_kev is not None:
            known = known[:, known[most_kev + 1 <= _ENERGIES].sum(axis=0) < 1e-9]
        columns = rays @ known / measured[:, None] * trust[:, None]
        # Air lets everything through: shares add up to 1, as surely as all steps together.
        sure = float(np.linalg.norm(trust))
        share, _ = nnls(np.vstack([columns, np.full(known.shape[1], sure)]), np.append(trust, sure))
        spectrum = known @ share
        weights.append(spectrum / spectrum.sum())
        misfits.append(rays @ weights[-1] / measured - 1)
    misfit = np.stack(misfits, axis=1)
    if float(np.median(np.abs(misfit))) > MOST_MISFIT:
        raise refused(code="xray.wedge_misfit", percent=round(100 * float(np.median(np.abs(misfit))), 1))
    first, second = (mass_attenuation(one, _ENERGIES) for one in (POLYETHYLENE, "Al"))
    origin = f"Fitted to a step wedge, steps: {len(steps)}."
    return FittedResponse(
        DualResponse(_ENERGIES, weights[0], weights[1], first, second, name=name, origin=origin), misfit, tuple(steps)
    )


@lru_cache(maxsize=1)
def _possible() -> Floats:
    """(energies, spectra): weights, each column with the sum 1."""
    found = []
    for peak in _PEAKS:
        for millimetres in _ALUMINIUM_MM:
            photons = kramers(peak, _ENERGIES, [Sheet("Al", millimetres / 10 * 2.7)])
            for detector in _DETECTORS:
                for front in _FRONT:
                    for copper in _COPPER_MM:
                        low, high = channels(
                            photons,
                            _ENERGIES,
                            Sheet(detector, front),
                            [Sheet("Cu", copper / 10 * 8.96)],
                            Sheet(detector, _BACK),
                        )
                        if copper == _COPPER_MM[0]:
                            found.append(low / low.sum())
                        found.append(high / high.sum())
    return np.stack(found, axis=1)
