"""Packs "which registered design is this?" from folders with register.csv and queries.csv."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable
from pathlib import Path

from pandok.demo.packs import untuned
from pandok.demo.packs.pack_folder import writing
from pandok.demo.packs.splitting import part_of, share

TRAINING_PICTURES = 120
Rows = list[dict[str, str]]


def build_packages(folder: Path, data: Path) -> None:
    """Public: 120 of the photographs that the source gives for training. Sealed: its test photographs."""
    source = data / "designs-packages"
    registered = {row["design_id"] for row in _read(source / "register.csv")}
    training = {row["path"]: row for row in _read(source / "train.csv") if row["design_id"] in registered}
    chosen = [training[path] | {"query_id": path} for path in sorted(training, key=share)[:TRAINING_PICTURES]]

    def part(row: dict[str, str]) -> str:
        return "public" if row["path"] in training else part_of(row["query_id"], public=0.0, feedback=0.3)

    _build(folder, "designs-packages", source, [*chosen, *_inside(_read(source / "queries.csv"))], part)


def build_drawings(folder: Path, data: Path) -> None:
    """The pictures of one patent stay in one part."""
    source = data / "designs-drawings"
    _build(folder, "designs-drawings", source, _inside(_read(source / "queries.csv")), _by_design(0.15, 0.25))


def build_articles(folder: Path, data: Path) -> None:
    """Articles that Pandok draws itself; `data` is the folder that pandok.demo.articles has written."""
    queries = _inside(_read(data / "queries.csv"))
    _build(folder, "demo-articles", data, queries, _by_design(0.15, 0.25))


def _by_design(public: float, feedback: float) -> Callable[[dict[str, str]], str]:
    return lambda row: part_of(row["design_id"], public=public, feedback=feedback)


def _build(folder: Path, pack_id: str, source: Path, queries: Rows, part: Callable[[dict[str, str]], str]) -> None:
    register = _read(source / "register.csv")
    columns = ("kind",) if pack_id == "designs-packages" else ()
    kinds = {row["design_id"]: row["article"] for row in register}
    with writing(folder, pack_id, columns) as pack:
        shown = [(source / row["path"]).read_bytes() for row in register]
        for number, (row, data) in enumerate(zip(register, shown, strict=True)):
            case_id = f"r{number:04d}"
            path = pack.file(f"register/{case_id}{Path(row['path']).suffix}", data)
            pack.register(case_id, shows=row["design_id"], path=path)
        asked = [(source / row["path"]).read_bytes() for row in queries]
        answers = untuned.nearest(asked, shown, [row["design_id"] for row in register])
        for row, data, answer in zip(queries, asked, answers, strict=True):
            # The names of the source tell the article.
            case_id = "q" + hashlib.sha256(row["query_id"].encode()).hexdigest()[:12]
            pack.query(
                case_id,
                part(row),
                truth=row["design_id"],
                practice=answer,
                cluster=row["design_id"],
                path=pack.file(f"queries/{case_id}{Path(row['path']).suffix}", data),
                cells={"kind": kinds[row["design_id"]]},
            )


def _inside(rows: Rows) -> Rows:
    """Only what the register holds: for the others no first place can be right, for model and practice alike."""
    return [row for row in rows if row["design_id"] and ";" not in row["design_id"]]


def _read(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
