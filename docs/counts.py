"""The house in numbers: what a change touches, how many lines there are, which rooms import each other in a circle.

`make docs` runs it. What a change touches is counted in the differences that docs/do shows, each of which was tried.
"""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
import tomllib
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
LATER_FIELDS = (
    *("src/pandok/readers/xray/*.py", "src/pandok/fields/xray/*.py", "src/pandok/engines/scans/*.py"),
    *("src/pandok/readers/streetlights/*.py", "src/pandok/fields/street/*.py", "src/pandok/demo/storm/*.py"),
    *("src/pandok/readers/gas/*.py", "src/pandok/readers/strips/*.py", "src/pandok/demo/scans/*.py"),
    *("src/pandok/proof/ability/*.py", "src/pandok/fields/academy/*.py"),
    *("src/pandok/fields/programme/*.py", "src/pandok/core/programme/*.py", "src/pandok/proof/kpi/*.py"),
    *("src/pandok/engines/data_quality/*.py", "src/pandok/engines/hand_over/*.py"),
)
"""Fields that moved in after the rebuilding, with their readers, engines and demonstrations."""
TRAVELLED_BEFORE = ((218, 19, 8), (66, 15, 2), (285, 23, 4))
"""Stays, rooms and climbs of the journeys of docs/journeys.py, traced by it at commit abe88daf~1, the last one before
every file moved, with the storeys that it names."""


def touched(page: str) -> int:
    """Files of the source that the difference of a page in docs/do names; migrations are made, not written."""
    text = (ROOT / "docs" / "do" / page).read_text(encoding="utf-8")
    return len(set(re.findall(r"^diff --git a/(src/\S+)", text, re.M)))


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)


def lines(*of: str) -> int:
    """Lines of all source, or of the folders and files that are named."""
    kept = subprocess.run(
        ["git", "ls-files", *(of or ("src/*.py",))], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return sum(_lines(ROOT / name) for name in kept.stdout.split())


def share_under_mypy() -> float:
    """Lines of the folders that mypy is told of and not told to leave out, of all lines of the source, in per cent."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    told = [ROOT / one for one in settings["files"]]
    not_read = [re.compile(one) for one in settings.get("exclude", ())]
    read = [
        path
        for path in modules()
        if any(path.is_relative_to(one) for one in told) and not any(one.search(path.as_posix()) for one in not_read)
    ]
    return 100 * sum(map(_lines, read)) / sum(map(_lines, modules()))


def rooms_in_circles() -> list[set[str]]:
    """Groups of rooms (folders of modules) of which each reaches every other by imports, as the test counts them."""
    spec = importlib.util.spec_from_file_location("test_architecture", ROOT / "tests" / "test_architecture.py")
    assert spec is not None
    assert spec.loader is not None
    house = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = house
    spec.loader.exec_module(house)
    return house.circles(house.rooms_and_what_they_import())  # type: ignore[no-any-return]  # a module that is loaded by its path


def rows() -> list[tuple[str, str, str]]:
    circles, of_later_fields = rooms_in_circles(), lines(*LATER_FIELDS)
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
        (
            "Lines of the source",
            BEFORE["lines"],
            f"{lines() - of_later_fields:,}, and {of_later_fields:,} of fields that came later",
        ),
        ("Rooms that import each other in a circle", BEFORE["circles"], now),
        ("Lines that mypy reads", BEFORE["mypy"], f"{share_under_mypy():.0f} %"),
    ]


def travelled() -> list[tuple[str, str, str]]:
    """Stays, rooms and climbs as docs/journeys.py has kept them."""
    kept = json.loads((ROOT / "docs" / "journeys.json").read_text(encoding="utf-8"))
    said = "{} stays, {} rooms, {} climbs".format
    return [
        (name, said(*before), said(now["stays"], now["rooms"], now["climbs"]))
        for before, (name, now) in zip(TRAVELLED_BEFORE, kept.items(), strict=True)
    ]


TRAVEL = """## How far things travel

Traced while they really run, through Django's test client and the worker (`make journeys`; docs/journeys.py says what
counts). A stay is a run of calls within one file, a room a folder, a climb a call from a lower storey into a higher
one.

There are more stays and rooms than before: files became smaller, and what a field shares with others stands in
`common`. Calls of the desk to itself that were no climbs before are some now: `common` tells the listeners of a field.
No storey imports one above it; each climb goes through a port, a list of listeners or a callback (docs/journeys.json
names them all).
"""


def main() -> None:
    table = "\n".join(f"| {what} | {before} | {now} |" for what, before, now in rows())
    PAGE.write_text(
        "# The house in numbers\n\n<!-- Made by docs/counts.py; `make docs` makes it again. -->\n\n"
        "What a change touches is counted in the differences of [docs/do](../do/), each of which was tried and taken"
        " out again; tests, golden files, made pages and made migrations are not counted.\n\n"
        f"| | before | now |\n|---|---|---|\n{table}\n\n{TRAVEL}\n| | before | now |\n|---|---|---|\n"
        + "".join(f"| {what} | {before} | {now} |\n" for what, before, now in travelled()),
        encoding="utf-8",
    )
    sys.stdout.write(table + "\n")


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


if __name__ == "__main__":
    main()
