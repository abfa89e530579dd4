"""Question: what does Pandok say of public samples of CAP 1.1, CAP 1.2 and EDXL-DE?

    git clone https://github.com/google/cap-library  (Apache-2.0; its `testdata` holds the samples)
    python -m benchmarks.cap_samples --samples cap-library/testdata --out benchmarks/results/cap_samples.json

Each file goes through what `pandok street cap` does: parsed in a process with bounds, checked by structure and rule.
The names of the files are their publisher's: `…_invalid`, `…_errors` and `invalid` have faults put in on purpose, `xee`
declares an outside entity.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.machine import write_result

WRONG_ON_PURPOSE = ("invalid", "errors", "xee")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    rows = list(judged(chosen.samples))
    as_named = sum(row["named_wrong"] == (row["refused"] or bool(row["faults"])) for row in rows)
    summary = {"files": len(rows), "alerts": sum(row["alerts"] for row in rows), "judged_as_they_are_named": as_named}
    write_result(chosen.out, "Faults of public samples of CAP and EDXL-DE", 0, summary | {"rows": rows})
    print(summary)


def judged(folder: Path) -> Iterator[dict[str, Any]]:
    from pandok.core.errors import RequestError
    from pandok.fields.street.cap_reading import faults_in

    for path in sorted(one for one in folder.rglob("*") if one.suffix in (".cap", ".edxlde")):
        row: dict[str, Any] = {"file": path.name, "alerts": 0, "refused": False, "faults": []}
        row["named_wrong"] = any(word in path.stem for word in WRONG_ON_PURPOSE)
        try:
            found = faults_in(path.read_bytes())
            row |= {"alerts": len(found), "faults": sorted({fault for one in found for fault in one})}
        except RequestError:
            row["refused"] = True
        yield row


if __name__ == "__main__":
    main()
