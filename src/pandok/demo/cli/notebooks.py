"""`pandok academy notebook`: an open course as a folder to work in, and in a browser tab of the own machine."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pandok.cli.terminal import console, error_console, language, progress, say
from pandok.core.errors import RequestError
from pandok.core.text import Text

if TYPE_CHECKING:
    from pandok.fields.lab.acts.packs.pack import Pack


def notebook(
    name: Annotated[str, typer.Argument(metavar="NAME", help="declarations | floods | gas | drawings")] = "",
    folder: Annotated[Path | None, typer.Option("--to", help="작업 폴더 · Folder to work in.")] = None,
    pack: Annotated[
        Path | None,
        typer.Option("--pack", help="과제 화면에서 받은 public.zip · From the page of the problem."),
    ] = None,
    run: Annotated[bool, typer.Option("--run", help="처음부터 끝까지 실행합니다 · Run it from top to bottom.")] = False,
    show: Annotated[bool, typer.Option("--browser/--no-browser", help="브라우저에서 엽니다 · Open it.")] = True,
) -> None:
    """공개 과정을 노트북으로 엽니다 · Open a course on public data as a notebook."""
    from pandok.fields.academy.open_courses.folder import write_folder
    from pandok.fields.academy.open_courses.running import run_notebook
    from pandok.fields.academy.open_courses.shelf import courses

    shelf, lang = courses(), language()
    if name not in shelf:
        for one in shelf.values():
            console().print(f"{one.name:14} {one.title.in_language(lang)}", markup=False)
        if not name:
            return
        raise RequestError(
            Text(ko=f"없는 과정입니다: {name}", en=f"There is no such course: {name}"),
            Text(ko="위의 이름 가운데 하나를 주십시오.", en="Give one of the names above."),
            code="academy.no_such_course",
        )
    course = shelf[name]
    with _pack_of(course.problem, pack) as public:
        made = write_folder(folder or Path(f"pandok-{name}"), course, public, lang)
    console().print(str(made), style="green")
    if run:
        with progress(Text(ko="노트북 실행", en="Running the notebook")) as moved:
            found = run_notebook(made, course, moved)
        console().print(json.dumps(found))
        return
    if not show:
        return
    if find_spec("jupyterlab") is None:
        said = Text(
            ko="브라우저에서 열려면: pip install 'pandok[notebooks]'. 다른 편집기로 열어도 됩니다.",
            en="To open it in a browser: pip install 'pandok[notebooks]'. Any other editor of notebooks will do.",
        )
        error_console().print(say(said), markup=False)
        return
    raise typer.Exit(subprocess.call([sys.executable, "-m", "jupyterlab", made.name], cwd=made.parent))


@contextmanager
def _pack_of(problem: str, given: Path | None) -> Iterator[Pack]:
    """What was given; else the shipped pack, drawn or made from the shared data."""
    from pandok.fields.lab.cli.command_files import pack_at

    if given is not None:
        yield pack_at(given, whole=False)
        return
    from pandok.demo.cli.problems import build_pack

    with tempfile.TemporaryDirectory(prefix="pandok-course-") as place:
        yield build_pack(problem, Path(place) / "pack")
