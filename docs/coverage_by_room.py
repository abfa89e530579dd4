"""How much of each room the tests run through: `make coverage`. Reads what `coverage json` wrote, prints a table.

What runs in processes of its own (servers, sandboxes, parsing) is not counted, so that the truth is rather more.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path, PurePosixPath
from typing import Any


def rooms(report: dict[str, Any]) -> list[tuple[str, int, int]]:
    """(folder under src/pandok, statements, statements run), by folder."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for name, file in report["files"].items():
        parts = PurePosixPath(name).parts
        room = found["/".join(parts[parts.index("pandok") + 1 : -1]) or "(top)"]
        room[0] += file["summary"]["num_statements"]
        room[1] += file["summary"]["covered_lines"]
    return sorted((name, statements, run) for name, (statements, run) in found.items() if statements)


def table(found: list[tuple[str, int, int]]) -> str:
    whole = ("all", sum(one[1] for one in found), sum(one[2] for one in found))
    lines = [f"| {name} | {count:,} | {100 * run / count:.0f} % |" for name, count, run in (*found, whole)]
    return "\n".join(["| room | statements | run by tests |", "|---|---|---|", *lines])


if __name__ == "__main__":
    print(table(rooms(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))))
