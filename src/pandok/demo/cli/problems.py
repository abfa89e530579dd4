"""`pandok lab problems list` and `build`: the packs that come with Pandok, drawn or made from public data."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pandok.cli.terminal import console, error_console, language, progress
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.lab.cli.problems import print_pack, site_rows

if TYPE_CHECKING:
    from pandok.fields.lab.acts.packs.pack import Pack


def list_problems(
    site: Annotated[bool, typer.Option("--site", help="이 기관이 들여온 과제도 · Those brought in here, too.")] = False,
) -> None:
    """함께 제공되는 과제 · The shipped problems."""
    from rich.table import Table

    from pandok.demo.packs.table import SHIPPED

    lang = language()
    table = Table("과제 problem", "판 version", "제목 title", "자료 data", "등록 registration")
    for one in SHIPPED.values():
        problem = one.problem
        table.add_row(one.id, str(problem.version), problem.title.in_language(lang), one.source.value, "–")
    for row in site_rows(lang) if site else ():
        table.add_row(*row)
    console().print(table)


def build(
    pack_id: Annotated[str, typer.Argument(metavar="ID", help="`pandok lab problems list`의 이름 · Its name.")],
    target: Annotated[Path, typer.Option("--to", help="만들 폴더 · Folder to make.")],
) -> None:
    """함께 제공되는 과제의 폴더를 만듭니다 · Make the folder of a shipped problem."""
    print_pack(build_pack(pack_id, target), with_power=False)
    error_console().print(str(target), style="green")


def build_pack(pack_id: str, target: Path) -> Pack:
    """Make the folder of a shipped problem, drawn, from what comes with Pandok or from the shared data, and read it.
    Raises RequestError where these are not here."""
    from pandok.demo.packs.table import Source, shipped_pack
    from pandok.fields.lab.acts.packs.pack_reader import read_pack
    from pandok.settings import settings

    wanted = shipped_pack(pack_id)
    if wanted.source is Source.DRAWN:
        from pandok.demo.articles.lab_pictures import write_lab_pictures

        with tempfile.TemporaryDirectory(prefix="pandok-articles-") as name:
            with progress(Text(ko="물건 그리기", en="Drawing articles")) as moved:
                write_lab_pictures(Path(name), progress=moved)
            wanted.build(target, Path(name))
    elif wanted.source is Source.SHIPPED:
        wanted.build(target, Path())
    else:
        data = settings().shared / "data"
        if not data.is_dir():
            raise RequestError(
                Text(ko=f"공유 자료가 없습니다: {data}", en=f"The shared data are not here: {data}"),
                Text(ko="PANDOK_SHARED에 자료 폴더를 적으십시오.", en="Name their folder in PANDOK_SHARED."),
                code="pack.no_data",
            )
        wanted.build(target, data)
    return read_pack(target)
