"""Mass attenuation µ/ρ in cm²/g, from 1 keV to 20 MeV.

Up to 800 keV: the tables of Elam, Ravel and Sieber (2002) in xraydb (public domain data, MIT code). Above, xraydb
answers with the value at 800 keV and no more than a warning; there `megavolt` continues them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from pandok.readers.xray.physics.basis import Floats
from pandok.readers.xray.physics.compositions import mass_shares, mixture
from pandok.readers.xray.physics.megavolt import PARTS, above

LAST_TABLE_KEV = 800.0
LEAST_KEV, MOST_KEV = 1.0, 20_000.0


def mass_attenuation(of: str | Mapping[str, float], energies_kev: Floats) -> Floats:
    """µ/ρ (N,) of a formula ("SiO2") or of a mixture of formulas by mass ({"Cu": 0.7, "Zn": 0.3}), coherent scattering
    included. Raises `ValueError` outside 1 keV to 20 MeV and for what is no formula."""
    energies = np.asarray(energies_kev, dtype=np.float64)
    if energies.size and not (energies.min() >= LEAST_KEV and energies.max() <= MOST_KEV):
        raise ValueError("attenuation is known from 1 keV to 20 MeV")
    shares = mass_shares(of) if isinstance(of, str) else mixture(of)
    grid = (energies.tobytes(), energies.shape)
    return np.asarray(sum(share * _element(element, *grid) for element, share in shares.items()))


@lru_cache(maxsize=1024)
def _element(element: str, energies: bytes, shape: tuple[int, ...]) -> Floats:
    import xraydb

    kev = np.frombuffer(energies, np.float64).reshape(shape)
    found = np.empty(shape)
    low = kev <= LAST_TABLE_KEV
    if low.any():
        found[low] = xraydb.mu_elam(element, kev[low] * 1e3)
    if not low.all():
        at_last = {part: float(xraydb.mu_elam(element, [LAST_TABLE_KEV * 1e3], kind=part)[0]) for part in PARTS}
        number, mass = int(xraydb.atomic_number(element)), float(xraydb.atomic_mass(element))
        found[~low] = above(kev[~low], LAST_TABLE_KEV, at_last, atomic_number=number, atomic_mass=mass)
    found.setflags(write=False)
    return found
