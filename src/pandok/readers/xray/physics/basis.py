"""Two materials that stand for all: T_e = Σ w_e(E) · exp(−(µ/ρ)_1(E) · a_1 − (µ/ρ)_2(E) · a_2), a in g/cm².

Any material is nearly a mixture of two others below 160 keV and without an absorption edge in between: polyethylene and
aluminium, negative amounts allowed. What is expressed so no longer depends on the machine.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class DualResponse:
    """How a machine sees two energies.

    `energies_kev` (N,); `low`, `high` (N,): what share of the signal in air each energy has, sum 1. `first`, `second`
    (N,): µ/ρ of the basis materials, cm²/g, polyethylene and aluminium unless `basis` says otherwise. `origin`: where
    spectrum and tables come from.
    """

    energies_kev: Floats
    low: Floats
    high: Floats
    first: Floats
    second: Floats
    name: str = ""
    origin: str = ""
    basis: tuple[str, str] = ("PE", "Al")
    key: str = field(init=False, default="")

    def __post_init__(self) -> None:
        for name in ("energies_kev", "low", "high", "first", "second"):
            values = np.ascontiguousarray(getattr(self, name), dtype=np.float64)
            if values.ndim != 1 or values.shape != np.shape(self.energies_kev) or not np.isfinite(values).all():
                raise ValueError(
                    f"{name}: one finite number for each of {np.shape(self.energies_kev)} energies expected"
                )
            if name in ("low", "high"):
                if values.min() < 0 or values.sum() <= 0:
                    raise ValueError(f"{name}: weights must not be negative, nor all zero")
                values = values / values.sum()
            object.__setattr__(self, name, values)
        parts = (self.energies_kev, self.low, self.high, self.first, self.second)
        object.__setattr__(self, "key", hashlib.sha256(b"".join(part.tobytes() for part in parts)).hexdigest())

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        """The same numbers, whatever their name."""
        return isinstance(other, DualResponse) and self.key == other.key

    def transmission(self, first: Floats, second: Floats) -> tuple[Floats, Floats]:
        """(T_low, T_high) behind `first`, `second` g/cm² of the basis materials, by the whole spectrum."""
        shape = np.broadcast_shapes(np.shape(first), np.shape(second))
        one, two = (np.broadcast_to(np.asarray(part, np.float64), shape).ravel() for part in (first, second))
        low, high = np.empty(one.size), np.empty(one.size)
        for begin in range(0, one.size, 4096):
            part = slice(begin, begin + 4096)
            rays = np.exp(-(np.outer(one[part], self.first) + np.outer(two[part], self.second)))
            low[part], high[part] = rays @ self.low, rays @ self.high
        return low.reshape(shape), high.reshape(shape)

    def behind(self, mass_attenuation: Floats, g_per_cm2: float | Floats) -> tuple[Floats, Floats]:
        """(T_low, T_high) of a material: µ/ρ (N,) in cm²/g at `energies_kev`, areal density in g/cm²."""
        amount = np.asarray(g_per_cm2, dtype=np.float64)
        rays = np.exp(-np.multiply.outer(amount, mass_attenuation))
        return np.asarray(rays @ self.low), np.asarray(rays @ self.high)
