"""The declarations pack: lines of the open Korean set, split so that no (HS6, mass, price) stands in two parts.

Folds 0 to 2 of the grouped split are public (to train on), fold 3 answers feedback, fold 4 confirms. The rates of
practice are learnt without the fold that they speak of, and never from a sealed fold.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from pandok.demo.packs.pack_folder import writing

FILES = ("df_syn_train_eng.csv.gz", "df_syn_valid_eng.csv.gz", "df_syn_test_eng.csv.gz")
COLUMNS = {
    "office": "Office ID",
    "process_type": "Process Type",
    "import_type": "Import Type",
    "import_use": "Import Use",
    "payment_type": "Payment Type",
    "transport": "Mode of Transport",
    "declarant": "Declarant ID",
    "importer": "Importer ID",
    "seller": "Seller ID",
    "courier": "Courier ID",
    "hs6": "HS6 Code",
    "departure": "Country of Departure",
    "origin": "Country of Origin",
    "tax_rate": "Tax Rate",
    "tax_type": "Tax Type",
    "origin_indicator": "Country of Origin Indicator",
    "net_mass_kg": "Net Mass",
    "item_price_krw": "Item Price",
}
PARTS = {0: "public", 1: "public", 2: "public", 3: "feedback", 4: "confirm"}
WEIGHT = 20.0
"""Lines at the overall rate that every HS6 code begins with (field note, protocol 2)."""
Line = dict[str, str]


def build_declarations(folder: Path, data: Path) -> None:
    lines = list(_lines(data / "customs_declaration"))
    rates = {fold: hs6_rates(line for line in lines if fold_of(line) in _learns(fold)) for fold in PARTS}
    with writing(folder, "declarations", tuple(COLUMNS)) as pack:
        for line in lines:
            fold = fold_of(line)
            known, overall = rates[fold]
            pack.query(
                f"d{line['Declaration ID']}",
                PARTS[fold],
                truth=line["Fraud"],
                practice=f"{known.get(line['HS6 Code'], overall):.6f}",
                cluster=hashlib.sha256(triple(line).encode()).hexdigest()[:12],
                site=line["Office ID"],
                cells={name: line[column] for name, column in COLUMNS.items()},
            )


def triple(line: Line) -> str:
    return f"{line['HS6 Code']}|{line['Net Mass']}|{line['Item Price']}"


def fold_of(line: Line) -> int:
    """0 to 4, by the three fields as they are printed (field note, protocol 2)."""
    return int(hashlib.sha256(triple(line).encode()).hexdigest()[:8], 16) % 5


def hs6_rates(lines: Iterable[Line]) -> tuple[dict[str, float], float]:
    """Share of fraud by HS6 code, drawn towards the overall share; and that share."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for line in lines:
        counts[line["HS6 Code"]][0] += int(line["Fraud"])
        counts[line["HS6 Code"]][1] += 1
    overall = sum(hits for hits, _ in counts.values()) / sum(count for _, count in counts.values())
    return {code: (hits + WEIGHT * overall) / (count + WEIGHT) for code, (hits, count) in counts.items()}, overall


def _learns(fold: int) -> frozenset[int]:
    return frozenset(one for one, part in PARTS.items() if part == "public" and one != fold)


def _lines(folder: Path) -> Iterable[Line]:
    for name in FILES:
        with gzip.open(folder / name, "rt", encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)
