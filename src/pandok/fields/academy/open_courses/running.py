"""Run a notebook from top to bottom, as its learner would, and read the answers that it computed."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.academy.open_courses.course_text import CourseText

_MOST_S = 900
_MARK = "pandok-answers "


def run_notebook(
    notebook: Path, course: CourseText, progress: Callable[[int, int], None] | None = None
) -> dict[str, float]:
    """Question → answer. The notebook keeps its outputs. Raises RequestError where nbclient is not installed, or where
    a cell fails: the notebook then shows which."""
    try:
        import nbformat
        from jupyter_client.manager import AsyncKernelManager
        from nbclient import NotebookClient
        from nbclient.exceptions import CellExecutionError
    except ImportError as missing:
        raise RequestError(
            Text(ko="노트북을 실행할 프로그램이 없습니다.", en="What runs notebooks is not installed."),
            Text(ko="pip install 'pandok[notebooks]'", en="Install it: pip install 'pandok[notebooks]'"),
            code="academy.no_notebooks",
        ) from missing
    sockets = tempfile.TemporaryDirectory(prefix="pandok-nb-")

    class _Private(AsyncKernelManager):
        """Sockets in a folder of this user, where the system has them: a port is open to everybody on the machine."""

        def __init__(self, *args: Any, **more: Any):
            private = {"transport": "ipc", "ip": f"{sockets.name}/k"} if os.name == "posix" else {}
            super().__init__(*args, **more, **private)

    held = nbformat.read(notebook, as_version=4)
    names = [one.name for one in course.questions]
    told = ", ".join(f"{name!r}: float({name})" for name in names)
    asked = nbformat.v4.new_code_cell(f"import json as _j; print({_MARK!r} + _j.dumps({{{told}}}))")
    held.cells.append(asked)
    # `!pandok …` in a cell is the command of this very installation.
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    client = NotebookClient(
        held,
        timeout=_MOST_S,
        kernel_name="python3",
        kernel_manager_class=_Private,
        resources={"metadata": {"path": str(notebook.parent)}},
    )
    count = len(held.cells)
    if progress:
        client.on_cell_complete = lambda cell, cell_index: progress(cell_index + 1, count)  # noqa: ARG005
    try:
        with sockets:
            client.execute(env=environment)
    except CellExecutionError as failed:
        held.cells.remove(asked)
        nbformat.write(held, notebook)
        raise RequestError(
            Text(ko=f"노트북의 한 칸이 실패했습니다: {failed.ename}", en=f"A cell failed: {failed.ename}"),
            Text(ko=f"{notebook.name}을 열어 그 칸을 고치십시오.", en=f"Open {notebook.name} and correct the cell."),
            code="academy.cell_failed",
        ) from failed
    held.cells.remove(asked)
    nbformat.write(held, notebook)
    line = next(text for text in _printed(asked) if text.startswith(_MARK))
    found: dict[str, float] = json.loads(line.removeprefix(_MARK))
    return found


def _printed(cell: object) -> list[str]:
    lines: list[str] = []
    for output in getattr(cell, "outputs", []):
        lines += str(output.get("text", "")).splitlines()
    return lines
