"""`pandok street cap`: what is wrong with a CAP file that somebody else wrote, or with ours."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pandok.cli.terminal import console, say
from pandok.core.text import Text


def cap(
    file: Annotated[Path, typer.Argument(help="CAP 또는 EDXL-DE 파일 · File.", exists=True, dir_okay=False)],
) -> None:
    """CAP 1.1·1.2 문서를 규칙으로 검사합니다 · Check a CAP 1.1 or 1.2 document by rule."""
    from pandok.fields.street.cap_reading import MOST_BYTES, faults_in

    with file.open("rb") as opened:
        alerts = faults_in(opened.read(MOST_BYTES + 1))
    found = [fault for one in alerts for fault in one]
    for fault in found:
        console().print(fault, markup=False)
    if found:
        raise typer.Exit(1)
    console().print(say(Text(ko=f"경보 {len(alerts)}건, 흠 없음.", en=f"Alerts: {len(alerts)}; no fault found.")))
