"""sample_outputs.csv: the submitter's own outputs on public cases, which the lab must be able to reproduce."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Collection

from pandok.core.lab.refusals import SubmissionRefusal
from pandok.fields.lab.acts.submissions.unpacking import UploadRefused, readable

LEAST_CASES = 20
"""Or all, where the problem has fewer public cases."""
MOST_COLUMNS = 20_001
MOST_VALUES = 2_000_000


def read_samples(data: bytes | bytearray, *, public: Collection[str]) -> dict[str, list[float]]:
    """case_id -> numbers. Raises UploadRefused at the first fault."""
    try:
        reader = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        rows = [(reader.line_num, row) for row in reader if row]
    except (UnicodeDecodeError, csv.Error) as error:
        raise _refused("samples.not_csv") from error
    if not rows or rows[0][1][0] != "case_id" or not 2 <= len(rows[0][1]) <= MOST_COLUMNS:
        raise _refused("samples.columns")
    width = len(rows[0][1])
    if width * (len(rows) - 1) > MOST_VALUES:
        raise _refused("samples.columns", f"{width} × {len(rows) - 1} > {MOST_VALUES}")
    found: dict[str, list[float]] = {}
    for line, row in rows[1:]:
        if len(row) != width:
            raise _refused("samples.columns", f"line {line}")
        if row[0] not in public:
            raise _refused("samples.unknown_case", f"line {line}: {readable(row[0])}")
        if row[0] in found:
            raise _refused("samples.repeated", f"line {line}: {readable(row[0])}")
        found[row[0]] = [_number(cell, line) for cell in row[1:]]
    least = min(LEAST_CASES, len(public))
    if len(found) < least:
        raise _refused("samples.too_few", f"{len(found)} < {least}")
    return found


def _number(cell: str, line: int) -> float:
    try:
        value = math.nan if "_" in cell else float(cell)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise _refused("samples.number", f"line {line}: {readable(cell[:40])}")
    return value


def _refused(code: str, where: str = "") -> UploadRefused:
    return UploadRefused([SubmissionRefusal(code, where)])
