"""`pandok street boundaries`: outlines of districts for the map."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pandok.cli.terminal import console, say, start_django
from pandok.core.text import Text


def boundaries(
    file: Annotated[Path, typer.Argument(help="GeoJSON.", exists=True, dir_okay=False)],
    credit: Annotated[str, typer.Option("--credit", help="출처 · Whose they are, as the map shows it.")],
    reason: Annotated[str, typer.Option("--reason", help="사유 · Why.")],
) -> None:
    """지도에 깔 경계를 가져옵니다 · Import boundaries to lay under the map."""
    start_django()
    from datetime import UTC, datetime

    from pandok.fields.street.acts.importing_boundaries import MOST_BYTES, import_boundaries

    with file.open("rb") as opened:
        data = opened.read(MOST_BYTES + 1)
    kept = import_boundaries(data, credit=credit, actor=None, reason=reason, now=datetime.now(UTC))
    count = len(kept.shapes["features"])
    console().print(say(Text(ko=f"경계 {count:,}개를 가져왔습니다.", en=f"Shapes imported: {count:,}.")))
