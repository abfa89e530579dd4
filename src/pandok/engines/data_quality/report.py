"""The quality of one data set as one value: from its table, its files, its plan, and features of its rows if there are
any. The same files give the same value."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pandok.core.canonical import digest
from pandok.core.programme.data_plan import DataPlan, Holds
from pandok.core.programme.data_quality import (
    MOST_COMPARED,
    SHOWN,
    ComparedBy,
    DataQuality,
    Diversity,
    FaultCount,
    LabelCount,
    RepeatFound,
    Repeats,
    Semantic,
    SuspectLabel,
    Syntactic,
    Validity,
)
from pandok.engines.data_quality.data_files import DataFiles, FolderFiles
from pandok.engines.data_quality.features import as_numbers, compared_columns, squared
from pandok.engines.data_quality.personal_left import personal_columns, personal_in
from pandok.engines.data_quality.repeats import Print, Repeat, decoded, print_of, repeated_files, repeated_rows
from pandok.engines.data_quality.suspect_labels import Features, nearest_label, suspects
from pandok.engines.data_quality.violations import FIRST_ROW, Violation, read_table, violations
from pandok.engines.personal_data.shapes import hidden, shape
from pandok.proof.kappa import agreement
from pandok.proof.reader_noise import reader_noise
from pandok.proof.shares import wilson_interval

TRAIN, TEST = "train", "test"
FeaturesOf = Callable[[pl.DataFrame], Features]
Told = Callable[[str, int, int], None]
"""(what, done, of): for long work."""
Encode = Callable[[NDArray[np.uint8]], Features]
"""Squares (n, 224, 224, 3) RGB to a row of features each."""


def quality_of(
    table_path: Path,
    plan: DataPlan,
    *,
    folder: Path | None = None,
    features_of: FeaturesOf | None = None,
    groups: str = "",
    told: Told = lambda _what, _done, _of: None,
) -> DataQuality:
    """folder: below which the files of file columns lie. See `quality_in_steps`."""
    files = None if folder is None else FolderFiles(folder)
    for step in quality_in_steps(table_path, plan, files=files, features_of=features_of, groups=groups):
        if isinstance(step, DataQuality):
            return step
        told("files", *step)
    raise AssertionError("the last step is the report")


def quality_in_steps(
    table_source: Path | bytes,
    plan: DataPlan,
    *,
    files: DataFiles | None = None,
    features_of: FeaturesOf | None = None,
    groups: str = "",
    encode: Encode | None = None,
) -> Iterator[tuple[int, int] | DataQuality]:
    """How many files of how many are done, then the report. features_of: a row of features for each row of the table,
    by which labels are held against each other. groups: a column whose rows do not speak for each other. encode:
    without features_of, rows are compared by their pictures where the plan has one column of files, else by columns.

    Pictures of others are decoded here: call it in a process whose time and memory are bounded.
    Raises what reading a table raises; a value that is not as planned raises nothing, it is what is reported.
    """
    content = table_source if isinstance(table_source, bytes) else table_source.read_bytes()
    table = read_table(content)
    personal = personal_columns(table)
    found = list(violations(table, plan, files))
    named = named_files(table, plan, files)
    prints: dict[str, Print] = {}
    vectors: dict[str, Features] = {}
    pictures = _picture_column(table, plan) if encode is not None else ""
    shown = set(table[pictures]) if pictures else set()
    for done, name in enumerate(named, 1):
        assert files is not None
        file = files.read(name)
        prints[name] = print_of(file, decoded(file))
        if encode is not None and name in shown and (seen := squared(file)) is not None:
            vectors[name] = encode(seen[None])[0]
        yield done, len(named)
    features, by = None, ComparedBy.NOTHING
    if features_of is not None and plan.label in table.columns:
        features = features_of(table)
    elif pictures:
        features, by = _by_picture(table[pictures].to_list(), vectors), ComparedBy.PICTURES
    elif encode is not None and _may_be_compared(table, plan):
        features, by = as_numbers(table, compared_columns(table, plan, personal.keys())), ComparedBy.COLUMNS
    yield DataQuality(
        name=plan.name,
        table_sha256=hashlib.sha256(content).hexdigest(),
        plan_sha256=digest(plan),
        files_sha256=digest({name: one.sha256 for name, one in prints.items()}) if prints else "",
        rows=len(table),
        diversity=_diversity(table, plan),
        syntactic=_syntactic(table, found, personal.keys()),
        repeats=_repeats(table, plan, prints),
        semantic=_semantic(table, plan, features, groups, by),
        validity=_validity(table, plan, features),
        personal=personal_in(table, named, files.read if files else _no_file, personal),
    )


def _no_file(name: str) -> bytes:
    raise FileNotFoundError(name)


def named_files(table: pl.DataFrame, plan: DataPlan, files: DataFiles | None) -> list[str]:
    """Those that the plan's file columns name and that are there, each once."""
    if files is None:
        return []
    names = dict.fromkeys(name for column in _file_columns(table, plan) for name in table[column] if name)
    return [name for name in names if files.size(name) is not None]


def _file_columns(table: pl.DataFrame, plan: DataPlan) -> list[str]:
    return [one.name for one in plan.columns if one.holds is Holds.FILE and one.name in table.columns]


def _may_be_compared(table: pl.DataFrame, plan: DataPlan) -> bool:
    return plan.label in table.columns and 0 < len(table) - table[plan.label].null_count() <= MOST_COMPARED


def _picture_column(table: pl.DataFrame, plan: DataPlan) -> str:
    """The one by which labels are held against each other; "" where there is none, or several."""
    columns = _file_columns(table, plan)
    return columns[0] if len(columns) == 1 and _may_be_compared(table, plan) else ""


def _by_picture(names: Sequence[str | None], vectors: Mapping[str, Features]) -> Features | None:
    """Rows without a picture that can be seen are not numbers: they are not compared."""
    if not vectors:
        return None
    nothing = np.full_like(next(iter(vectors.values())), np.nan)
    return np.stack([vectors.get(name or "", nothing) for name in names])


def _diversity(table: pl.DataFrame, plan: DataPlan) -> Diversity | None:
    if plan.label not in table.columns:
        return None
    counts = Counter(value for value in table[plan.label] if value is not None)
    total = sum(counts.values())
    entropy = -math.fsum(n / total * math.log(n / total) for n in counts.values()) if total else 0.0
    names = sorted({*counts, *plan.counts}, key=lambda name: (-counts[name], name))
    each = tuple(LabelCount(label=hidden(name), rows=counts[name], agreed=plan.counts.get(name)) for name in names)
    return Diversity(counts=each, even_labels=math.exp(entropy) if total else 0.0)


def _syntactic(table: pl.DataFrame, found: Sequence[Violation], personal: Collection[str]) -> Syntactic:
    grouped: dict[tuple[str, str], list[Violation]] = {}
    for one in found:
        grouped.setdefault((one.fault, one.column), []).append(one)
    faults = tuple(
        FaultCount(
            fault=fault,
            column=column,
            rows=sum(one.row is not None for one in each),
            examples=tuple(
                (one.row, shape(one.value) if column in personal else one.value)
                for one in each[:SHOWN]
                if one.row is not None
            ),
        )
        for (fault, column), each in sorted(grouped.items(), key=lambda item: (-len(item[1]), item[0]))
    )
    faulty = len({(one.row, one.column) for one in found if one.row is not None})
    return Syntactic(values=table.height * table.width, faulty=faulty, faults=faults)


def _repeats(table: pl.DataFrame, plan: DataPlan, prints: Mapping[str, Print]) -> Repeats:
    columns = _file_columns(table, plan)
    alone = {plan.split, *(one.name for one in plan.columns if one.unique)}
    same = plan.same_thing or tuple(name for name in table.columns if name not in alone)
    rows = [] if columns and not plan.same_thing else repeated_rows(table, same, first_row=FIRST_ROW, split=plan.split)
    splits = table[plan.split].to_list() if plan.split in table.columns else [None] * len(table)
    split_of: dict[str, str] = {}
    for column in columns:
        for name, split in zip(table[column], splits, strict=True):
            if name:
                split_of.setdefault(name, str(split))
    files = repeated_files(prints, split_of)
    every = [*rows, *files]
    return Repeats(
        rows=len(rows),
        files=sum(one.same_bytes for one in files),
        near_copies=sum(not one.same_bytes for one in files),
        across_splits=sum(one.across for one in every),
        examples=tuple(_shown(one) for one in sorted(every, key=lambda one: not one.across)[:SHOWN]),
    )


def _shown(one: Repeat) -> RepeatFound:
    return RepeatFound(
        first=hidden(one.first), second=hidden(one.second), same_bytes=one.same_bytes, across_splits=one.across
    )


def _semantic(table: pl.DataFrame, plan: DataPlan, features: Features | None, groups: str, by: ComparedBy) -> Semantic:
    told: dict[str, object] = {}
    if plan.second_label in table.columns and plan.label in table.columns:
        twice = table.filter(pl.col(plan.label).is_not_null() & pl.col(plan.second_label).is_not_null())
        if len(twice):
            both = agreement(twice[plan.label].to_list(), twice[plan.second_label].to_list())
            told = {
                "read_twice": both.both,
                "agree": both.share,
                "agree_interval": both.share_interval,
                "kappa": both.kappa,
                "kappa_interval": both.kappa_interval,
                "label_noise": reader_noise(both.share),
                "label_noise_interval": (reader_noise(both.share_interval[1]), reader_noise(both.share_interval[0])),
            }
    rows = _labelled(table, plan, features) if features is not None else np.empty(0, np.intp)
    if features is not None and len(rows):
        group = table[groups].to_list() if groups in table.columns else None
        found = suspects(
            features[rows],
            [table[plan.label][int(row)] for row in rows],
            groups=None if group is None else [str(group[int(row)]) for row in rows],
        )
        told["compared_by"] = by
        told["labelled"] = len(rows)
        told["suspects"] = len(found)
        told["examples"] = tuple(
            SuspectLabel(
                row=int(rows[one.row]) + FIRST_ROW,
                written=hidden(one.written),
                likely=hidden(one.likely),
                share=one.share,
                own_share=one.own_share,
            )
            for one in found[:SHOWN]
        )
    return Semantic.model_validate(told)


def _validity(table: pl.DataFrame, plan: DataPlan, features: Features | None) -> Validity | None:
    if features is None or plan.split not in table.columns:
        return None
    rows = _labelled(table, plan, features)
    splits = np.array([str(table[plan.split][int(row)]).lower() for row in rows])
    labels = np.array([table[plan.label][int(row)] for row in rows])
    train, test = rows[splits == TRAIN], rows[splits == TEST]
    if not len(train) or not len(test):
        return None
    known, asked = labels[splits == TRAIN].tolist(), labels[splits == TEST].tolist()
    said = nearest_label(features[train], known, features[test])
    right = sum(one == other for one, other in zip(said, asked, strict=True))
    interval = wilson_interval(right, len(asked))
    assert interval is not None
    most = Counter(known).most_common(1)[0][0]
    return Validity(
        trained_on=len(known),
        asked=len(asked),
        right=right / len(asked),
        interval=interval,
        largest_label_alone=sum(one == most for one in asked) / len(asked),
    )


def _labelled(table: pl.DataFrame, plan: DataPlan, features: Features) -> NDArray[np.intp]:
    """Rows with a label and something to compare them by."""
    return np.flatnonzero(table[plan.label].is_not_null().to_numpy() & np.isfinite(features).all(axis=1))
