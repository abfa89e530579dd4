"""How far a photograph, a step of a case and a submission travel through the house: traced while they really run.

    python docs/journeys.py                                   trace, print, and keep the figures in journeys.json
    python docs/journeys.py --tree OLDER_CHECKOUT --storeys "core readers,proof engines register desk lab web,cli"

What is counted: functions of `src/pandok` in the order in which they are entered, on every thread of the process. A
function that the same function calls again and again counts once, so that five candidates travel no farther than one.

- stay: a run of consecutive entries into functions of one file;
- file, room: the files and the folders that were entered;
- climb: an entry from a lower storey into a higher one. The caller is the nearest function of Pandok on the stack, so
  that what Django calls between them hides nothing. Pages, operations and commands of a field are the top storey, like
  the frames. What a storey is handed by one above (a listener, a callback) counts as a climb when it is called.

What runs in processes of its own (decoding, the sandbox) is counted up to where it is asked. `make docs` shows the
figures beside what they were before the house was rebuilt (docs/counts.py).
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "docs" / "journeys.json"
DRIVER = "sqlite_in_turn"
"""The database driver, which Django calls at every query, is no place that anything travels to."""
STOREYS = "core,settings,version readers,proof engines common register designs counterfeit lab xray edge"


@dataclass(frozen=True)
class Journey:
    """`test` runs it, by the name of its file and its own; `post` is the address whose first POST is traced, "" where
    the whole test is the journey."""

    name: str
    file: str
    test: str
    post: str


JOURNEYS = (
    Journey(
        "A photograph: from the upload to the reading on the page",
        "test_same_reading.py",
        "test_the_same_photograph_gives_the_same_reading_by_page_api_and_command[JPEG]",
        r"/",
    ),
    Journey(
        "A step of a case: a candidate is chosen by the button of the page",
        "test_case_page.py",
        "test_the_way_to_the_end_by_the_buttons_of_the_page",
        r"/cases/[^/]+/act/",
    ),
    Journey(
        "A submission: from the zip to the score that waits for release",
        "runs/test_whole_way.py",
        "test_a_submission_is_run_sealed_and_scored",
        "",
    ),
)


def storey(parts: tuple[str, ...], storeys: list[list[str]]) -> int:
    """The storey of a module by its path below `pandok`, the lowest 0."""
    if parts[0] == "fields" or (parts[0] == "common" and len(parts) > 2):
        inner = parts[2:] if parts[0] == "fields" else parts[1:]
        if inner and inner[0] in ("web", "api", "cli"):
            return len(storeys) - 1
    name = parts[1] if parts[0] == "fields" else parts[0]
    return next((at for at, names in enumerate(storeys) if name in names), len(storeys) - 1)


@dataclass
class Trace:
    package: str
    storeys: list[list[str]]
    entries: list[str] = field(default_factory=list)
    climbs: list[tuple[str, str]] = field(default_factory=list)
    seen: set[tuple[Any, Any]] = field(default_factory=set)

    def on_event(self, frame: FrameType, event: str, _: Any) -> None:
        code = frame.f_code
        if event != "call" or not self._counts(code):
            return
        above = frame.f_back
        while above is not None and not self._counts(above.f_code):
            if above.f_code.co_name == "<module>" and above.f_code.co_filename.startswith(self.package):
                return  # A module that is imported on the way: nothing travels through it.
            above = above.f_back
        caller = above.f_code if above is not None else None
        if (caller, code) in self.seen:
            return
        self.seen.add((caller, code))
        here = code.co_filename[len(self.package) :]
        self.entries.append(here)
        if caller is not None:
            there = caller.co_filename[len(self.package) :]
            if self._storey(here) > self._storey(there):
                self.climbs.append((f"{there}:{caller.co_name}", f"{here}:{code.co_name}"))

    def _counts(self, code: CodeType) -> bool:
        file = code.co_filename
        return not code.co_name.startswith("<") and file.startswith(self.package) and DRIVER not in file

    def _storey(self, file: str) -> int:
        return storey(Path(file).with_suffix("").parts, self.storeys)

    def figures(self) -> dict[str, Any]:
        stays = sum(1 for one, before in zip(self.entries, [None, *self.entries], strict=False) if one != before)
        return {
            "functions": len(self.seen),
            "stays": stays,
            "files": len(set(self.entries)),
            "rooms": len({str(Path(one).parent) for one in self.entries}),
            "climbs": len(self.climbs),
            "climbing": sorted(f"{one} -> {other}" for one, other in self.climbs),
        }


@contextmanager
def traced(trace: Trace) -> Iterator[None]:
    threading.setprofile(trace.on_event)
    sys.setprofile(trace.on_event)
    try:
        yield
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


class Plugin:
    """Traces one journey inside pytest."""

    def __init__(self, journey: Journey, trace: Trace) -> None:
        self.journey, self.trace, self.done = journey, trace, False

    def pytest_runtest_call(self, item: Any) -> None:
        if self.journey.post:
            self._trace_the_first_post()
        else:
            whole = item.obj

            def run(*args: Any, **more: Any) -> None:
                with traced(self.trace):
                    whole(*args, **more)

            item.obj = run
            self.done = True

    def _trace_the_first_post(self) -> None:
        from django.test import Client

        post = Client.post

        def traced_post(client: Client, path: str, *args: Any, **more: Any) -> Any:
            if self.done or not re.fullmatch(self.journey.post, path):
                return post(client, path, *args, **more)
            self.done = True
            with traced(self.trace):
                return post(client, path, *args, **more)

        Client.post = traced_post  # type: ignore[method-assign, assignment]  # for this process alone


def trace_here(journey: Journey, tree: Path, storeys: list[list[str]]) -> dict[str, Any]:
    """Run the journey's test in this process. Raises RuntimeError where it fails or the journey was not met."""
    import pytest

    [path] = [one for one in (tree / "tests").rglob(Path(journey.file).name) if str(one).endswith(journey.file)]
    trace = Trace(str(tree / "src" / "pandok") + os.sep, storeys)
    plugin = Plugin(journey, trace)
    code = pytest.main(["-q", "-p", "no:cacheprovider", f"{path}::{journey.test}"], plugins=[plugin])
    if code or not plugin.done:
        raise RuntimeError(f"{journey.test} ended with {code}")
    return trace.figures()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--tree", type=Path, default=ROOT)
    asked.add_argument("--storeys", default=STOREYS)
    asked.add_argument("--one", type=int, help="trace only this journey, in this process, and print its figures")
    args = asked.parse_args()
    tree = args.tree.resolve()
    if args.one is not None:
        storeys = [names.split(",") for names in args.storeys.split()]
        print("\n" + json.dumps(trace_here(JOURNEYS[args.one], tree, storeys)))
        return
    found = {}
    for at, journey in enumerate(JOURNEYS):
        # A process each: what one has imported is not imported again by the next.
        told = subprocess.run(
            [sys.executable, __file__, "--tree", str(tree), "--storeys", args.storeys, "--one", str(at)],
            cwd=tree,
            env=os.environ | {"PYTHONPATH": os.pathsep.join((str(tree / "src"), str(tree)))},
            capture_output=True,
            text=True,
            check=False,
        )
        if told.returncode:
            sys.exit(told.stdout + told.stderr)
        found[journey.name] = json.loads(told.stdout.strip().splitlines()[-1])
        print(journey.name, {name: count for name, count in found[journey.name].items() if name != "climbing"})
        for one in found[journey.name]["climbing"]:
            print("   climb:", one)
    if tree == ROOT:
        KEPT.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
