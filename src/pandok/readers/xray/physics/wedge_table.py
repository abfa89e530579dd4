"""Which step of a wedge lies where in a scan: a table by whoever laid it there, measured to steps for the fit."""

from __future__ import annotations

import csv
import io

import numpy as np
from numpy.typing import NDArray

from pandok.core.errors import InputError
from pandok.readers.xray.physics.attenuation import mass_attenuation
from pandok.readers.xray.physics.refusals import refused
from pandok.readers.xray.physics.step_wedge import Step

COLUMNS = ("of", "g_per_cm2", "left", "top", "right", "bottom")
LEAST_PIXELS = 16
MOST_ROWS = 1000


def wedge_steps(text: str, low: NDArray[np.floating], high: NDArray[np.floating]) -> list[Step]:
    """Mean transmission of each box of the table, with its standard error. `text`: CSV with COLUMNS; `of` a formula
    (C2H4, Al, Fe), boxes in pixels, right and bottom beyond. `low`, `high`: transmissions of one shape.

    Raises `InputError` xray.wedge_table with the row that does not fit.
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    if missing := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
        raise _wrong(1, ", ".join(missing))
    found = []
    for number, row in enumerate(rows, 2):
        try:
            if number > MOST_ROWS:
                raise ValueError("too many rows")
            of, amount = row["of"].strip(), float(row["g_per_cm2"])
            if not 0 < amount < 1000:
                raise ValueError("g_per_cm2")
            mass_attenuation(of, np.array([60.0]))
            left, top, right, bottom = (int(row[side]) for side in COLUMNS[2:])
            if not (0 <= left < right <= high.shape[1] and 0 <= top < bottom <= high.shape[0]):
                raise ValueError("the box leaves the scan")
            if (right - left) * (bottom - top) < LEAST_PIXELS:
                raise ValueError(f"a box needs {LEAST_PIXELS} pixels")
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise _wrong(number, str(error)) from error
        boxes = [plane[top:bottom, left:right].astype(np.float64) for plane in (low, high)]
        means = [float(box.mean()) for box in boxes]
        errors = [float(box.std() / np.sqrt(box.size)) for box in boxes]
        found.append(Step(of, amount, means[0], means[1], errors[0], errors[1]))
    return found


def _wrong(row: int, why: str) -> InputError:
    return refused(code="xray.wedge_table", row=row, why=why)
