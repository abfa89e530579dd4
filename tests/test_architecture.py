"""The house plan as a test: a storey imports only from below, and `import pandok` stays light."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

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
    "xray": set(),
    # A replay can become a proof of the lab.
    "street": {"lab"},
    "academy": {"register", "designs", "counterfeit", "lab", "xray"},
    "programme": {"register", "designs", "counterfeit", "lab", "xray", "street", "academy"},
}
EDGES = ("web", "api", "cli")
"""Rooms of the common floor and of a field that speak to people and programs: they alone know the frames."""
OUTLINE = {"__init__.py", "apps.py", "declares.py", "models", "migrations", "acts", "lists", "web", "api", "cli"}
EXCEPTIONS = {
    # A reader with an encoder of the site's own needs pictures of strangers, which are drawn as the articles are.
    ("fields/designs/cli/strangers.py", "demo"),
    # Computed bags and articles to train on, which no officer brought.
    ("fields/academy/acts/bank/generator.py", "demo"),
    # Which fields there are: the one list.
    ("common/declared.py", "fields"),
    ("web/django_settings.py", "fields"),
}
OPENED_BY_NAME = ("apps", "declares", "urls")
"""Modules that stand in a room and join those below it; Django and `common/declared.py` open them by name."""
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


def room_of(path: Path) -> str:
    """The folder in which a module stands. What stands at the top, or is opened by name, is a room by itself."""
    module = path.relative_to(PACKAGE).with_suffix("")
    alone = len(module.parts) == 1 or module.name in OPENED_BY_NAME
    return ".".join(module.parts if alone else module.parent.parts)


def rooms_and_what_they_import() -> dict[str, set[str]]:
    """Imports inside functions count: a circle that starts late is a circle."""
    found: dict[str, set[str]] = {}
    for path in modules():
        here = found.setdefault(room_of(path), set())
        for name in imported(path):
            first, *steps = name.split(".")
            there = module_at(steps) if first == "pandok" else None
            if there is not None:
                here.add(room_of(there))
        here.discard(room_of(path))
    return found


def module_at(steps: list[str]) -> Path | None:
    """The file of `pandok.<steps>`, where the last step may be a name in a module or a package."""
    for known in (steps, steps[:-1]):
        at = PACKAGE.joinpath(*known)
        for path in (at.with_suffix(".py"), at / "__init__.py"):
            if known and path.is_file():
                return path
    return None


def circles(graph: dict[str, set[str]]) -> list[set[str]]:
    """Groups of rooms of which each reaches every other."""

    def reached(start: str) -> set[str]:
        found, left = set[str](), [start]
        while left:
            new = graph.get(left.pop(), set()) - found
            found |= new
            left += new
        return found

    reach = {room: reached(room) for room in graph}
    groups = {
        frozenset(other for other in reach[room] if room in reach[other]) for room in graph if room in reach[room]
    }
    return sorted((set(group) for group in groups), key=sorted)


def test_no_rooms_import_each_other_in_a_circle() -> None:
    assert circles(rooms_and_what_they_import()) == []


def test_a_circle_of_rooms_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "PACKAGE", tmp_path)
    for place, line in {
        "common/papers/letters.py": "from pandok.common.people import accounts",
        "common/people/accounts.py": "def f():\n    from pandok.common.jobs.queue import enqueue\n",
        "common/jobs/queue.py": "import pandok.common.papers.letters",
        "common/apps.py": "from pandok.common.papers.letters import letter",
        "common/reasons.py": "from pandok.common.jobs.queue import enqueue",
        "settings.py": "",
    }.items():
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(line, encoding="utf-8")
    assert circles(rooms_and_what_they_import()) == [{"common.papers", "common.people", "common.jobs"}]


def test_every_module_with_work_for_the_worker_is_declared() -> None:
    """A worker knows the kinds of work that the fields declare, and no others."""
    from pandok.common.declared import declared

    named = {job for field in declared() for job in field.jobs}
    working = {
        ".".join(("pandok", *path.relative_to(PACKAGE).with_suffix("").parts))
        for path in modules()
        if any(decorator in ("handles", "every") for decorator in decorators_called(path))
    }
    assert working == named - {"pandok.common.messages.webhooks"}


def decorators_called(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for one in getattr(node, "decorator_list", ()):
            if isinstance(one, ast.Call) and isinstance(one.func, ast.Name):
                yield one.func.id


def test_common_web_and_command_line_name_nothing_that_a_field_declares() -> None:
    """No role, action, operation of the API, action or object of the audit trail: they are asked of `declared`."""
    from pandok.common.declared import PLACES, declared, rooms
    from pandok.common.models import Party
    from pandok.core.errors import Turn

    fields = declared()[1:]
    names = {role.value for one in fields for role in one.roles or ()} | {
        word for one in fields for action in one.actions or () for word in (action.value, action.name.lower())
    }
    beginnings = {"pandok.fields."}
    for words in (*rooms("api.words", PLACES[1:]), *rooms("audit_words", PLACES[1:])):
        names |= set(getattr(words, "OPERATIONS", ())) | set(getattr(words, "ACTIONS", ()))
        beginnings |= {f"{kind}:" for kind in getattr(words, "OBJECTS", ())}
    # Kinds of parties are the floor's own, and whose turn a refusal says it is, the core's: some are called like roles.
    names -= {kind for kind, _ in Party.KINDS} | set(get_args(Turn))
    assert names
    assert beginnings
    found = [
        f"{path.relative_to(PACKAGE)} says {text}"
        for path in modules()
        if part_of(path) in ("common", "web", "cli")
        for text in texts_in(path)
        if text in names or text.startswith(tuple(beginnings))
    ]
    assert found == []


def texts_in(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


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
    wrong.write_text(
        "def f():\n    from pandok.fields.designs.server_desk import desk\n    import django\n", encoding="utf-8"
    )
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
