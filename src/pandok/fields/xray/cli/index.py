"""`pandok xray index`: past scans embedded and indexed anew from the records."""

from __future__ import annotations

from typing import Annotated

import typer

from pandok.cli.terminal import console, print_json, progress, say, start_django
from pandok.core.text import Text, counted

EMBEDDING = Text(ko="영상 특징 계산", en="Embedding scans")


def index(in_json: Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")] = False) -> None:
    """비슷한 지난 영상의 색인을 다시 만듭니다 · Make the index of past scans again; may be called at any time."""
    start_django()
    from pandok.common import house
    from pandok.fields.xray.acts.similar.indexing import index_all
    from pandok.fields.xray.similar_index import indexes_at
    from pandok.settings import settings

    home = settings().home
    with progress(EMBEDDING) as moved:
        done = index_all(home=home, blobs=house.blobs(), indexes=indexes_at(home), progress=moved)
    if in_json:
        print_json({"embedded": done.embedded, "indexed": done.indexed, "failed": list(done.failed)})
    else:
        said = Text(
            ko=f"지난 영상 {done.indexed:,}개를 찾을 수 있습니다. 새로 계산한 것 {done.embedded:,}개.",
            en=f"{counted(done.indexed, 'view')} of past scans can be found; {done.embedded:,} embedded now.",
        )
        console().print(say(said), style="yellow" if done.failed else "green")
        for number in done.failed:
            told = Text(
                ko=f"{number}: 장비 스펙트럼이 없어 계산하지 못했습니다. 되돌린 뒤 다시 실행하십시오.",
                en=f"{number}: the spectra of its machine are gone. Put them back and call this again.",
            )
            console().print(say(told), style="red", soft_wrap=True, markup=False)
    if done.failed:
        raise typer.Exit(1)
