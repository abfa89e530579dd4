"""A pack's folder as it is being made; it appears under its name when it is whole."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from pandok.core.errors import RequestError
from pandok.core.text import Text

_HEAD = ("case_id", "part", "role", "path", "cluster", "site")
_TEXTS = ("problem.toml", "README.md", "README.ko.md")


@dataclass
class PackWriter:
    """Collects lines; `close` writes the three tables, sorted by case_id."""

    folder: Path
    columns: Sequence[str] = ()
    cases: list[list[str]] = field(default_factory=list)
    truth: list[list[str]] = field(default_factory=list)
    practice: list[list[str]] = field(default_factory=list)

    def query(
        self,
        case_id: str,
        part: str,
        *,
        truth: str,
        practice: str,
        cluster: str = "",
        site: str = "",
        path: str = "",
        cells: Mapping[str, str] | None = None,
    ) -> None:
        self.cases.append([case_id, part, "query", path, cluster, site, *self._cells(cells)])
        self.truth.append([case_id, truth])
        self.practice.append([case_id, practice])

    def register(self, case_id: str, *, shows: str, path: str, cells: Mapping[str, str] | None = None) -> None:
        self.cases.append([case_id, "public", "register", path, "", "", *self._cells(cells)])
        self.truth.append([case_id, shows])

    def file(self, name: str, data: bytes) -> str:
        """Keep an input; returns its path in the pack."""
        path = self.folder / "inputs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return f"inputs/{name}"

    def close(self) -> None:
        self._write("cases.csv", [*_HEAD, *self.columns], self.cases)
        self._write("truth.csv", ["case_id", "truth"], self.truth)
        self._write("practice.csv", ["case_id", "output"], self.practice)

    def _cells(self, cells: Mapping[str, str] | None) -> list[str]:
        return [(cells or {}).get(column, "") for column in self.columns]

    def _write(self, name: str, head: Sequence[str], lines: list[list[str]]) -> None:
        with (self.folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(head)
            writer.writerows(sorted(lines))


@contextmanager
def writing(folder: Path, pack_id: str, columns: Sequence[str] = ()) -> Iterator[PackWriter]:
    """Make a pack beside its place and rename it. Raises RequestError where something lies there already."""
    if folder.exists():
        raise RequestError(
            Text(ko=f"이미 있는 폴더입니다: {folder}", en=f"The folder exists already: {folder}"),
            Text(ko="비어 있는 다른 이름을 주십시오.", en="Give a name that is still free."),
            code="pack.folder_exists",
        )
    unfinished = folder.with_name(folder.name + ".part")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    for name in _TEXTS:
        (unfinished / name).write_bytes((files("pandok.demo.packs") / pack_id / name).read_bytes())
    writer = PackWriter(unfinished, columns)
    yield writer
    writer.close()
    unfinished.rename(folder)
