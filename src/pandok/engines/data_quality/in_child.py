"""A report as a duty of a parsing process: files of others are read, decoded and compared where time and memory end.

What a duty gives is how far it is (`done`, `of`), and then the report (`quality`), as JSON values.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pandok.core.errors import RequestError
from pandok.core.programme.data_plan import DataPlan
from pandok.core.programme.data_quality import DataQuality
from pandok.core.text import Text
from pandok.engines.data_quality.data_files import DataFiles, FolderFiles, ZipFiles
from pandok.engines.data_quality.report import quality_in_steps
from pandok.engines.encoders.model_store import SHIPPED, ModelStore
from pandok.engines.encoders.onnx_encoder import OnnxEncoder
from pandok.engines.encoders.reader_files import READER

MOST_FILE_BYTES = 200_000_000
TOLD_EVERY = 20


def of_folder(*, folder: str, table: str, plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    files = FolderFiles(Path(folder))
    yield from _steps(files.read(table), plan, files)


def of_zip(*, path: str, table: str, plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    files = ZipFiles(Path(path), most_bytes=MOST_FILE_BYTES)
    yield from _steps(files.read(table), plan, files)


def of_bytes(data: bytes, *, table: str, plan: dict[str, Any]) -> tuple[dict[str, Any], Sequence[bytes]]:
    """The same of a zip in memory, whose files lie sealed elsewhere."""
    files = ZipFiles(io.BytesIO(data), most_bytes=MOST_FILE_BYTES)
    *_, last = _steps(files.read(table), plan, files)
    return last, ()


def _steps(table: bytes, plan: dict[str, Any], files: DataFiles) -> Iterator[dict[str, Any]]:
    try:
        agreed = DataPlan.model_validate_json(json.dumps(plan))
        for step in quality_in_steps(table, agreed, files=files, encode=_encoded):
            if isinstance(step, DataQuality):
                yield {"quality": step.model_dump(mode="json")}
            elif step[0] % TOLD_EVERY == 0 or step[0] == step[1]:
                yield {"done": step[0], "of": step[1]}
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        raise no_table() from error


@cache
def _encoder() -> OnnxEncoder:
    """The shipped one, whatever the site reads with: the same files give the same report at every site."""
    stored = ModelStore(SHIPPED).get(READER)
    return OnnxEncoder(stored.card, stored.verified(), threads=1)


def _encoded(squares: NDArray[np.uint8]) -> NDArray[np.float32]:
    return _encoder().encode(squares)


def no_table() -> RequestError:
    return RequestError(
        Text(ko="표를 읽을 수 없습니다.", en="The table cannot be read."),
        Text(ko="첫 줄에 열 이름이 있는 CSV(UTF-8)로 저장하십시오.", en="Save it as CSV in UTF-8, its headings first."),
        code="data_set.unread",
    )
