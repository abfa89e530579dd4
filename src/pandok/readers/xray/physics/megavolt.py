"""Attenuation above the tables: each process continued from its last tabled value by its own law.

- incoherent: Klein and Nishina (1929), whose electrons are free; at 800 keV they nearly are.
- coherent: falls with the square of the energy.
- photoelectric: the K-shell formula of Sauter (1931), which falls ever more slowly, towards 1/E.
- pairs, in the field of nucleus and electrons: the fit of Geant4 (Bethe-Heitler model, parameters of Hubbell, Gimm and
  Øverbø, J. Phys. Chem. Ref. Data 9, 1980); 1.5 MeV to 100 GeV, below it runs to nothing at 1.022 MeV.

Held against NIST XCOM (Berger et al., NBSIR 87-3597) by the tests.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.polynomial import polynomial

from pandok.readers.xray.physics.basis import Floats

PARTS = ("incoh", "coh", "photo")
ELECTRON_KEV = 510.99895
AVOGADRO = 6.02214076e23
_FIT_BEGINS_KEV = 1500.0

# Microbarn, and factors without unit, for powers 0 to 5 of ln(E / m c²).
_EACH = (8.7842e2, -1.9625e3, 1.2949e3, -2.0028e2, 1.2575e1, -2.8333e-1)
_WITH_Z = (-1.0342e1, 1.7692e1, -8.2381, 1.3063, -9.0815e-2, 2.3586e-3)
_OVER_Z = (-4.5263e2, 1.1161e3, -8.6749e2, 2.1773e2, -2.0467e1, 6.5372e-1)


def above(
    kev: Floats, last_kev: float, at_last: Mapping[str, float], *, atomic_number: int, atomic_mass: float
) -> Floats:
    """µ/ρ (N,) in cm²/g at `kev` ≥ `last_kev`. `at_last`: cm²/g of each of `PARTS` at `last_kev`."""
    last = np.array([last_kev])
    return np.asarray(
        at_last["incoh"] * klein_nishina(kev) / klein_nishina(last)
        + at_last["coh"] * (last_kev / kev) ** 2
        + at_last["photo"] * _sauter(kev) / _sauter(last)
        + pairs_cm2(kev, atomic_number) * AVOGADRO / atomic_mass
    )


def klein_nishina(kev: Floats) -> Floats:
    """Cross section of one free electron, cm²."""
    k = np.asarray(kev, np.float64) / ELECTRON_KEV
    log = np.log1p(2 * k)
    radius_squared = (2.8179403262e-13) ** 2
    bracket = (1 + k) / k**2 * (2 * (1 + k) / (1 + 2 * k) - log / k) + log / (2 * k) - (1 + 3 * k) / (1 + 2 * k) ** 2
    return np.asarray(2 * np.pi * radius_squared * bracket)


def pairs_cm2(kev: Floats, atomic_number: int) -> Floats:
    """Cross section of pair production of one atom, its electrons included, cm²."""
    kev = np.asarray(kev, np.float64)
    z, at = atomic_number, np.maximum(kev, _FIT_BEGINS_KEV)
    log = np.log(at / ELECTRON_KEV)
    each, with_z, over_z = (polynomial.polyval(log, list(part)) for part in (_EACH, _WITH_Z, _OVER_Z))
    section = z * (z + 1) * (each + with_z * z + over_z / z) * 1e-30
    threshold = 2 * ELECTRON_KEV
    share = np.clip((kev - threshold) / (_FIT_BEGINS_KEV - threshold), 0, 1) ** 2
    return np.asarray(section * share)


def _sauter(kev: Floats) -> Floats:
    """Photoelectric absorption in the K shell over energy; only its shape counts."""
    k = np.asarray(kev, np.float64) / ELECTRON_KEV
    gamma = 1 + k
    root = np.sqrt(gamma**2 - 1)
    bracket = 4 / 3 + gamma * (gamma - 2) / (gamma + 1) * (
        1 - np.log((gamma + root) / (gamma - root)) / (2 * gamma * root)
    )
    return np.asarray(k**-5.0 * root**3 * bracket)
