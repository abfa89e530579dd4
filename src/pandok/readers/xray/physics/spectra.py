"""How known machines see: tables that come with Pandok, and tables that an operator brings.

A table is text: lines that begin with # say where it comes from, then comma-separated columns with a head. It needs
`energy_kev` and one column of weights for each energy; columns of µ/ρ for the basis materials are used where they
stand, else they are computed.
"""

from __future__ import annotations

import csv
import io
from functools import lru_cache
from importlib import resources

import numpy as np

from pandok.readers.xray.physics.attenuation import mass_attenuation
from pandok.readers.xray.physics.basis import DualResponse, Floats
from pandok.readers.xray.physics.refusals import refused
from pandok.readers.xray.physics.tubes import POLYETHYLENE

FIRST_NAMES = ("mu_rho_PE_cm2_per_g", "mu_rho_polyethylene", "mu_rho_PE")
SECOND_NAMES = ("mu_rho_Al_cm2_per_g", "mu_rho_Al")
MOST_ROWS = 20_000


def response_from_table(
    text: str, low: str = "w_low", high: str = "w_high", *, name: str = "", origin: str = ""
) -> DualResponse:
    """`low`, `high`: names of the columns of weights. Raises `InputError` for a table that is none."""
    comments = [line.lstrip("# ") for line in text.splitlines() if line.startswith("#")]
    lines = "\n".join(line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    rows = list(csv.DictReader(io.StringIO(lines)))
    there = set(rows[0]) if rows else set()
    missing = [column for column in ("energy_kev", low, high) if column not in there]
    if missing or len(rows) > MOST_ROWS:
        raise refused(code="xray.spectrum_columns", missing=", ".join(missing) or "-", rows=len(rows))

    def column(key: str) -> Floats:
        return np.array([float(row[key]) for row in rows])

    try:
        energies = column("energy_kev")
        first = next((column(key) for key in FIRST_NAMES if key in there), None)
        second = next((column(key) for key in SECOND_NAMES if key in there), None)
        return DualResponse(
            energies,
            column(low),
            column(high),
            mass_attenuation(POLYETHYLENE, energies) if first is None else first,
            mass_attenuation("Al", energies) if second is None else second,
            name=name,
            origin=origin or " ".join(comments),
        )
    except (TypeError, ValueError) as error:
        raise refused(code="xray.spectrum_numbers", why=str(error)) from error


def table_of(response: DualResponse) -> str:
    """As `response_from_table` reads it."""
    lines = [f"# {line}" for line in response.origin.splitlines()] + ["energy_kev,w_low,w_high"]
    for energy, low, high in zip(response.energies_kev, response.low, response.high, strict=True):
        lines.append(f"{energy:g},{low:.7g},{high:.7g}")
    return "\n".join(lines) + "\n"


def shipped_names() -> tuple[str, ...]:
    """Machines whose table comes with Pandok."""
    folder = resources.files("pandok.readers.xray.physics") / "tables"
    return tuple(sorted(one.name.removesuffix(".csv") for one in folder.iterdir() if one.name.endswith(".csv")))


@lru_cache(maxsize=16)
def shipped(name: str) -> DualResponse:
    """One of `shipped_names`. Raises `InputError` for another name."""
    if name not in shipped_names():
        raise refused(code="xray.spectrum_unknown", name=name, known=", ".join(shipped_names()))
    table = resources.files("pandok.readers.xray.physics") / "tables" / f"{name}.csv"
    return response_from_table(table.read_text(encoding="utf-8"), name=name)
