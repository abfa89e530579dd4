"""`pandok xray check`: which files of a folder can be read, and which cannot and why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pandok.cli.terminal import console, print_json, progress, say
from pandok.core.text import Text, counted
from pandok.fields.xray.cli.shown import READING, decoding


def check(
    sources: Annotated[list[Path], typer.Argument(help="파일 또는 폴더 · Files or folders.")],
    in_json: Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")] = False,
) -> None:
    """X-ray 파일이 온전한지 확인합니다 · Check that X-ray files are whole; 1 where one is not."""
    from pandok.fields.xray.acts.files.looking import look

    rows = []
    with decoding() as pool, progress(READING) as moved:
        for one in look(sources, pool, moved):
            refused = one.refused.as_dict() if one.refused is not None else None
            remarks = [remark.model_dump() for remark in one.scan.facts.remarks] if one.scan is not None else []
            rows.append({"name": one.together.name, "refused": refused, "remarks": remarks})
            if not in_json and one.refused is not None:
                console().print(
                    f"{one.together.name}\t{say(one.refused.what)} [{one.refused.error_code}]",
                    style="red",
                    soft_wrap=True,
                )
    broken = sum(1 for row in rows if row["refused"])
    if in_json:
        print_json(rows)
    else:
        said = Text(
            ko=f"{len(rows)}건 중 {broken}건을 읽을 수 없습니다.",
            en=f"{counted(broken, 'scan')} of {len(rows):,} cannot be read.",
        )
        console().print(say(said), style="bold red" if broken else "green")
    if broken:
        raise typer.Exit(1)
