"""Spectra from formulas: a tube or an accelerator, filters, and detectors one behind the other.

Photon number: Kramers (1923), N(E) ∝ (E0 − E) / E, thick target; no characteristic lines. An energy-integrating
detector weighs a photon with its energy times the share that it absorbs; a detector in front filters the one behind.
Scatter and escape are left out. Such a spectrum is a start: the weights that a machine really has are fitted
(`step_wedge`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pandok.readers.xray.physics.attenuation import mass_attenuation
from pandok.readers.xray.physics.basis import DualResponse, Floats

POLYETHYLENE = "C2H4"


@dataclass(frozen=True)
class Sheet:
    """`of`: a formula. `g_per_cm2`: areal density."""

    of: str
    g_per_cm2: float


def kramers(peak_kev: float, energies_kev: Floats, filters: Sequence[Sheet] = ()) -> Floats:
    """Photons (N,) at `energies_kev` behind the filters, in any unit."""
    photons = np.maximum(peak_kev - energies_kev, 0.0) / energies_kev
    return photons * _through(filters, energies_kev)


def sandwich(
    photons: Floats,
    energies_kev: Floats,
    front: Sheet,
    between: Sequence[Sheet],
    back: Sheet,
    *,
    name: str,
    origin: str,
) -> DualResponse:
    """Two detectors, the front one for the low energies."""
    low, high = channels(photons, energies_kev, front, between, back)
    first, second = (mass_attenuation(one, energies_kev) for one in (POLYETHYLENE, "Al"))
    return DualResponse(energies_kev, low, high, first, second, name=name, origin=origin)


def channels(
    photons: Floats, energies_kev: Floats, front: Sheet, between: Sequence[Sheet], back: Sheet
) -> tuple[Floats, Floats]:
    """What the front and the back detector of a sandwich see of each energy, in one unit."""
    signal = photons * energies_kev
    low = signal * (1 - _through([front], energies_kev))
    high = signal * _through([front, *between], energies_kev) * (1 - _through([back], energies_kev))
    return low, high


def _through(sheets: Sequence[Sheet], energies_kev: Floats) -> Floats:
    exponent = np.zeros(len(energies_kev))
    for sheet in sheets:
        exponent -= mass_attenuation(sheet.of, energies_kev) * sheet.g_per_cm2
    return np.exp(exponent)
