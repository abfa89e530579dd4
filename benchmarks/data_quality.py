"""Question: does the report on a data set's quality find what is wrong with it, planted and real?

    PANDOK_SHARED=../shared python -m benchmarks.data_quality --out benchmarks/results/data_quality.json

Five real sets, each as it is (`as_it_is`: what is found in it; nothing was planted) and with defects planted by a fixed
seed (`planted`): labels of 5 % of the rows changed to another one; 30 pictures of the training part copied into the
test part, scaled to 80 % and saved again; 2 % of the values of planned columns broken in eight ways. Of each kind the
share that is found (`recall`) and the share of what is reported that was planted (`precision`). What a set holds of a
kind without anything planted counts as wrongly reported, so that precision is a lower bound.

Labels are held against each other by the design encoder's vectors, or by the table's own columns. Peers, where labels
are concerned: the nearest neighbour's label alone; and the encoder replaced by a colour histogram.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import cv2
import numpy as np
import polars as pl
from numpy.typing import NDArray

from benchmarks.machine import write_result
from pandok.core.programme.data_plan import ColumnPlan, DataPlan, Holds
from pandok.engines.data_quality.data_files import FolderFiles
from pandok.engines.data_quality.features import as_numbers
from pandok.engines.data_quality.report import quality_of
from pandok.engines.data_quality.suspect_labels import suspects
from pandok.engines.data_quality.violations import FIRST_ROW, read_table, violations
from pandok.engines.encoders.model_store import SHIPPED, ModelStore
from pandok.engines.encoders.onnx_encoder import OnnxEncoder

SEED = 20261130
FLIPPED, BROKEN, COPIES = 0.05, 0.02, 30
Features = NDArray[np.float32]


def square(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    height, width = picture.shape[:2]
    side = max(height, width)
    whole = np.full((side, side, 3), 255, np.uint8)
    top, left = (side - height) // 2, (side - width) // 2
    whole[top : top + height, left : left + width] = picture
    return np.asarray(cv2.resize(whole, (224, 224), interpolation=cv2.INTER_AREA), np.uint8)


def squares(folder: Path, paths: list[str]) -> NDArray[np.uint8]:
    read = [cv2.imread(str(folder / path), cv2.IMREAD_REDUCED_COLOR_2) for path in paths]
    return np.stack([square(cv2.cvtColor(one, cv2.COLOR_BGR2RGB)) for one in read])


def by_colour(pictures: NDArray[np.uint8]) -> Features:
    return np.stack([cv2.calcHist([one], [0, 1, 2], None, [8] * 3, [0, 256] * 3).ravel() for one in pictures]).astype(
        np.float32
    )


def flipped(labels: list[str], rng: np.random.Generator) -> tuple[list[str], set[int]]:
    names = sorted(set(labels))
    rows = rng.choice(len(labels), round(FLIPPED * len(labels)), replace=False)
    changed = list(labels)
    for row in rows:
        others = [name for name in names if name != labels[row]]
        changed[row] = others[int(rng.integers(len(others)))]
    return changed, {int(row) for row in rows}


def of_labels(features: Features, labels: list[str], rng: np.random.Generator) -> dict[str, Any]:
    changed, planted = flipped(labels, rng)
    found = {one.row for one in suspects(features, changed)}
    before = {one.row for one in suspects(features, labels)}
    unit = features - features.mean(0)
    unit /= np.maximum(np.linalg.norm(unit, axis=1, keepdims=True), 1e-9)
    near = unit @ unit.T
    np.fill_diagonal(near, -9)
    alone = {row for row, other in enumerate(near.argmax(1)) if changed[row] != changed[other]}
    return {
        "rows": len(labels),
        "planted": len(planted),
        **shares(found, planted),
        "suspect_before": len(before),
        "nearest_neighbour_alone": shares(alone, planted),
    }


def shares(found: set[Any], planted: set[Any]) -> dict[str, float | None]:
    hit = len(found & planted)
    return {
        "recall": round(hit / len(planted), 3) if planted else None,
        "precision": round(hit / len(found), 3) if found else None,
    }


BREAKS: dict[str, Callable[[str], str]] = {
    "letters in a number": lambda value: f"{value}kg",
    "out of bounds": lambda _value: "-987654321",
    "not agreed on": lambda value: f"{value}?",
    "empty": lambda _value: "",
    "another form": lambda value: f"no. {value}",
    "broken letters": lambda value: f"{value}\ufffd",
    "impossible day": lambda _value: "2026-02-30",
    "file that is not there": lambda value: f"{value}.bak",
}
SUITS = {
    "letters in a number": lambda one: one.holds in (Holds.NUMBER, Holds.WHOLE_NUMBER),
    "out of bounds": lambda one: one.least is not None,
    "not agreed on": lambda one: bool(one.among),
    "empty": lambda one: one.required,
    "another form": lambda one: bool(one.pattern),
    "broken letters": lambda _one: True,
    "impossible day": lambda one: one.holds is Holds.DATE,
    "file that is not there": lambda one: one.holds is Holds.FILE,
}


def of_schema(table: pl.DataFrame, plan: DataPlan, folder: Path | None, rng: np.random.Generator) -> dict[str, Any]:
    places = [(row, one) for one in plan.columns if one.name in table.columns for row in range(len(table))]
    planted = set()
    columns = {name: table[name].to_list() for name in table.columns}
    for index in rng.choice(len(places), round(BROKEN * len(places)), replace=False):
        row, column = places[int(index)]
        if columns[column.name][row] is None:
            continue
        ways = [name for name, suits in SUITS.items() if suits(column)]
        columns[column.name][row] = BREAKS[ways[int(rng.integers(len(ways)))]](columns[column.name][row]) or None
        planted.add((column.name, row + FIRST_ROW))
    broken = pl.DataFrame(columns, schema=table.schema)
    found = {
        (one.column, one.row)
        for one in violations(broken, plan, FolderFiles(folder) if folder else None)
        if one.row is not None
    }
    return {"values": len(places), "planted": len(planted), **shares(found, planted)}


def of_copies(folder: Path, rows: list[tuple[str, str]], plan: DataPlan, rng: np.random.Generator) -> dict[str, Any]:
    """rows: (path, split)."""
    train = [path for path, split in rows if split == "train"]
    with tempfile.TemporaryDirectory() as made:
        work = Path(made)
        rows = list(dict.fromkeys(rows))
        for path, _ in rows:
            (work / path).parent.mkdir(parents=True, exist_ok=True)
            (work / path).write_bytes((folder / path).read_bytes())
        chosen = [train[int(row)] for row in rng.choice(len(train), min(COPIES, len(train)), replace=False)]
        planted = set()
        for number, path in enumerate(chosen):
            picture = cv2.imread(str(work / path))
            copy = f"copy-{number:03}.jpg"
            cv2.imwrite(
                str(work / copy),
                cv2.resize(picture, None, fx=0.8, fy=0.8, interpolation=cv2.INTER_AREA),
                [cv2.IMWRITE_JPEG_QUALITY, 80],
            )
            planted.add(copy)
            rows = [*rows, (copy, "test")]
        with open(work / "table.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["path", "split"])
            writer.writerows(rows)
        own = DataPlan(
            name=plan.name,
            split="split",
            columns=(ColumnPlan(name="path", holds=Holds.FILE, unique=True), ColumnPlan(name="split")),
        )
        found = quality_of(work / "table.csv", own, folder=work).repeats
    told = {one.second for one in found.examples if one.across_splits}
    return {
        "planted": len(planted),
        **shares(told, planted),
        "across_splits_besides": found.across_splits - len(told & planted),
    }


def pictures(shared: Path, name: str, limit: int | None = None) -> tuple[Path, list[tuple[str, str, str]]]:
    """Folder, and (path, label, split) of each row."""
    folder = shared / "data" / name
    rows = []
    files = (
        (("photos.csv", "train"),) if name == "photos-clothing" else (("train.csv", "train"), ("queries.csv", "test"))
    )
    for file, split in files:
        with open(folder / file, encoding="utf-8") as stream:
            for row in csv.DictReader(stream):
                label = row.get("design_id") or row.get("article") or ""
                if label:
                    rows.append((row["path"], label, split))
    return folder, rows[:limit]


def plan_of_pictures(name: str, labels: set[str]) -> DataPlan:
    return DataPlan(
        name=name,
        split="split",
        label="label",
        columns=(
            ColumnPlan(name="path", holds=Holds.FILE, unique=True, pattern=r"[\w/.-]+\.(jpg|png|webp)"),
            ColumnPlan(name="label", among=tuple(sorted(labels))),
            ColumnPlan(name="split", among=("train", "test")),
        ),
    )


DECLARATIONS = DataPlan(
    name="customs_declaration",
    split="split",
    label="Fraud",
    same_thing=("HS6 Code", "Net Mass", "Item Price"),
    columns=(
        ColumnPlan(name="Declaration ID", pattern=r"\d{8}", unique=True),
        ColumnPlan(name="Date", holds=Holds.DATE),
        ColumnPlan(name="HS6 Code", pattern=r"\d{6}"),
        ColumnPlan(name="Country of Departure", pattern=r"[A-Z]{2}"),
        ColumnPlan(name="Country of Origin", pattern=r"[A-Z]{2}"),
        ColumnPlan(name="Tax Rate", holds=Holds.NUMBER, least=0),
        ColumnPlan(name="Net Mass", holds=Holds.NUMBER, least=0),
        ColumnPlan(name="Item Price", holds=Holds.NUMBER, least=0),
        ColumnPlan(name="Fraud", among=("0", "1")),
        ColumnPlan(name="Critical Fraud", among=("0", "1", "2")),
        ColumnPlan(name="split", among=("train", "test")),
    ),
)
FLOODS = DataPlan(
    name="floodnet_nyc",
    same_thing=("sensor_id", "flood_start_time"),
    columns=(
        ColumnPlan(name="sensor_id", pattern=r"[\w-]+"),
        ColumnPlan(name="flood_start_time", holds=Holds.DATE),
        ColumnPlan(name="flood_end_time", holds=Holds.DATE),
        ColumnPlan(name="max_depth_inches", holds=Holds.NUMBER, least=0, most=120),
        ColumnPlan(name="onset_time_mins", holds=Holds.NUMBER, least=0),
        ColumnPlan(name="drain_time_mins", holds=Holds.NUMBER, least=0),
        ColumnPlan(name="duration_mins", holds=Holds.NUMBER, least=0),
    ),
)


def tables(shared: Path, work: Path) -> dict[str, tuple[Path, DataPlan]]:
    parts = []
    for split in ("train", "test"):
        with gzip.open(shared / "data" / "customs_declaration" / f"df_syn_{split}_eng.csv.gz") as stream:
            parts.append(pl.read_csv(stream.read(), infer_schema=False).with_columns(split=pl.lit(split)))
    whole = work / "declarations.csv"
    pl.concat(parts).write_csv(whole)
    return {
        "customs_declaration": (whole, DECLARATIONS),
        "floodnet_nyc": (shared / "data" / "floodnet_nyc" / "flood-events.csv", FLOODS),
    }


def as_it_is(found: Any) -> dict[str, Any]:
    told = found.model_dump(mode="json")
    return {
        "rows": found.rows,
        "faulty_values": found.syntactic.faulty,
        "faults": [
            {"fault": one["fault"], "column": one["column"], "rows": one["rows"], "first": one["examples"][:3]}
            for one in told["syntactic"]["faults"]
            if one["fault"] != "column_unknown"
        ],
        "repeats": {name: value for name, value in told["repeats"].items() if name != "examples"},
        "first_repeats": told["repeats"]["examples"][:5],
        "suspect_labels": found.semantic.suspects,
        "first_suspects": told["semantic"]["examples"][:8],
        "validity": told["validity"],
        "even_labels": round(found.diversity.even_labels, 1) if found.diversity else None,
    }


def measured(shared: Path) -> dict[str, Any]:
    told: dict[str, Any] = {}
    stored = ModelStore(SHIPPED).get("pandok-design")
    encoder = OnnxEncoder(stored.card, stored.verified("encoder.onnx"), threads=1)
    for name, limit in (("designs-produce", None), ("designs-packages", None), ("photos-clothing", 1500)):
        began = process_time()
        folder, rows = pictures(shared, name, limit)
        seen = squares(folder, [path for path, *_ in rows])
        features, labels = encoder.encode(seen), [label for _, label, _ in rows]
        plan = plan_of_pictures(name, set(labels))
        table = pl.DataFrame(rows, schema={"path": pl.String, "label": pl.String, "split": pl.String}, orient="row")
        with tempfile.TemporaryDirectory() as work:
            table.write_csv(Path(work) / "table.csv")
            whole = quality_of(Path(work) / "table.csv", plan, folder=folder, features_of=lambda _table: features)  # noqa: B023
        rng = np.random.default_rng(SEED)
        told[name] = {
            "as_it_is": as_it_is(whole),
            "planted": {
                "labels": of_labels(features, labels, rng),
                "labels_by_colour_histogram": of_labels(by_colour(seen), labels, np.random.default_rng(SEED)),
                "schema": of_schema(table, plan, folder, rng),
                "copies": of_copies(folder, [(path, split) for path, _, split in rows], plan, rng),
            },
            "processor_s": round(process_time() - began, 1),
        }
        print(name, told[name]["planted"], flush=True)
    with tempfile.TemporaryDirectory() as folder_name:
        for name, (path, plan) in tables(shared, Path(folder_name)).items():
            began = process_time()
            table = read_table(path)
            rng = np.random.default_rng(SEED)
            told[name] = {
                "as_it_is": as_it_is(quality_of(path, plan)),
                "planted": {"schema": of_schema(table, plan, None, rng)},
                "processor_s": round(process_time() - began, 1),
            }
            if plan.label:
                chosen = np.sort(rng.choice(len(table), 6000, replace=False))
                part = table[chosen.tolist()]
                besides = {plan.label, "Critical Fraud", "Declaration ID", "split"}
                columns = as_numbers(part, [one for one in part.columns if one not in besides])
                assert columns is not None
                labels = part[plan.label].to_list()
                told[name]["planted"]["labels"] = of_labels(columns, labels, rng)
            print(name, told[name]["planted"], flush=True)
    return told


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("--shared", type=Path, default=Path(os.environ.get("PANDOK_SHARED", "../shared")))
    arguments.add_argument("--out", type=Path)
    given = arguments.parse_args()
    found = measured(given.shared)
    if given.out:
        question = "Does the report on a data set's quality find what is wrong with it, planted and real?"
        write_result(given.out, question, SEED, {"sets": found})


if __name__ == "__main__":
    main()
