"""One CSV table of an evaluation folder, row by row; what is wrong is told with its line, never thrown away."""

from __future__ import annotations

import csv
import io
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath

from pandok.core.errors import ImportRefused
from pandok.core.reading import Value
from pandok.core.table_text import likelier_encoding, marked_encoding, said_separator, separator
from pandok.core.text import Text, counted
from pandok.fields.register.paths import PathRefused, inside


class FolderProblem(Value):
    """One thing wrong in the folder: `line` counts the header as 1; 0 means the whole file."""

    file: str
    line: int
    what: Text


class EvaluationTable(ABC):
    """Subclasses name `file` and `columns` and `take` one row at a time."""

    file = ""
    columns: tuple[str, ...] = ()

    def __init__(self, root: Path):
        self.root = root
        self.problems: list[FolderProblem] = []
        self.left_out = 0

    def read(self) -> None:
        for line, row in self._rows():
            self.take(line, row)

    @abstractmethod
    def take(self, line: int, row: dict[str, str]) -> None: ...

    def tell(self, line: int, ko: str, en: str) -> None:
        self.problems.append(FolderProblem(file=self.file, line=line, what=Text(ko=ko, en=en)))

    def leave_out(self, line: int, ko: str, en: str) -> None:
        self.left_out += 1
        self.tell(line, f"{ko} 이 행은 제외합니다.", f"{en} The row is left out.")

    def usable_path(self, line: int, path: str) -> str:
        """The path of the file inside the folder as it is really spelled; empty, and told, where there is none."""
        if not path:
            self.leave_out(line, "path 열이 비어 있습니다.", "The column path is empty.")
        elif not _stays_inside(self.root, path):
            self.leave_out(
                line,
                f"경로 '{path}'가 평가 폴더를 벗어납니다. 폴더 안의 상대 경로를 적으십시오.",
                f"The path '{path}' leads out of the folder. Write a path relative to the folder.",
            )
        elif _is_file(self.root / path):
            return path
        else:
            try:
                return inside(self.root, path).relative_to(self.root.resolve()).as_posix()
            except PathRefused as refused:
                if refused.code == "path.ambiguous":
                    said = (f"파일 '{path}'에 맞는 것이 둘 이상입니다.", f"More than one file could be '{path}'.")
                else:
                    said = (f"파일 '{path}'가 없습니다.", f"There is no file '{path}'.")
                self.leave_out(line, *said)
        return ""

    def _rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        text = _text_of(self.root / self.file)
        first = text.partition("\n")[0]
        said = said_separator(first)
        reader = csv.reader(
            io.StringIO(text[len(first) + 1 :] if said else text, newline=""),
            delimiter=said or separator(first, self.columns),
        )
        try:
            header = [name.strip() for name in next(reader, [])]
            missing = [name for name in self.columns if name not in header]
            if missing:
                raise _refused(
                    self.file,
                    f"{self.file}에 {', '.join(missing)} 열이 없습니다.",
                    f"{self.file} has no column {', '.join(missing)}.",
                )
            for cells in reader:
                if not any(cell.strip() for cell in cells):
                    continue
                if len(cells) != len(header):
                    self.leave_out(
                        reader.line_num,
                        f"칸이 {len(cells)}개입니다(머리글은 {len(header)}개).",
                        f"The row has {counted(len(cells), 'cell')}, the header {len(header)}.",
                    )
                    continue
                yield reader.line_num, {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
        except csv.Error:
            self.leave_out(
                reader.line_num,
                "CSV 형식이 손상되어 이 행부터 읽을 수 없습니다.",
                "The CSV is damaged; nothing is read from here on.",
            )


def _stays_inside(root: Path, path: str) -> bool:
    if "\x00" in path or "\\" in path or PurePosixPath(path).is_absolute() or PureWindowsPath(path).anchor:
        return False
    return ".." not in PurePosixPath(path).parts and (root / path).resolve().is_relative_to(root.resolve())


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name longer than the file system allows
        return False


def _text_of(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _refused(
            path.name, f"{path.name} 파일을 읽을 수 없습니다.", f"The file {path.name} cannot be read."
        ) from error
    encoding = marked_encoding(data) or likelier_encoding(data.splitlines())
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise _refused(
            path.name,
            f"{path.name}의 문자 인코딩을 알 수 없습니다.",
            f"The character encoding of {path.name} is unknown.",
        ) from None


def _refused(file: str, ko: str, en: str) -> ImportRefused:
    return ImportRefused(
        Text(ko=ko, en=en),
        Text(
            ko="register.csv와 queries.csv를 UTF-8 또는 CP949로 저장하고 머리글을 확인하십시오.",
            en="Save register.csv and queries.csv as UTF-8 or CP949 and check their header lines.",
        ),
        code="import.evaluation_folder",
        file=file,
    )
