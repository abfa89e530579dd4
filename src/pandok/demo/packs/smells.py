"""The gas sensor packs: foods by six gas channels, and what a sensor shows of the room alone on later days.

Foods: the offline recordings that the source trains on are public, its offline test answers feedback, the recordings of
later sessions (`online`) confirm. Temperature, pressure, humidity and altitude are left out: they tell the session.
Days: day 4 is public, day 18 feedback, day 22 confirm.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections import defaultdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pandok.demo.packs.pack_folder import writing
from pandok.readers.gas.classes import learnt
from pandok.readers.gas.drift import environment_correction, expected_from_environment
from pandok.readers.gas.features import windows

Floats = NDArray[np.float64]
CHANNELS = {"NO2": "no2", "C2H5OH": "ethanol", "VOC": "voc", "CO": "co", "Alcohol": "alcohol", "LPG": "lpg"}
STEPS = 100
PARTS = {
    "offline_training": "public",
    "offline_testing": "feedback",
    "online_nuts": "confirm",
    "online_spices": "confirm",
}
FOLDS = 5
DAYS = {"04d": "public", "18d": "feedback", "22d": "confirm"}
SAMPLES = 30
"""Of about ten seconds: a case is five minutes."""


def build_foods(folder: Path, data: Path) -> None:
    recordings = _recordings(data / "smellnet" / "recordings.csv.gz")
    cases = [
        (split, substance, name, number, values[part])
        for (split, substance, name), values in recordings.items()
        for number, part in enumerate(windows(len(values), STEPS, STEPS))
    ]
    features = np.array([np.log1p(values).mean(axis=0) for *_, values in cases])
    practice = _told(features, [one[0] for one in cases], [one[1] for one in cases], [one[2] for one in cases])
    with writing(folder, "food-smells", ("session",)) as pack:
        for (split, substance, name, number, values), told in zip(cases, practice, strict=True):
            case_id = "s" + hashlib.sha256(f"{split}|{name}|{number}".encode()).hexdigest()[:14]
            pack.query(
                case_id,
                PARTS[split],
                truth=substance,
                practice=told,
                cluster=hashlib.sha256(f"{split}|{name}".encode()).hexdigest()[:12],
                path=pack.file(f"{case_id}.csv", _as_csv(values)),
                cells={"session": split.partition("_")[2] if split.startswith("online") else "offline"},
            )


def build_days(folder: Path, data: Path) -> None:
    days = {day: _five_minutes(data / "mox_sgp30" / f"dataset_test_{day}_continuous.csv.gz") for day in DAYS}
    first = days["04d"]
    half = len(first) // 2
    # Of the public part each half is told by what the other half taught.
    taught = {
        "04d": [environment_correction(*part[:, 1:].T) for part in (first[half:], first[:half])],
        **{day: [environment_correction(*first[:, 1:].T)] for day in ("18d", "22d")},
    }
    with writing(folder, "gas-days", ("temperature_c", "humidity_percent", "hours")) as pack:
        for day, rows in days.items():
            for number, (hours, signal, temperature, humidity) in enumerate(rows):
                fitted = taught[day][-1 if day != "04d" or number >= half else 0]
                told = expected_from_environment(fitted, np.array([temperature]), np.array([humidity]))
                pack.query(
                    f"g{hashlib.sha256(f'{day}|{number}'.encode()).hexdigest()[:14]}",
                    DAYS[day],
                    truth=f"{signal:.1f}",
                    practice=f"{told[0]:.1f}",
                    cluster=f"{day}-{int(hours):03d}",
                    cells={
                        "temperature_c": f"{temperature:.3f}",
                        "humidity_percent": f"{humidity:.3f}",
                        "hours": f"{hours:.4f}",
                    },
                )


def _told(features: Floats, splits: list[str], substances: list[str], recordings: list[str]) -> list[str]:
    """The machine's answers; to public cases by machines that did not learn from their recording."""
    train = np.array([one == "offline_training" for one in splits])
    fold = np.array([int(hashlib.sha256(one.encode()).hexdigest()[:8], 16) % FOLDS for one in recordings])
    labels = np.array(substances)
    told = np.empty(len(labels), dtype=object)
    for asked, taught in [(~train, train), *((train & (fold == one), train & (fold != one)) for one in range(FOLDS))]:
        model = learnt(features[taught], list(labels[taught]), regular=10.0)
        told[asked] = np.array(model.names)[model.scores(features[asked]).argmax(axis=1)]
    return [str(one) for one in told]


def _recordings(path: Path) -> dict[tuple[str, str, str], Floats]:
    found: dict[tuple[str, str, str], list[list[float]]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            counts = [float(row[name] or "nan") for name in CHANNELS]
            # A few steps of the source lack a value, or have one that no counter gives.
            if all(count >= 0 for count in counts):
                found[row["split"], row["substance"], row["recording"]].append(counts)
    return {key: np.array(rows) for key, rows in found.items()}


def _five_minutes(path: Path) -> Floats:
    """(n, 4): hours since the beginning, raw ethanol signal, °C, % relative humidity; medians."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        names = ("rel. Time", "Ethanol", "Temperature", "Rel. Humidity")
        rows = np.array([[float(row[name]) for name in names] for row in csv.DictReader(file)])
    rows[:, 0] /= 3600
    whole = rows[: len(rows) // SAMPLES * SAMPLES].reshape(-1, SAMPLES, 4)
    return np.asarray(np.median(whole, axis=1))


def _as_csv(values: Floats) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(list(CHANNELS.values()))
    writer.writerows([f"{value:g}" for value in row] for row in values)
    return text.getvalue().encode()
