"""`pandok street import`: readings out of a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pandok.cli.terminal import console, say, start_django
from pandok.core.text import Text


def import_file(
    path: Annotated[
        Path, typer.Argument(help="CSV·Parquet: pole, sensor, property, unit, at, value · A file with these columns.")
    ],
) -> None:
    """파일의 측정값을 가져옵니다. 경보는 내지 않습니다 · Keep the readings of a file; no alert is raised."""
    start_django()
    from datetime import UTC, datetime

    from pandok.fields.street.acts.importing_readings import import_readings

    done = import_readings(path, actor=None, now=datetime.now(UTC))
    said = Text(
        ko=f"측정값 {done.readings:,}개: 읽을 수 없음 {done.unreadable:,}, 거절 {done.refused:,},"
        f" 이미 있던 묶음 {done.again:,}.",
        en=f"Readings: {done.readings:,}; unreadable: {done.unreadable:,}; refused: {done.refused:,};"
        f" messages kept before: {done.again:,}.",
    )
    console().print(say(said))
