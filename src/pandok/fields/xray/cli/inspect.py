"""`pandok xray inspect`: what a file says."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pandok.cli.terminal import console, print_json, progress, say
from pandok.fields.xray.cli.shown import KINDS, READING, as_json, decoding, lines_of


def inspect(
    sources: Annotated[list[Path], typer.Argument(help="파일 또는 폴더 · Files or folders.")],
    in_json: Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")] = False,
) -> None:
    """X-ray 파일의 내용을 보입니다 · Show what X-ray files hold; 1 where one cannot be read."""
    from pandok.fields.xray.acts.files.looking import look

    with decoding() as pool, progress(READING) as moved:
        found = list(look(sources, pool, moved))
    if in_json:
        print_json([as_json(one.together, one.scan, one.refused) for one in found])
    else:
        for one in found:
            console().print(one.together.name, style="bold")
            if one.refused is not None:
                console().print(f"  {say(one.refused.what)} {say(one.refused.next_step)}", style="red", soft_wrap=True)
            if one.scan is not None:
                console().print(f"  {say(KINDS[one.scan.kind.value])}")
                for label, value in lines_of(one.scan):
                    console().print(f"  {say(label)}: {value}")
                for remark in one.scan.facts.remarks:
                    console().print(f"  ! {say(remark.text)}", style="yellow")
    if any(one.refused for one in found):
        raise typer.Exit(1)
