"""Question: are leakage, outage and day burners told, at how many false alarms a lamp-year? SIMULATED lamps.

    python -m benchmarks.lamp_faults --out benchmarks/results/lamp_faults.json

No public recording of lamp faults was found, so everything here is simulated, and says how the readers behave on what
the simulation assumes, not how lamps fail. A year of a lamp in Gwangju each 30 minutes: showers (about 1,300 mm a year,
two thirds in summer); healthy leakage of 1 to 5 mA with noise, 0 to 4 mA more when wet, switching spikes of 20 to 60 mA
on one reading in 2,000, one step of the sensor's zero by 3 mA; power with noise, dimming to 60 % after midnight, a
photocell that switches up to 40 minutes from sunset and sunrise, lost readings. Faults: leakage of 20 to 30 mA from a
day on, in step with wetness; dark nights from a day on, burning by day from a day on. A fault is told where an alarm is
raised within 60 days of its first wet hour (leakage) or within three days (lamps). False: any alarm of a healthy lamp.
Intervals: 95 %, Poisson for false alarms, Wilson for recall.
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import chi2

from benchmarks.machine import write_result
from pandok.readers.streetlights.alerts.alert import Alert
from pandok.readers.streetlights.alerts.levels import Levels
from pandok.readers.streetlights.alerts.observation import Observation
from pandok.readers.streetlights.alerts.pole_reader import PoleReader
from pandok.readers.streetlights.lamp_faults import LampFault, Place, levels_of
from pandok.readers.streetlights.leakage import LEVELS, Leakage
from pandok.readers.streetlights.sun import zenith_deg

GWANGJU = Place(35.16, 126.85)
BEGIN_MS = round(datetime(2026, 1, 1, tzinfo=UTC).timestamp() * 1000)
STEP_MS = 1_800_000
STEPS = 365 * 48
LEAK_TOLD_MS, LAMP_TOLD_MS = 60 * 86_400_000, 3 * 86_400_000
SEED = 12
AT_MS = BEGIN_MS + STEP_MS * np.arange(STEPS)


def year_of_rain(random: np.random.Generator) -> np.ndarray:
    """mm/h each half hour: storms of some hours, more of them from June to September."""
    rain = np.zeros(STEPS)
    for day in range(365):
        summer = 151 <= day < 273
        if random.random() < (0.4 if summer else 0.22):
            begin, length = day * 48 + random.integers(48), random.integers(2, 16)
            rain[begin : begin + length] = random.gamma(1.2, 3.0 if summer else 1.2)
    return rain


def wetness(rain: np.ndarray) -> np.ndarray:
    """0 dry to 1 soaked; dries within hours."""
    wet = np.zeros(STEPS)
    for at in range(1, STEPS):
        wet[at] = min(wet[at - 1] * 0.85 + rain[at] * 0.3, 1.0)
    return wet


def leakage_of(random: np.random.Generator, wet: np.ndarray, fault_from: int | None) -> np.ndarray:
    value = random.uniform(1, 5) + random.normal(0, 0.4, STEPS) + random.uniform(0, 4) * wet
    value[random.random(STEPS) < 1 / 2000] += random.uniform(20, 60)
    value[random.integers(STEPS) :] += random.choice([-1, 1]) * 3.0
    if fault_from is not None:
        value[fault_from:] += random.uniform(20, 30) * wet[fault_from:]
    return np.maximum(value, 0)


def power_of(random: np.random.Generator, zenith: np.ndarray, fault: str, fault_from: int) -> np.ndarray:
    late = random.normal(0, 1.5)
    burns = zenith > 90.8 + np.clip(late, -3, 3)
    usual = random.uniform(60, 150)
    hour = (AT_MS / 3_600_000 + 9) % 24
    power = np.where(burns, usual * np.where((hour >= 0) & (hour < 5), 0.6, 1.0), 0.5)
    after = np.arange(STEPS) >= fault_from
    if fault == "outage":
        power[after] = 0.4
    if fault == "day-burner":
        power[after] = usual
    return np.maximum(power * random.normal(1, 0.03, STEPS), 0)


def alerts_of(reader: PoleReader, values: list[dict[str, float]], kept: np.ndarray) -> list[Alert]:
    return [
        alert
        for at in np.flatnonzero(kept)
        for alert in reader.observe(Observation(int(AT_MS[at]), values[at]))
        if alert.change == "raised"
    ]


def leakage(random: np.random.Generator, healthy: int, faulty: int) -> dict[str, Any]:
    false = told = 0
    for number in range(healthy + faulty):
        rain = year_of_rain(random)
        wet = wetness(rain)
        is_faulty = number >= healthy
        fault_from = int(random.integers(30 * 48, 300 * 48)) if is_faulty else None
        value = leakage_of(random, wet, fault_from)
        kept = random.random(STEPS) > 0.02
        values = [{"leakage_ma": v, "rain_mm_h": r} for v, r in zip(value.tolist(), rain.tolist(), strict=True)]
        alerts = alerts_of(PoleReader("bench", Leakage(), LEVELS), values, kept)
        if fault_from is None:
            false += len(alerts)
        else:
            first_wet = fault_from + int(np.argmax(wet[fault_from:] > 0.8))
            told += any(
                one.at_ms - AT_MS[fault_from] >= 0 and one.at_ms - AT_MS[first_wet] <= LEAK_TOLD_MS for one in alerts
            )
    return figures(told, faulty, false, healthy)


def lamp(random: np.random.Generator, fault: Any, healthy: int, faulty: int, zenith: np.ndarray) -> dict[str, Any]:
    false = told = 0
    levels: Levels = levels_of(fault)
    for number in range(healthy + faulty):
        is_faulty = number >= healthy
        fault_from = int(random.integers(30 * 48, 300 * 48))
        power = power_of(random, zenith, fault if is_faulty else "", fault_from)
        kept = random.random(STEPS) > 0.02
        hour = (AT_MS / 3_600_000 + 9) % 24
        values = [
            {"lamp_power_w": v, "dimming_percent": 60.0 if h < 5 else 100.0}
            for v, h in zip(power.tolist(), hour.tolist(), strict=True)
        ]
        if is_faulty:
            # The rest of the year after a fault says nothing more.
            kept[fault_from + 10 * 48 :] = False
        alerts = alerts_of(PoleReader("bench", LampFault(fault, GWANGJU), levels), values, kept)
        if is_faulty:
            told += any(0 <= one.at_ms - AT_MS[fault_from] <= LAMP_TOLD_MS for one in alerts)
        else:
            false += len(alerts)
    return figures(told, faulty, false, healthy)


def figures(told: int, faulty: int, false: int, lamp_years: int) -> dict[str, Any]:
    share, z = told / faulty, 1.96
    middle, half = share + z**2 / 2 / faulty, z * np.sqrt(share * (1 - share) / faulty + z**2 / 4 / faulty**2)
    wilson = [round(float((middle + sign * half) / (1 + z**2 / faulty)), 3) for sign in (-1, 1)]
    high = float(chi2.ppf(0.975, 2 * (false + 1)) / 2)
    low = float(chi2.ppf(0.025, 2 * false) / 2) if false else 0.0
    return {
        "simulated": True,
        "faulty_lamps": faulty,
        "told": told,
        "recall": round(share, 4),
        "recall_interval": wilson,
        "healthy_lamp_years": lamp_years,
        "false_alarms": false,
        "false_per_100_lamp_years": round(100 * false / lamp_years, 3),
        "false_interval": [round(100 * low / lamp_years, 3), round(100 * high / lamp_years, 3)],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--lamps", type=int, default=400, help="healthy lamp-years of each fault")
    chosen = parser.parse_args()
    random = np.random.default_rng(SEED)
    zenith = np.array([zenith_deg(int(at), GWANGJU.latitude_deg, GWANGJU.longitude_deg) for at in AT_MS])
    faulty = max(chosen.lamps // 2, 1)
    rows = {"leakage": leakage(random, chosen.lamps, faulty)}
    print(rows, flush=True)
    for fault in ("outage", "day-burner"):
        rows[fault] = lamp(random, fault, chosen.lamps // 2, faulty // 2, zenith)
        print(fault, rows[fault], flush=True)
    write_result(chosen.out, "Simulated lamp faults: recall and false alarms", SEED, {"simulated": True, "rows": rows})


if __name__ == "__main__":
    main()
