"""The house plan as a test: a storey imports only from below, and `import pandok` stays light."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "pandok"

STOREYS = {
    # Part of the house: what it may import from pandok besides itself. "version", "core" and "settings" are leaves.
    "version": set(),
    "core": set(),
    "settings": set(),
    "readers": {"core"},
    "proof": {"core"},
    "engines": {"core", "readers", "proof"},
    # The floor that all fields stand on, and the frames. None of them knows a field by name.
    "common": {"core", "readers", "proof", "engines", "settings", "version"},
    "web": {"core", "readers", "proof", "engines", "common", "settings", "version"},
    "cli": {"core", "readers", "proof", "engines", "common", "web", "settings", "version"},
    # The fields of this site, lowest first. What they may know of others is the list of FIELDS.
    "fields": {"core", "readers", "proof", "engines", "common", "settings", "version"},
    "demo": {
        "core",
        "readers",
        "proof",
        "engines",
        "common",
        "fields",
        "web",
        "cli",
        "settings",
        "version",
        "__init__",
    },
    "__init__": {"version", "fields"},
}
FIELDS = {
    "register": set(),
    "designs": {"register"},
    "counterfeit": {"register", "designs"},
    "lab": {"register", "designs", "counterfeit"},
}
EDGES = ("web", "api", "cli")
"""Rooms of the common floor and of a field that speak to people and programs: they alone know the frames."""
OUTLINE = {"__init__.py", "apps.py", "declares.py", "models", "migrations", "acts", "lists", "web", "api", "cli"}
EXCEPTIONS = {
    # A reader with an encoder of the site's own needs pictures of strangers, which are drawn as the articles are.
    ("fields/designs/cli/strangers.py", "demo"),
    # Which fields there are: the one list.
    ("common/declared.py", "fields"),
    ("web/django_settings.py", "fields"),
}
NO_DJANGO = {"core", "readers", "proof", "engines", "settings", "version"}
READERS_DO_NOT_KNOW = {"django", "requests", "urllib", "socket", "http", "sqlite3", "httpx"}


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)


def part_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    """Every absolute module name that `path` imports, also inside functions, but not for type checking only."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def edge_of(name: tuple[str, ...]) -> str:
    """ "web", "api" or "cli" where a module stands in such a room of the common floor or of a field, else ""."""
    depth = {"common": 1, "fields": 2}.get(name[0])
    return name[depth] if depth and len(name) > depth and name[depth] in EDGES else ""


def upward_imports(path: Path) -> list[str]:
    part, here = part_of(path), path.relative_to(PACKAGE).with_suffix("").parts
    at_edge = bool(edge_of(here))
    allowed = STOREYS[part] | {part} | ({"web", "cli"} if at_edge else set())
    found = []
    for name in imported(path):
        parts = tuple(name.split("."))
        if parts[0] == "pandok":
            target = parts[1] if len(parts) > 1 else "__init__"
            wrong = target == "__version__" or target not in allowed
            if part == target == "fields" and len(parts) > 2 and here[1] != parts[2]:
                wrong = parts[2] not in FIELDS[here[1]]
            # What acts and lists do is said by pages, operations and commands, never the other way.
            wrong = wrong or (part in ("common", "fields") and not at_edge and bool(edge_of(parts[1:])))
            if wrong and (path.relative_to(PACKAGE).as_posix(), target) not in EXCEPTIONS:
                found.append(f"{path.relative_to(PACKAGE)} imports {name}")
        elif parts[0] == "django" and part in NO_DJANGO:
            found.append(f"{path.relative_to(PACKAGE)} imports {name}")
    return found


def test_every_part_of_the_house_has_a_storey() -> None:
    assert {part_of(path) for path in modules()} <= set(STOREYS)


@pytest.mark.parametrize("part", sorted(STOREYS))
def test_a_storey_imports_only_from_below(part: str) -> None:
    assert [line for path in modules() if part_of(path) == part for line in upward_imports(path)] == []


def test_every_field_is_on_the_list_and_has_the_outline() -> None:
    from pandok.fields import INSTALLED

    assert tuple(f"pandok.fields.{name}" for name in FIELDS) == INSTALLED
    for name in FIELDS:
        there = {one.name for one in (PACKAGE / "fields" / name).iterdir()}
        # A field without pages, operations or commands of its own has no room for them.
        assert OUTLINE - there <= {"web", "api", "cli", "lists"}, name


def test_readers_know_no_network_and_no_records() -> None:
    found = [
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path in modules()
        if part_of(path) == "readers"
        for name in imported(path)
        if name.split(".")[0] in READERS_DO_NOT_KNOW
    ]
    assert found == []


def test_an_upward_import_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "PACKAGE", tmp_path)
    wrong = tmp_path / "core" / "wrong.py"
    wrong.parent.mkdir()
    wrong.write_text("def f():\n    from pandok.fields.designs.desk import desk\n    import django\n", encoding="utf-8")
    assert len(upward_imports(wrong)) == 2
    for place, line in {
        "fields/register/acts/wrong.py": "from pandok.fields.counterfeit.models import Case",
        "fields/register/acts/wrong_page.py": "from pandok.fields.register.web import article_classes",
        "fields/lab/acts/wrong_frame.py": "from pandok.web.forms import DayField",
        "common/audit/wrong.py": "from pandok.fields.register.models import Design",
        "web/wrong.py": "from pandok.fields.lab.models import Run",
    }.items():
        wrong = tmp_path / place
        wrong.parent.mkdir(parents=True, exist_ok=True)
        wrong.write_text(line, encoding="utf-8")
        assert len(upward_imports(wrong)) == 1, place


@pytest.mark.parametrize("module", ["pandok", "pandok.cli.main"])
def test_import_stays_light(module: str) -> None:
    heavy = "{'django', 'numpy', 'cv2', 'onnxruntime', 'faiss', 'PIL', 'scipy', 'rapidocr', 'torch'}"
    code = f"import sys, {module}; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_runtime_sends_nothing_home() -> None:
    said = "import pandok, os; print(os.environ['ORT_DISABLE_TELEMETRY'])"
    environment = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    done = subprocess.run([sys.executable, "-c", said], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"
