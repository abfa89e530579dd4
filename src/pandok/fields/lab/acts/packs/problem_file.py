"""problem.toml: read, and every value that does not fit named with its line."""

from __future__ import annotations

import re
import tomllib

from pydantic import ValidationError

from pandok.core.lab.problem import Problem
from pandok.engines.files.damaged_zip import DAMAGED_ZIP
from pandok.fields.lab.acts.packs.pack_faults import Faults
from pandok.fields.lab.acts.packs.pack_files import PackFiles

NAME = "problem.toml"
MOST_BYTES = 1 << 20
_TABLE = re.compile(r"^\s*\[\[?\s*([A-Za-z0-9_.\-\"' ]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-.\"']+)\s*=")
_LINE = re.compile(r"at line (\d+)")


def read_problem(files: PackFiles, faults: Faults) -> Problem | None:
    """The problem, or None with the faults noted."""
    size = files.size(NAME)
    if size is None:
        faults.add(NAME, 0, "파일이 없습니다.", "The file is missing.")
        return None
    if size > MOST_BYTES:
        faults.add(NAME, 0, "파일이 1 MB를 넘습니다.", "The file is larger than 1 MB.")
        return None
    try:
        with files.open(NAME) as file:
            text = file.read().decode("utf-8-sig")
    except DAMAGED_ZIP:
        faults.add(NAME, 0, "파일이 손상되어 읽을 수 없습니다.", "The file is damaged.")
        return None
    except UnicodeDecodeError:
        faults.add(NAME, 0, "UTF-8이 아닙니다. UTF-8로 저장하십시오.", "Not UTF-8; save the file as UTF-8.")
        return None
    try:
        found = Problem.model_validate(tomllib.loads(text))
        if found.least_sandbox_level > 0:
            return found
        at = _line_of(text, ("least_sandbox_level",))
        faults.add(NAME, at, "least_sandbox_level: 1 이상이어야 합니다.", "least_sandbox_level: must be 1 or more.")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        named = _LINE.search(str(error))
        line = int(named[1]) if named else len(text.splitlines())
        faults.add(NAME, line, f"TOML 형식이 아닙니다: {error}.", f"This is no TOML: {error}.")
    except ValidationError as error:
        for one in error.errors(include_url=False, include_context=False, include_input=False):
            place = ".".join(str(step) for step in one["loc"]) or "problem"
            message = one["msg"].removeprefix("Value error, ")
            faults.add(NAME, _line_of(text, one["loc"]), f"{place}: {message}.", f"{place}: {message}.")
    return None


def _line_of(text: str, location: tuple[int | str, ...]) -> int:
    """The line of the longest part of `location` that stands in the file; 0 for none."""
    best, line = 0, 0
    table: tuple[str, ...] = ()
    counts: dict[str, int] = {}
    for number, written in enumerate(text.splitlines(), 1):
        if head := _TABLE.match(written):
            name = head[1].replace('"', "").replace("'", "")
            table = tuple(part.strip() for part in name.split("."))
            if written.lstrip().startswith("[["):
                table = (*table, str(counts.setdefault(name, 0)))
                counts[name] += 1
            here = table
        elif key := _KEY.match(written):
            here = (*table, *key[1].replace('"', "").split("."))
        else:
            continue
        wanted = tuple(str(step) for step in location)
        if len(here) > best and wanted[: len(here)] == here:
            best, line = len(here), number
    return line
