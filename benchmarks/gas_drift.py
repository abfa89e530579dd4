"""Question: does what was learnt of gas sensors hold on later days, and is a smell that was never learnt refused?

    PANDOK_SHARED=../shared python -m benchmarks.gas_drift --out benchmarks/results/gas_drift.json

`mox_sgp30`: the raw signal explained by temperature and humidity, fitted on the first 80 % (by time) of the day-4
recording; R² on its last 20 %, on day 18 and day 22. "z by batch": signal, temperature and humidity each less their own
batch's mean and over its SD, which looks at a whole recording but at no label.

`smellnet`: six gas channels, windows of 100 steps, hop 50; ln(R/R₀) against the median of the recording's first ten
steps beside the logarithms themselves. Peer: the least-squares support vector machine without correction; beside it z
by batch (the recording's split). A recording answers by the mean of its windows' scores. Intervals: Clopper-Pearson
over recordings. **The leak**: the same machine given temperature, pressure, humidity and altitude alone.

Unknown: five times ten of the 50 substances are left out of learning; the limit is conformal at 5 % on one recording in
five of what is known, by recording's median strangeness. Refused: share of recordings of unknown substances.
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
from pandok.proof.shares import exact_interval
from pandok.readers.gas.classes import SmellClasses, conformal_limit, learnt
from pandok.readers.gas.drift import (
    environment_correction,
    expected_from_environment,
    in_time_order,
    z_scored_by_batch,
)
from pandok.readers.gas.features import log_ratio, window_features, windows

SEED = 3
GAS = ("NO2", "C2H5OH", "VOC", "CO", "Alcohol", "LPG")
ROOM = ("Temperature", "Pressure", "Humidity", "Altitude")


def r2(true: np.ndarray, told: np.ndarray) -> float:
    return round(float(1 - ((true - told) ** 2).sum() / ((true - true.mean()) ** 2).sum()), 3)


def days(folder: Path) -> dict[str, Any]:
    read = {}
    for day in ("04d", "18d", "22d"):
        with gzip.open(folder / f"dataset_test_{day}_continuous.csv.gz", "rt", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        columns = ("time", "Ethanol", "H2", "Temperature", "Rel. Humidity")
        read[day] = {name: np.array([float(row[name]) for row in rows]) for name in columns}
    first, last = in_time_order(read["04d"]["time"], (0.8, 0.2))
    parts = {"04d, first 80 %": (read["04d"], first), "04d, last 20 %": (read["04d"], last)}
    parts |= {day: (read[day], np.arange(len(read[day]["time"]))) for day in ("18d", "22d")}
    done: dict[str, Any] = {}
    for signal in ("Ethanol", "H2"):
        for way in ("fitted once", "z by batch"):
            used: dict[str, np.ndarray] = {}
            for name, (day, rows_) in parts.items():
                values: np.ndarray = np.stack(
                    [day[one][rows_] for one in (signal, "Temperature", "Rel. Humidity")], axis=1
                )
                if way == "z by batch":
                    values = z_scored_by_batch(values, ["one"] * len(values))
                    # The quadratic is scaled about a room's middle.
                    values[:, 1], values[:, 2] = values[:, 1] * 10 + 25, values[:, 2] * 25 + 50
                used[name] = values
            learn = used["04d, first 80 %"]
            fitted = environment_correction(learn[:, 0], learn[:, 1], learn[:, 2])
            done[f"{signal}, {way}"] = {
                name: r2(one[:, 0], expected_from_environment(fitted, one[:, 1], one[:, 2]))
                for name, one in used.items()
            }
    return done


def smells(path: Path) -> dict[str, Any]:
    recordings: dict[tuple[str, str, str], list[list[float]]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            key = row["split"], row["substance"], row["recording"]
            # A few steps of the source lack a value.
            if all(row[name] for name in (*GAS, *ROOM)):
                recordings[key].append([float(row[name]) for name in (*GAS, *ROOM)])
    gas: list[np.ndarray] = []
    room: list[np.ndarray] = []
    keys = []
    for key, values in recordings.items():
        array = np.array(values)
        counts = array[:, : len(GAS)]
        ratios = log_ratio(counts, np.median(counts[:10], axis=0))
        for part in windows(len(array), 100, 50):
            plain = np.log1p(counts[part]).mean(axis=0)
            gas.append(np.concatenate([plain, window_features(ratios[part])]))
            room.append(array[part, len(GAS) :].mean(axis=0))
            keys.append(key)
    splits = np.array([key[0] for key in keys])
    substances = np.array([key[1] for key in keys])
    names = np.array(["|".join(key) for key in keys])
    train = splits == "offline_training"
    done: dict[str, Any] = {"windows": len(keys), "recordings": len(recordings)}
    ways = {
        "six gas channels": np.array(gas),
        "six gas channels, z by batch": z_scored_by_batch(np.array(gas), list(splits)),
        "temperature, pressure, humidity, altitude alone": np.array(room),
    }
    for way, features in ways.items():
        model = learnt(features[train], list(substances[train]), regular=10.0)
        done[way] = {
            split: by_recording(model, features, substances, names, splits == split)
            for split in ("offline_testing", "online_nuts", "online_spices")
        }
    # Rooms are narrow bands that a smooth machine does not follow: the nearest window tells the session.
    room_scaled = (np.array(room) - np.mean(np.array(room)[train], axis=0)) / np.std(np.array(room)[train], axis=0)
    for split in ("offline_testing", "online_nuts", "online_spices"):
        asked = splits == split
        far = ((room_scaled[asked][:, None] - room_scaled[train][None]) ** 2).sum(axis=2)
        told = substances[train][far.argmin(axis=1)]
        done.setdefault("the room alone, nearest window", {})[split] = {
            "windows": int(asked.sum()),
            "windows_right": round(float((told == substances[asked]).mean()), 3),
            "by_chance": round(1 / len(set(substances[train])), 3),
        }
    done["unknown"] = unknown(ways["six gas channels"], substances, names, splits)
    return done


def by_recording(
    model: SmellClasses, features: np.ndarray, substances: np.ndarray, names: np.ndarray, which: np.ndarray
) -> dict[str, Any]:
    scores = model.scores(features[which])
    right_windows = np.array(model.names)[scores.argmax(axis=1)] == substances[which]
    right, count = 0, 0
    for name in sorted(set(names[which])):
        rows = names[which] == name
        told = model.names[int(scores[rows].mean(axis=0).argmax())]
        right, count = right + (told == name.split("|")[1]), count + 1
    interval = exact_interval(right, count)
    assert interval is not None
    return {
        "recordings": count,
        "right": right,
        "share": round(right / count, 3),
        "interval_95": [round(interval[0], 3), round(interval[1], 3)],
        "windows_right": round(float(right_windows.mean()), 3),
    }


def unknown(features: np.ndarray, substances: np.ndarray, names: np.ndarray, splits: np.ndarray) -> dict[str, Any]:
    """On the offline splits; and with the online recordings of known substances, which a drift makes strange too."""
    random = np.random.default_rng(SEED)
    kinds = np.array(sorted(set(substances[splits == "offline_training"])))
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for fold in np.array_split(random.permutation(kinds), 5):
        known_training = (splits == "offline_training") & ~np.isin(substances, fold)
        held = set(random.permutation(sorted(set(names[known_training])))[::5])
        calibrating = known_training & np.isin(names, list(held))
        learning = known_training & ~calibrating
        model = learnt(features[learning], list(substances[learning]), regular=10.0)

        def strange(which: np.ndarray, model: SmellClasses = model) -> np.ndarray:
            far = model.strangeness(features[which])
            return np.array([np.median(far[names[which] == name]) for name in sorted(set(names[which]))])

        limit = conformal_limit(strange(calibrating), 0.05)
        tested = splits == "offline_testing"
        online = np.isin(splits, ("online_nuts", "online_spices"))
        for told, which in (
            ("offline, unknown substance", tested & np.isin(substances, fold)),
            ("offline, known substance", tested & ~np.isin(substances, fold)),
            ("online, unknown substance", online & np.isin(substances, fold)),
            ("online, known substance", online & ~np.isin(substances, fold)),
        ):
            far = strange(which)
            counts[told][0] += int((far > limit).sum())
            counts[told][1] += len(far)
    return {
        told: {"recordings": count, "refused": hits, "share": round(hits / count, 3) if count else None}
        for told, (hits, count) in counts.items()
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", type=Path, required=True)
    data = Path(os.environ.get("PANDOK_SHARED", "../shared")) / "data"
    done = {"later days": days(data / "mox_sgp30"), "smells": smells(data / "smellnet" / "recordings.csv.gz")}
    write_result(arguments.parse_args().out, "Gas sensors on later days", SEED, done)
    for part in done.values():
        for key, value in part.items():
            print(key, value)


if __name__ == "__main__":
    main()
