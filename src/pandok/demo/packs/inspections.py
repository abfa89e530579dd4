"""The inspection pack: which of the declared consignments are opened where five in a hundred can be?

One line for each (HS6, mass, price) of the declarations, the first that stands in the source: no twin stands in two
parts, and lines are independent. Parts are the folds of `declarations`. Today's rule is the table of fraud rates by HS6
code, from the top until the capacity of a part is used up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from pandok.demo.packs.declarations import COLUMNS as OF_SOURCE
from pandok.demo.packs.declarations import FILES, PARTS, Line, fold_of, hs6_rates, triple
from pandok.demo.packs.pack_folder import writing
from pandok.demo.packs.source_rows import number_of, source_rows

NAMES = (
    "office", "process_type", "import_type", "import_use", "payment_type", "transport", "origin_indicator", "origin",
    "hs2", "hs4", "tax_rate", "net_mass_kg", "item_price_krw",
)  # fmt: skip
_NUMBERS = ("Tax Rate", "Net Mass", "Item Price")


def build_inspections(folder: Path, data: Path) -> None:
    lines = list(first_of_each(_lines(data / "customs_declaration")))
    public = [line for line in lines if PARTS[fold_of(line)] == "public"]
    rates = {
        fold: hs6_rates(line for line in public if part != "public" or fold_of(line) != fold)
        for fold, part in PARTS.items()
    }
    said = [rates[fold_of(line)][0].get(line["HS6 Code"], rates[fold_of(line)][1]) for line in lines]
    places = places_among(said, [PARTS[fold_of(line)] for line in lines])
    with writing(folder, "inspection-choice", NAMES) as pack:
        for line, place in zip(lines, places, strict=True):
            fold = fold_of(line)
            cells = {name: line[column] for name, column in OF_SOURCE.items() if name in NAMES}
            pack.query(
                f"i{line['Declaration ID']}",
                PARTS[fold],
                truth=line["Fraud"],
                practice=f"{place:.6f}",
                site=line["Office ID"],
                cells=cells | {"hs2": line["HS6 Code"][:2], "hs4": line["HS6 Code"][:4]},
            )


def first_of_each(lines: Iterable[Line]) -> Iterable[Line]:
    seen: set[str] = set()
    for line in lines:
        if (key := triple(line)) not in seen:
            seen.add(key)
            yield line


def places_among(rates: list[float], parts: list[str]) -> list[float]:
    """For each rate the share of its own part with a lower one: at or above .95 it is opened, so that the rule
    opens at most as much as there is capacity for, equal rates together or not at all."""
    whole, of_part = np.array(rates), np.array(parts)
    found = np.zeros(len(whole))
    for part in np.unique(of_part):
        ordered = np.sort(whole[of_part == part])
        found[of_part == part] = np.searchsorted(ordered, whole[of_part == part], side="left") / len(ordered)
    return [float(one) for one in found]


def _lines(folder: Path) -> Iterable[Line]:
    columns: dict[str, Callable[[str], str]] = dict.fromkeys((*OF_SOURCE.values(), "Declaration ID"), str)
    columns |= {"Fraud": _yes_or_no, **dict.fromkeys(_NUMBERS, _as_printed)}
    for name in FILES:
        yield from source_rows(folder / name, columns)


def _as_printed(cell: str) -> str:
    """A number, kept as it was printed: the fold depends on it."""
    number_of(cell)
    return cell


def _yes_or_no(cell: str) -> str:
    if cell not in ("0", "1"):
        raise ValueError("0 or 1")
    return cell
