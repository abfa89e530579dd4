"""The machine pack: does the coming state of a machine show in the last day of its temperature?

A case is a whole hour: what the sensor showed in the last hour, six hours and day. It is true where the hour ends
in a window that the source labels as a failure. Parts follow time; hours that look back over a boundary are left out.
Today's rule is a fixed limit: how far the hour lies from the middle of the ordinary hours of the public part.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pandok.demo.packs.pack_folder import writing
from pandok.demo.packs.source_rows import moment_of, number_of, source_rows, source_text

STREAM = "realKnownCause/machine_temperature_system_failure.csv"
COLUMNS = ("last", "low_1h", "high_1h", "mean_6h", "slope_6h", "mean_24h", "spread_24h")
FEEDBACK_FROM, CONFIRM_FROM = datetime(2014, 1, 11), datetime(2014, 2, 3)
LOOKS_BACK_H = 24
Windows = list[tuple[datetime, datetime]]


@dataclass(frozen=True)
class Hour:
    """`ends`: the first moment after it. `values`: as COLUMNS, in the unit of the source."""

    ends: datetime
    values: tuple[float, ...]
    fails: bool


def build_machines(folder: Path, data: Path) -> None:
    hours = hours_of(data / "nab")
    middle = ordinary(hours)
    with writing(folder, "machine-hours", COLUMNS) as pack:
        for hour in hours:
            pack.query(
                f"m{hour.ends:%Y%m%d%H}",
                part_of(hour.ends),
                truth=str(int(hour.fails)),
                practice=f"{abs(hour.values[0] - middle):.4f}",
                cluster=f"{hour.ends - timedelta(hours=1):%Y-%m-%d}",
                cells={name: f"{value:.4f}" for name, value in zip(COLUMNS, hour.values, strict=True)},
            )


def hours_of(folder: Path) -> list[Hour]:
    """The hours of which a whole day before is measured, and that look back into their own part alone."""
    rows = list(source_rows(folder / STREAM, {"timestamp": moment_of, "value": number_of}))
    windows = windows_of(folder)
    means: dict[datetime, NDArray[np.float64]] = {}
    for start, of_hour in groupby(rows, key=lambda row: row["timestamp"].replace(minute=0, second=0)):
        means[start] = np.array([row["value"] for row in of_hour])
    found = []
    for start, values in means.items():
        before = [start - timedelta(hours=back) for back in range(LOOKS_BACK_H)]
        ends = start + timedelta(hours=1)
        if any(one not in means for one in before) or part_of(before[-1]) != part_of(ends):
            continue
        hourly = np.array([means[one].mean() for one in reversed(before)])
        fails = any(begins <= ends <= last for begins, last in windows)
        found.append(Hour(ends, _measured(values, hourly), fails))
    return found


def windows_of(folder: Path) -> Windows:
    told = json.loads(source_text(folder / "combined_windows.json"))[STREAM]
    return [(moment_of(begins), moment_of(ends)) for begins, ends in told]


def ordinary(hours: list[Hour]) -> float:
    """The median of the public hours without a failure: the middle of today's limits."""
    return float(np.median([one.values[0] for one in hours if part_of(one.ends) == "public" and not one.fails]))


def part_of(moment: datetime) -> str:
    if moment < FEEDBACK_FROM:
        return "public"
    return "feedback" if moment < CONFIRM_FROM else "confirm"


def _measured(last: NDArray[np.float64], hourly: NDArray[np.float64]) -> tuple[float, ...]:
    six = hourly[-6:]
    return (
        float(last.mean()), float(last.min()), float(last.max()), float(six.mean()),
        float((six[-1] - six[0]) / 5), float(hourly.mean()), float(hourly.std()),
    )  # fmt: skip
