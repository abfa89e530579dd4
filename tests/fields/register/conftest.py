from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.register.acts.importing import ImportReport, import_source

NOW = datetime(2025, 6, 1, 3, 0, tzinfo=UTC)
SAMPLES = Path(__file__).parent / "samples"
HEADER = "design_id,holder,article,locarno_class,status,view,path"


def picture(path: Path, shade: int = 0, size: tuple[int, int] = (12, 9)) -> Path:
    """A sheet of one shade with a mark on it: a sheet without any contrast would be a finding."""
    path.parent.mkdir(parents=True, exist_ok=True)
    image = Image.new("L", size, shade % 256)
    image.paste((shade + 128) % 256, (2, 2, 8, 6))
    image.save(path)
    return path


class Register:
    """A source folder, a file store and the use case, for one test."""

    def __init__(self, folder: Path, files: Path):
        self.folder = folder
        self.blobs = FolderBlobs(files)
        folder.mkdir()

    def write(self, rows: Sequence[str], *, header: str = HEADER, encoding: str = "utf-8") -> Path:
        (self.folder / "register.csv").write_bytes("\r\n".join([header, *rows, ""]).encode(encoding))
        return self.folder

    def picture(self, name: str, shade: int = 0) -> Path:
        return picture(self.folder / name, shade)

    def run(self, source: Path | None = None, **options: Any) -> ImportReport:
        return import_source(source or self.folder, actor="operator-1", now=NOW, blobs=self.blobs, **options)


@pytest.fixture
def register(tmp_path: Path, db: None) -> Register:  # noqa: ARG001
    return Register(tmp_path / "source", tmp_path / "files")


@pytest.fixture
def codes() -> Callable[[ImportReport], list[tuple[str, int]]]:
    return lambda report: [(each.code, each.line) for each in report.findings]
