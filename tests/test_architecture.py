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
    "articles": {"core", "readers"},
    "proof": {"core"},
    "engines": {"core", "readers", "proof"},
    "register": {"core", "readers", "proof", "engines", "settings"},
    "desk": {"core", "readers", "proof", "engines", "register", "settings"},
    "lab": {"core", "readers", "proof", "engines", "register", "desk", "settings", "version"},
    "web": {"core", "readers", "proof", "engines", "register", "desk", "lab", "settings", "version"},
    "cli": {"core", "readers", "proof", "engines", "register", "desk", "lab", "web", "articles", "settings", "version"},
    "__init__": {"version", "desk"},
}
NO_DJANGO = {"core", "readers", "proof", "engines", "articles", "settings", "version"}
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


def upward_imports(path: Path) -> list[str]:
    part = part_of(path)
    allowed = STOREYS[part] | {part}
    found = []
    for name in imported(path):
        if name.split(".")[0] == "pandok" and len(name.split(".")) > 1:
            target = name.split(".")[1]
            if target == "__version__" or target not in allowed:
                found.append(f"{path.relative_to(PACKAGE)} imports {name}")
        elif name.split(".")[0] == "django" and part in NO_DJANGO:
            found.append(f"{path.relative_to(PACKAGE)} imports {name}")
    return found


def test_every_part_of_the_house_has_a_storey() -> None:
    assert {part_of(path) for path in modules()} <= set(STOREYS)


@pytest.mark.parametrize("part", sorted(STOREYS))
def test_a_storey_imports_only_from_below(part: str) -> None:
    assert [line for path in modules() if part_of(path) == part for line in upward_imports(path)] == []


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
