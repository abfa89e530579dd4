"""Question: how soon does the fire reader alarm beside real smoke alarms, and how often in ordinary air?

    PANDOK_SHARED=../shared python -m benchmarks.smoke_alarm --out benchmarks/results/smoke_alarm.json

`nist_smoke`: five house fires, each station's temperatures, optical densities, CO and CO₂, seconds after the first and
the median real alarm of the same station (negative: before it). `--fires` takes another folder of the same form.
`mox_sgp30`: 236 hours of ordinary air, temperature and CO₂ equivalent of one sensor each 10 s; `smellnet` has no times
and is not read. Peers: an optical density above .14, 57 °C, and five deviations over the first eight samples of any
channel, held for three.

The steps of the reader were chosen on these five fires and this air: .5 to 2.5 times the present ones were tried, with
a hold of 0 or 4 s. All tried found every station; the larger ones are later and rouse less.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import os
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.machine import write_result
from pandok.readers.streetlights.alerts.observation import Observation
from pandok.readers.streetlights.alerts.pole_reader import PoleReader
from pandok.readers.streetlights.fire_smoke import LEVELS, FireSmoke

PPM_PER_PERCENT = 1e4


class Station:
    """`channels`: property to its columns (heights), each (T,)."""

    def __init__(
        self, name: str, at_s: np.ndarray, columns: dict[str, np.ndarray], station: str, alarms_s: list[float]
    ):
        self.name, self.at_s, self.alarms_s = name, at_s, alarms_s
        gas = f"GAS{station}_"
        self.channels = {
            "temperature_c": [of for name, of in columns.items() if name.startswith(f"TC{station}_")],
            "optical_density_per_m": [of for name, of in columns.items() if name.startswith(f"SM{station}_")],
            "co_ppm": [of * PPM_PER_PERCENT for name, of in columns.items() if name == f"{gas}1"],
            "co2_ppm": [of * PPM_PER_PERCENT for name, of in columns.items() if name == f"{gas}3"],
        }


def stations(folder: Path) -> list[Station]:
    alarms: dict[tuple[str, str], list[float]] = defaultdict(list)
    with (folder / "activation_times.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            alarms[row["test"], row["station"]].append(float(row["seconds"]))
    found = []
    for path in sorted(folder.glob("SDC*.csv.gz")):
        with gzip.open(path, "rt", newline="") as file:
            head, *rows = list(csv.reader(file))
        table = np.array([[float(cell) if cell else np.nan for cell in row] for row in rows])
        columns = dict(zip(head, table.T, strict=True))
        test = path.name.split(".")[0]
        for (of, station), times in sorted(alarms.items()):
            if of == test:
                found.append(Station(f"{test} {station}", table[:, 0], columns, station, times))
    return found


def reader_s(one: Station) -> float | None:
    pole = PoleReader("bench", FireSmoke(), LEVELS)
    heights = max(len(columns) for columns in one.channels.values())
    for row, at in enumerate(one.at_s):
        for height in range(heights):
            values = {of: float(cols[height][row]) for of, cols in one.channels.items() if height < len(cols)}
            if pole.observe(Observation(round(at * 1000), values, str(height))):
                return float(at)
    return None


def threshold_s(one: Station, of: str, line: float) -> float | None:
    over = [np.flatnonzero(column > line) for column in one.channels[of]]
    first = min((int(rows[0]) for rows in over if len(rows)), default=None)
    return None if first is None else float(one.at_s[first])


def deviations_s(one: Station) -> float | None:
    found = []
    for columns in one.channels.values():
        for column in columns:
            over = column > column[:8].mean() + 5 * max(float(column[:8].std()), 1e-3 * max(abs(float(column[0])), 1))
            held = np.flatnonzero(over[8:-2] & over[9:-1] & over[10:])
            if len(held):
                found.append(float(one.at_s[held[0] + 10]))
    return min(found, default=None)


def measured(known: list[Station], seconds: list[float | None]) -> dict[str, Any]:
    first = {one.name: at - min(one.alarms_s) for one, at in zip(known, seconds, strict=True) if at is not None}
    median = [at - float(np.median(one.alarms_s)) for one, at in zip(known, seconds, strict=True) if at is not None]
    return {
        "stations": len(known),
        "alarmed": len(first),
        "median_s_after_first_alarm": float(np.median(list(first.values()))),
        "median_s_after_median_alarm": float(np.median(median)),
        "most_s_after_first_alarm": max(first.values()),
        "more_than_30_s_before_any_alarm": sum(at < -30 for at in first.values()),
        "s_after_first_alarm": first,
    }


def ordinary_air(folder: Path) -> dict[str, Any]:
    episodes, hours = 0, 0.0
    for path in sorted(folder.glob("*_continuous.csv.gz")):
        pole = PoleReader("bench", FireSmoke(), LEVELS)
        with gzip.open(path, "rt", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["Temperature"]]
        for row in rows:
            values = {"temperature_c": float(row["Temperature"]), "co2_ppm": float(row["CO2eq"])}
            alerts = pole.observe(Observation(round(float(row["time"]) * 1000), values))
            episodes += sum(alert.change == "raised" for alert in alerts)
        hours += (float(rows[-1]["time"]) - float(rows[0]["time"])) / 3600
    return {"hours": round(hours, 1), "false_episodes": episodes}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    data = Path(os.environ.get("PANDOK_SHARED", "../shared")) / "data"
    parser.add_argument("--fires", type=Path, default=data / "nist_smoke")
    chosen = parser.parse_args()
    known = stations(chosen.fires)
    rows = {
        "Pandok fire-smoke": measured(known, [reader_s(one) for one in known]),
        "five deviations held": measured(known, [deviations_s(one) for one in known]),
        "optical density > .14": measured(known, [threshold_s(one, "optical_density_per_m", 0.14) for one in known]),
        "57 °C": measured(known, [threshold_s(one, "temperature_c", 57.0) for one in known]),
    }
    result = {"rows": rows, "ordinary_air": ordinary_air(data / "mox_sgp30")}
    write_result(chosen.out, "Seconds after real smoke alarms; false episodes in ordinary air", 0, result)
    for name, row in rows.items():
        print(name, row)
    print(result["ordinary_air"])


if __name__ == "__main__":
    main()
