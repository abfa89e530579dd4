"""The house in numbers: what a change touches, how many lines there are, which rooms import each other in a circle.

`make docs` runs it. What a change touches is counted in the differences that docs/do shows, each of which was tried.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "pandok"
PAGE = ROOT / "docs" / "look-up" / "house-in-numbers.md"
BEFORE = {
    "field": "22 (label written 5 times)",
    "state": "13",
    "filter": "5",
    "sentence": "2 on a page, 1 elsewhere",
    "language": "216",
    "lines": "99,443",
    "circles": "38 rooms in 5 circles",
    "mypy": "14 %",
}
"""As the rebuilding began: a field, a state, a language and mypy as counted then; circles as in ADR 0013; a filter and
the lines at commit 22c0e07."""


def touched(page: str) -> int:
    """Files of the source that the difference of a page in docs/do names; migrations are made, not written."""
    text = (ROOT / "docs" / "do" / page).read_text(encoding="utf-8")
    return len(set(re.findall(r"^diff --git a/(src/\S+)", text, re.M)))


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)


def lines() -> int:
    kept = subprocess.run(["git", "ls-files", "src/*.py"], cwd=ROOT, capture_output=True, text=True, check=True)
    return sum(_lines(ROOT / name) for name in kept.stdout.split())


def share_under_mypy() -> float:
    """Lines of the packages that mypy is told of, of all lines of the source, in per cent."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    told = tuple(settings.get("packages", ())) + tuple(settings.get("modules", ()))
    names = {path: ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts) for path in modules()}
    read = sum(_lines(path) for path, name in names.items() if any(f"{name}.".startswith(f"{one}.") for one in told))
    return 100 * read / sum(map(_lines, names))


def rooms_in_circles() -> list[set[str]]:
    """Groups of rooms (folders of modules) of which each reaches every other by imports."""
    graph: dict[str, set[str]] = {}
    for path in modules():
        graph.setdefault(_room(path), set()).update(_room(there) for there in _imported(path))
    reach = {room: _reached(graph, room) for room in graph}
    found = {frozenset(other for other in reach[room] if room in reach[other]) for room in graph if room in reach[room]}
    return sorted((set(one) for one in found if len(one) > 1), key=sorted)


def rows() -> list[tuple[str, str, str]]:
    circles = rooms_in_circles()
    now = f"{sum(map(len, circles))} rooms in {len(circles)} circles" if circles else "0"
    return [
        (
            "Files for a field that is declared of a case",
            BEFORE["field"],
            f"{touched('add-a-case-field.md')}, label once",
        ),
        ("Files for a state of a case, with step, clock and API", BEFORE["state"], str(touched("add-a-state.md"))),
        ("Files for a filter of the work list", BEFORE["filter"], str(touched("add-a-filter.md"))),
        ("Files for a sentence", BEFORE["sentence"], "2 on a page, 1 elsewhere"),
        ("Files for a further language", BEFORE["language"], "1"),
        ("Lines of the source", BEFORE["lines"], f"{lines():,}"),
        ("Rooms that import each other in a circle", BEFORE["circles"], now),
        ("Lines that mypy reads", BEFORE["mypy"], f"{share_under_mypy():.0f} %"),
    ]


def main() -> None:
    table = "\n".join(f"| {what} | {before} | {now} |" for what, before, now in rows())
    PAGE.write_text(
        "# The house in numbers\n\n<!-- Made by docs/counts.py; `make docs` makes it anew. -->\n\n"
        "What a change touches is counted in the differences of [docs/do](../do/), each of which was tried and taken"
        " out again; tests, golden files, made pages and made migrations are not counted.\n\n"
        f"| | before | now |\n|---|---|---|\n{table}\n",
        encoding="utf-8",
    )
    sys.stdout.write(table + "\n")


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _room(path: Path) -> str:
    inner = path.relative_to(PACKAGE).with_suffix("")
    alone = len(inner.parts) == 1 or inner.name in ("apps", "declares")
    return ".".join(inner.parts if alone else inner.parent.parts)


def _imported(path: Path) -> Iterator[Path]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [one.name for one in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [f"{node.module}.{one.name}" for one in node.names]
        for name in names:
            if name.startswith("pandok.") and (found := _file(name.split(".")[1:])):
                yield found


def _file(steps: list[str]) -> Path | None:
    while steps:
        at = PACKAGE.joinpath(*steps)
        if at.with_suffix(".py").is_file():
            return at.with_suffix(".py")
        if (at / "__init__.py").is_file():
            return at / "__init__.py"
        steps = steps[:-1]
    return None


def _reached(graph: dict[str, set[str]], start: str) -> set[str]:
    found, left = set[str](), [start]
    while left:
        here = left.pop()
        new = {one for one in graph.get(here, set()) if one != here} - found
        found |= new
        left += new
    return found


if __name__ == "__main__":
    main()
