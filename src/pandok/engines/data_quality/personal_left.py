"""Personal data that were left in a table and in the files that it names: how many of which kind, where, how sure.

Values are never told: an example is a place and the value's shape, each letter and digit a dot. What looks for them is
what the vault masks by (`engines/personal_data`); a value of few digits and no Hangul is passed by unread.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import PurePosixPath

import polars as pl
from PIL import Image, UnidentifiedImageError

from pandok.core.lab.personal_data import PersonalKind, Sureness
from pandok.core.programme.data_quality import SHOWN, Personal, PersonalFound
from pandok.engines.data_quality.violations import FIRST_ROW
from pandok.engines.personal_data.columns import decide
from pandok.engines.personal_data.korean_names import looks_like_korean_name
from pandok.engines.personal_data.patterns import Span, spans
from pandok.engines.personal_data.shapes import MAYBE, hidden, shape

LONGEST_LINE, MOST_TEXT_BYTES = 20_000, 2_000_000
FILES = ""
"""The column of what stands in a file and not in the table."""
TEXT_ENDINGS = frozenset({".txt", ".csv", ".tsv", ".json", ".jsonl", ".xml", ".md", ".yaml", ".yml"})
_GPS = 0x8825
Where = tuple[PersonalKind, Sureness, str]
Read = Callable[[str], bytes]
"""The content of a file by its name. Raises OSError."""
Tell = Callable[[Where, str, str], None]


def personal_columns(table: pl.DataFrame) -> dict[str, tuple[PersonalKind, Sureness]]:
    """Columns that hold personal data as a whole, by their heading or by most of their cells."""
    found = {}
    for name in table.columns:
        decided = decide(name, [value or "" for value in table[name]])
        if decided is not None:
            found[name] = (decided.kind, decided.sureness)
    return found


def personal_in(
    table: pl.DataFrame,
    files: Collection[str],
    read: Read,
    columns: Mapping[str, tuple[PersonalKind, Sureness]],
    *,
    most_listed: int = SHOWN,
) -> Personal:
    """files: by the name that the table has for them; each is a picture, a text, or passed by. `columns`: see
    `personal_columns`. Pictures of others are opened here: see `quality_of`."""
    counts: dict[Where, int] = defaultdict(int)
    examples: dict[Where, list[tuple[str, str]]] = defaultdict(list)

    def tell(where: Where, place: str, value: str) -> None:
        counts[where] += 1
        if len(examples[where]) < most_listed:
            examples[where].append((place, shape(value)[:60]))

    values = 0
    addressed: set[int] = set()
    for name in table.columns:
        for row, value in enumerate(table[name]):
            if value is None:
                continue
            values += 1
            if name in columns:
                kind, sureness = columns[name]
                tell((kind, sureness, name), str(row + FIRST_ROW), value)
                if kind is PersonalKind.ADDRESS:
                    addressed.add(row)
                continue
            for one, said in _found(value):
                tell((one.kind, one.sureness, name), str(row + FIRST_ROW), said)
                if one.kind is PersonalKind.ADDRESS:
                    addressed.add(row)
    for row, name, value in _names_beside(table, columns, addressed):
        tell((PersonalKind.NAME, Sureness.FORM, name), str(row + FIRST_ROW), value)
    looked, unread = 0, 0
    for name in files:
        try:
            looked += _look_into(name, read(name), tell)
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            unread += 1
    return Personal(
        values=values,
        files=looked,
        files_not_read=unread,
        found=tuple(
            PersonalFound(
                kind=kind, sureness=sureness, column=hidden(column), count=counts[kind, sureness, column],
                examples=tuple((hidden(place), value) for place, value in examples[kind, sureness, column]),
            )
            for kind, sureness, column in sorted(counts, key=lambda one: (-counts[one], one))
        ),
    )  # fmt: skip


def _found(text: str) -> Iterator[tuple[Span, str]]:
    """Each with its value. A line that is longer than any person writes is looked through in parts."""
    for start in range(0, len(text), LONGEST_LINE):
        part = text[start : start + LONGEST_LINE]
        if MAYBE.search(part):
            yield from ((one, part[one.start : one.end]) for one in spans(part))


def _names_beside(
    table: pl.DataFrame, columns: Mapping[str, object], addressed: set[int]
) -> Iterator[tuple[int, str, str]]:
    """Cells that are nothing but what a Korean name looks like, in rows that have an address elsewhere."""
    for name in table.columns:
        if name in columns or not addressed:
            continue
        cells = table[name]
        for row in sorted(addressed):
            value = cells[row]
            if value is not None and looks_like_korean_name(value):
                yield row, name, value


def _look_into(name: str, content: bytes, tell: Tell) -> int:
    """1 where the file was one that could be looked into."""
    if PurePosixPath(name).suffix.lower() in TEXT_ENDINGS:
        if len(content) > MOST_TEXT_BYTES:
            raise ValueError("longer than what is looked through")
        for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
            for one, said in _found(line):
                tell((one.kind, one.sureness, FILES), f"{name}:{number}", said)
        return 1
    try:
        with Image.open(io.BytesIO(content)) as image:
            if image.getexif().get_ifd(_GPS):
                tell((PersonalKind.METADATA, Sureness.FINDER, FILES), name, "GPS")
    except UnidentifiedImageError:
        return 0
    return 1
