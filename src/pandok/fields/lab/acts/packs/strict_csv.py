"""CSV of a stranger, line by line: strict UTF-8, no NUL, no endless line; a fault names file and line."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence

from pandok.core.text import counted
from pandok.engines.files.damaged_zip import DAMAGED_ZIP
from pandok.fields.lab.acts.packs.pack_faults import Faults
from pandok.fields.lab.acts.packs.pack_files import PackFiles

MOST_LINE_BYTES = 1 << 20
MOST_ROWS = 2_000_000


class Unreadable(Exception):
    """The fault was noted; the file is not read further."""


def rows(
    files: PackFiles, name: str, needed: Sequence[str], faults: Faults, *, others: bool = False
) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, row) of a table with a header. `others`: whether further columns may stand in it.

    A row with too few or too many cells is noted and left out; a file that is no CSV ends where it breaks.
    """
    if files.size(name) is None:
        faults.add(name, 0, "파일이 없습니다.", "The file is missing.")
        return
    lines = _lines(files, name, faults)
    reader = csv.reader(lines, strict=True)
    try:
        header = next(reader, [])
        if not _header_fits(header, needed, others, name, faults):
            return
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                faults.add(
                    name,
                    reader.line_num,
                    f"칸이 {len(cells)}개입니다. 머리줄은 {len(header)}개입니다.",
                    f"{counted(len(cells), 'cell')}, where the header has {len(header)}.",
                )
                continue
            if reader.line_num > MOST_ROWS:
                faults.add(name, reader.line_num, f"줄이 {MOST_ROWS}개를 넘습니다.", f"More than {MOST_ROWS} lines.")
                return
            yield reader.line_num, dict(zip(header, cells, strict=True))
    except csv.Error as error:
        faults.add(name, reader.line_num, f"CSV 형식이 아닙니다: {error}.", f"This is no CSV: {error}.")
    except Unreadable:
        return
    except DAMAGED_ZIP:
        faults.add(name, reader.line_num + 1, "파일이 손상되어 읽을 수 없습니다.", "The file is damaged.")


def _header_fits(header: list[str], needed: Sequence[str], others: bool, name: str, faults: Faults) -> bool:
    missing = [column for column in needed if column not in header]
    doubled = sorted(column for column, count in Counter(header).items() if count > 1)
    strange = [] if others else [column for column in header if column not in needed]
    if missing:
        faults.add(name, 1, f"열이 없습니다: {_list(missing)}.", f"Columns are missing: {_list(missing)}.")
    if doubled:
        faults.add(name, 1, f"열이 두 번 나옵니다: {_list(doubled)}.", f"Columns stand twice: {_list(doubled)}.")
    if strange:
        faults.add(name, 1, f"모르는 열입니다: {_list(strange)}.", f"Unknown columns: {_list(strange)}.")
    return not (missing or doubled or strange)


def _list(names: Sequence[str]) -> str:
    return ", ".join(repr(one[:40]) for one in names[:10])


def _lines(files: PackFiles, name: str, faults: Faults) -> Iterator[str]:
    with files.open(name) as file:
        number = 0
        while raw := file.readline(MOST_LINE_BYTES + 1):
            number += 1
            if len(raw) > MOST_LINE_BYTES:
                faults.add(name, number, "줄이 1 MB를 넘습니다.", "The line is longer than 1 MB.")
                raise Unreadable
            if b"\0" in raw:
                faults.add(name, number, "NUL 글자가 있습니다.", "There is a NUL character.")
                raise Unreadable
            try:
                text = raw.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError:
                faults.add(
                    name, number, "UTF-8이 아닙니다. UTF-8로 저장하십시오.", "Not UTF-8; save the file as UTF-8."
                )
                raise Unreadable from None
            yield text
