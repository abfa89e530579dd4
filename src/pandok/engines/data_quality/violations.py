"""Syntactic accuracy: every value that is not what the plan says, with its row and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

import polars as pl

from pandok.core.programme.data_plan import ColumnPlan, DataPlan, Holds
from pandok.core.text import Text
from pandok.engines.data_quality.data_files import DataFiles
from pandok.engines.personal_data.shapes import hidden

FIRST_ROW = 2
"""The first row of values in a table file: its header is row 1."""
SHOWN_CHARACTERS = 60


class Fault(StrEnum):
    COLUMN_MISSING = "column_missing"
    COLUMN_UNKNOWN = "column_unknown"
    VALUE_MISSING = "value_missing"
    NO_NUMBER = "no_number"
    NO_DATE = "no_date"
    OUT_OF_BOUNDS = "out_of_bounds"
    NOT_AMONG = "not_among"
    OTHER_FORM = "other_form"
    BROKEN_LETTERS = "broken_letters"
    REPEATED = "repeated"
    FILE_OUTSIDE = "file_outside"
    FILE_MISSING = "file_missing"
    FILE_EMPTY = "file_empty"

    @property
    def words(self) -> Text:
        return _WORDS[self]


_WORDS = {
    Fault.COLUMN_MISSING: Text(ko="열이 없음", en="column missing"),
    Fault.COLUMN_UNKNOWN: Text(ko="계획에 없는 열", en="column that the plan does not know"),
    Fault.VALUE_MISSING: Text(ko="값이 없음", en="value missing"),
    Fault.NO_NUMBER: Text(ko="수가 아님", en="no number"),
    Fault.NO_DATE: Text(ko="날짜가 아님", en="no date"),
    Fault.OUT_OF_BOUNDS: Text(ko="범위를 벗어남", en="out of bounds"),
    Fault.NOT_AMONG: Text(ko="정해진 값이 아님", en="not among the agreed values"),
    Fault.OTHER_FORM: Text(ko="형식이 다름", en="of another form"),
    Fault.BROKEN_LETTERS: Text(ko="깨진 글자", en="broken letters"),
    Fault.REPEATED: Text(ko="하나뿐이어야 할 값이 여러 번 있음", en="repeated where each should be once"),
    Fault.FILE_OUTSIDE: Text(ko="폴더 밖의 파일을 가리킴", en="names a file outside of the folder"),
    Fault.FILE_MISSING: Text(ko="파일이 없음", en="file missing"),
    Fault.FILE_EMPTY: Text(ko="빈 파일", en="empty file"),
}


BROKEN = "\ufffd"
"""What stands for bytes that are no letter."""


@dataclass(frozen=True)
class Violation:
    """`row`: as a table program counts them, the header being row 1; None where it is of a whole column."""

    fault: Fault
    column: str
    row: int | None
    value: str = ""


def read_table(path: Path | bytes) -> pl.DataFrame:
    """All columns as text, as they are written; an empty value is missing, a NUL is a broken letter (PostgreSQL keeps
    none). Raises what polars raises for no table."""
    table = pl.read_csv(path, infer_schema=False, encoding="utf8-lossy")
    table = table.rename(lambda name: name.replace("\0", BROKEN))
    written = pl.all().str.replace_all("\0", BROKEN, literal=True)
    return table.with_columns(written.str.strip_chars().replace("", None))


def violations(table: pl.DataFrame, plan: DataPlan, files: DataFiles | None = None) -> Iterator[Violation]:
    """Each violation once, column by column. files: None: they are not looked for."""
    planned = {one.name: one for one in plan.columns}
    for name in table.columns:
        if name not in planned:
            yield Violation(Fault.COLUMN_UNKNOWN, name, None)
    for name, column in planned.items():
        if name not in table.columns:
            if column.required:
                yield Violation(Fault.COLUMN_MISSING, name, None)
            continue
        yield from _of_column(table[name], column, files)


def _of_column(values: pl.Series, column: ColumnPlan, files: DataFiles | None) -> Iterator[Violation]:
    seen: dict[str, int] = {}
    fault_of = _fault_of(column, files)
    for place, value in enumerate(values):
        row = place + FIRST_ROW
        if value is None:
            if column.required:
                yield Violation(Fault.VALUE_MISSING, column.name, row)
            continue
        if BROKEN in value:
            yield Violation(Fault.BROKEN_LETTERS, column.name, row, _shown(value))
        elif fault := fault_of(value):
            yield Violation(fault, column.name, row, _shown(value))
        if column.unique:
            if value in seen:
                yield Violation(Fault.REPEATED, column.name, row, _shown(value))
            seen.setdefault(value, row)


def _shown(value: str) -> str:
    return hidden(value)[:SHOWN_CHARACTERS]


def _fault_of(column: ColumnPlan, files: DataFiles | None) -> Callable[[str], Fault | None]:
    among, pattern = frozenset(column.among), re.compile(column.pattern) if column.pattern else None

    def fault(value: str) -> Fault | None:
        if column.holds in (Holds.NUMBER, Holds.WHOLE_NUMBER):
            number = _number(value, whole=column.holds is Holds.WHOLE_NUMBER)
            if number is None:
                return Fault.NO_NUMBER
            if (column.least is not None and number < column.least) or (
                column.most is not None and number > column.most
            ):
                return Fault.OUT_OF_BOUNDS
        elif column.holds is Holds.DATE and not _is_date(value):
            return Fault.NO_DATE
        elif column.holds is Holds.FILE and files is not None and (found := _of_file(value, files)):
            return found
        if among and value not in among:
            return Fault.NOT_AMONG
        if pattern is not None and not pattern.fullmatch(value):
            return Fault.OTHER_FORM
        return None

    return fault


def _number(value: str, *, whole: bool) -> float | None:
    if not re.fullmatch(r"[-+]?\d+" if whole else r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,3})?", value):
        return None
    return float(value)


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(value[:10])
    except ValueError:
        return False
    return len(value) == 10 or value[10] in " T"


def _of_file(value: str, files: DataFiles) -> Fault | None:
    if files.outside(value):
        return Fault.FILE_OUTSIDE
    size = files.size(value)
    if size is None:
        return Fault.FILE_MISSING
    return None if size else Fault.FILE_EMPTY
