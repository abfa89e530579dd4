"""Documents tell the truth: generated pages are up to date, links resolve, commands exist, nothing names a machine."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
TEXT_SUFFIXES = {".py", ".md", ".toml", ".lock", ".html", ".js", ".css", ".po", ".json", ".yaml", ".txt", ".csv", ""}


def tracked() -> list[Path]:
    """Files that git tracks or would track; all files where this is no repository."""
    try:
        done = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return [path for path in (ROOT / "src").rglob("*") if path.is_file()]
    return [path for line in done.stdout.splitlines() if (path := ROOT / line).is_file()]


@pytest.mark.parametrize("script", ["generate.py", "results_table.py", "training_curve.py"])
def test_generated_pages_are_up_to_date(script: str) -> None:
    done = subprocess.run([sys.executable, f"docs/{script}", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, f"out of date: {done.stdout}{done.stderr}; run `make docs`"


def test_every_setting_stands_in_the_page() -> None:
    from pandok.settings import Settings

    page = (ROOT / "docs/look-up/settings.md").read_text(encoding="utf-8")
    for name, field in Settings.model_fields.items():
        assert f"| `PANDOK_{name.upper()}` |" in page
        assert field.description
        assert field.description in page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_resolve(page: Path) -> None:
    targets = [target for target in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in target]
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("readme", ["README.md", "README.ko.md"])
def test_commands_of_the_readme_exist(readme: str) -> None:
    from typer.main import get_command

    from pandok.cli.main import app

    text = (ROOT / readme).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("pandok ")]
    assert len(lines) >= 5
    for line in lines:
        command = get_command(app)
        words = shlex.split(line.split("#")[0])[1:]
        while hasattr(command, "commands"):
            assert words[0] in command.commands, line
            command = command.commands[words.pop(0)]
        known = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
        assert [word for word in words if word.startswith("--") and word not in known] == [], line
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"\bmake ([a-z]+)", text):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_both_readmes_show_the_same_commands() -> None:
    def commands(name: str) -> list[str]:
        text = (ROOT / name).read_text(encoding="utf-8")
        return [line.split("#")[0].strip() for line in text.splitlines() if line.startswith(("pandok ", "make "))]

    assert commands("README.md") == commands("README.ko.md")


def test_no_file_names_a_machine_or_a_registry() -> None:
    # The home of the image's own account is no machine's.
    machine_path = re.compile(r"(?<![\w.])/(?:work|root|home/(?!pandok/)\w+|Users/\w+)/")
    found = []
    for path in tracked():
        if path.suffix not in TEXT_SUFFIXES or path.stat().st_size > 2_000_000 or path == Path(__file__).resolve():
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {match}" for match in machine_path.findall(text)]
    assert found == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_locks_pin_every_package_with_hashes_and_name_no_index(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    packages = re.findall(r"^([a-z0-9][a-z0-9._-]*)==\S+ \\\n    --hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)
    starts = re.findall(r"^[a-z0-9]\S*", text, re.MULTILINE)
    assert len(packages) == len(starts) > 30
    assert [name for name in packages if name.startswith("opencv")] == ["opencv-python-headless"]


def test_the_two_locks_agree() -> None:
    def versions(name: str) -> set[str]:
        return set(re.findall(r"^([a-z0-9]\S*==\S+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))

    assert versions("requirements.lock") < versions("requirements-dev.lock")


def test_every_runtime_dependency_is_locked() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    names = [re.split(r"[<>=!~\[ ]", requirement)[0] for requirement in project["dependencies"]]
    assert [name for name in names if f"\n{name}==" not in f"\n{lock}"] == []


def test_the_tests_on_postgresql_leave_out_no_room_that_knows_records() -> None:
    """`make test-postgresql` names rooms; one that was moved or is new would be left out without a word."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.search(r"^POSTGRESQL_TESTS \?= (.*)$", makefile, re.MULTILINE)[1].split())  # type: ignore[index]
    rooms = {
        f"tests/{path.name}" for path in (ROOT / "tests").iterdir() if path.is_dir() and any(path.rglob("test_*.py"))
    }
    knows_none = {f"tests/{name}" for name in ("benchmarks", "core", "docs", "engines", "proof", "readers")}
    assert named == rooms - knows_none


def test_every_promise_names_tests_that_exist() -> None:
    """Each row of the table ends with one or more `tests/file.py::test_name`, and each of them is there."""
    page = (ROOT / "docs/look-up/promises.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ") and not line.startswith("| promise |")]
    missing = []
    for row in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row)
        if not named:
            missing.append(row)
        for file, name in named:
            source = ROOT / file
            if not source.exists() or not re.search(rf"^\s*def {name}\b", source.read_text(encoding="utf-8"), re.M):
                missing.append(f"{file}::{name}")
    assert missing == []
