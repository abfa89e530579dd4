"""`pandok xray inspect`: what a file says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pandok.cli.terminal import console, print_json, progress, say
from pandok.fields.xray.cli.shown import KINDS, READING, as_json, decoding, lines_of

if TYPE_CHECKING:
    from pandok.fields.xray.acts.files.looking import Looked


def inspect(
    sources: Annotated[list[Path], typer.Argument(help="파일 또는 폴더 · Files or folders.")],
    in_json: Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")] = False,
) -> None:
    """엑스레이 파일의 내용을 보입니다 · Show what X-ray files hold; 1 where one cannot be read."""
    from pandok.fields.xray.acts.files.looking import look

    told: list[dict[str, Any]] = []
    lines: list[tuple[str, str]] = []
    any_refused = False
    with decoding() as pool, progress(READING) as moved:
        for one in look(sources, pool, moved):  # its words are kept, its pixels are not
            any_refused = any_refused or one.refused is not None
            if in_json:
                told.append(as_json(one.together, one.scan, one.refused))
            else:
                lines += _lines(one)
    if in_json:
        print_json(told)
    for text, style in lines:
        console().print(text, style=style, soft_wrap=True)
    if any_refused:
        raise typer.Exit(1)


def _lines(one: Looked) -> Iterator[tuple[str, str]]:
    """Each with its style."""
    yield one.together.name, "bold"
    if one.refused is not None:
        yield f"  {say(one.refused.what)} {say(one.refused.next_step)} [{one.refused.error_code}]", "red"
    if one.scan is not None:
        yield f"  {say(KINDS[one.scan.kind.value])}", ""
        for label, value in lines_of(one.scan):
            yield f"  {say(label)}: {value}", ""
        for remark in one.scan.facts.remarks:
            yield f"  ! {say(remark.text)}", "yellow"
