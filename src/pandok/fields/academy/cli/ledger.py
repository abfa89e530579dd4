"""`pandok academy ledger`: whether the ledgers of training minutes are sound."""

from __future__ import annotations

from typing import Annotated

import typer

from pandok.cli.terminal import console, print_json, say, start_django
from pandok.core.text import Text


def ledger(in_json: Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")] = False) -> None:
    """학습 시간 장부를 점검합니다. 어긋나면 1로 끝납니다 · Check all ledgers; ends with 1 where one is broken."""
    start_django()
    from pandok.fields.academy.lists.ledger import all_ledgers

    found = all_ledgers()
    if in_json:
        print_json(
            [
                {
                    "person": one.person.get_username(),
                    "rows": one.rows,
                    "seconds": one.seconds,
                    "pictures": one.pictures,
                    "broken_row": one.broken.sequence if one.broken else None,
                }
                for one in found
            ]
        )
    else:
        for one in found:
            minutes = one.seconds // 60
            said = (
                Text(ko=f"{one.broken.sequence}번째 줄부터 어긋남", en=f"broken from row {one.broken.sequence}")
                if one.broken
                else Text(ko=f"온전함, {minutes}분", en=f"sound, {minutes} min")
            )
            style = "red" if one.broken else "green"
            console().print(f"{one.person.get_username()}: {say(said)}", style=style, markup=False)
    if any(one.broken for one in found):
        raise typer.Exit(1)
