"""The commands as an operator runs them: a process, its output and its exit code."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pandok.common.models import AuditEntry
from pandok.fields.register.models import Design
from tests.cli.forked import forked
from tests.contracts.stores import app_on, empty_postgresql
from tests.own_postgresql import on_store, opened_store
from tests.tampering import take_trigger_away


def pandok(home: Path, *arguments: str, **environment: str | None) -> subprocess.CompletedProcess[str]:
    """`environment`: what is set besides home and store of the test; None takes it away."""
    chosen = own_environment(home, **environment)
    if any(name.startswith("PYTHON") for name in environment):  # read before anything is loaded
        return started(home, *arguments, environment=chosen)
    return forked(arguments, folder=home, environment=chosen, timeout=120)


def own_environment(home: Path, **environment: str | None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PANDOK_", "DJANGO_"))}
    asked = {**kept, **on_store(home / "home"), "OMP_NUM_THREADS": "1", **environment}
    return {name: value for name, value in asked.items() if value is not None}


def started(home: Path, *arguments: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """By a process from its very beginning."""
    return subprocess.run(
        [sys.executable, "-c", "from pandok.cli.main import main; main()", *arguments],
        capture_output=True,
        text=True,
        cwd=home,
        env=environment,
        timeout=120,
    )


def test_help_names_every_noun(tmp_path: Path) -> None:
    done = pandok(tmp_path, "--help")
    assert done.returncode == 0
    for noun in ("designs", "models", "settings", "audit", "serve", "demo"):
        assert noun in done.stdout


def test_version(tmp_path: Path) -> None:
    from pandok.version import __version__

    assert pandok(tmp_path, "--version").stdout.strip() == f"pandok {__version__}"


def test_a_command_from_the_very_beginning_says_the_same(tmp_path: Path) -> None:
    """The others are forked from a process that has loaded the libraries."""
    environment = own_environment(tmp_path)
    for arguments, code in ((("audit", "verify"), 0), (("models", "show", "absent"), 3), (("designs", "fly"), 2)):
        began = started(tmp_path, *arguments, environment=environment)
        other = forked(arguments, folder=tmp_path, environment=environment, timeout=120)
        assert (began.returncode, began.stderr) == (other.returncode, other.stderr)
        assert began.returncode == code
        assert re.sub("[0-9]+", "", began.stdout) == re.sub("[0-9]+", "", other.stdout)


def test_settings_tell_value_and_origin(tmp_path: Path) -> None:
    (tmp_path / "pandok.env").write_text("PANDOK_LANGUAGE=en\nPANDOK_SECRET_KEY=hush-hush\n", encoding="utf-8")
    done = pandok(tmp_path, "settings", "--json", PANDOK_THREADS="3")
    rows = {row["name"]: row for row in json.loads(done.stdout)}
    assert (rows["threads"]["value"], rows["threads"]["from"]) == (3, "environment")
    assert (rows["language"]["value"], rows["language"]["from"]) == ("en", "pandok.env")
    assert (rows["index"]["value"], rows["index"]["from"]) == ("faiss", "default")
    assert "hush-hush" not in done.stdout
    assert "hush-hush" not in pandok(tmp_path, "settings").stdout


@pytest.mark.parametrize(
    ("arguments", "environment", "exit_code", "code"),
    [
        (["settings"], {"PANDOK_THREADS": "none"}, 2, "request.setting"),
        (["--language", "fr", "settings"], {}, 2, "request.language"),
        (["designs", "read", "absent.jpg"], {}, 2, "request.photograph_file"),
        (["designs", "read", "."], {}, 2, "request.photograph_file"),
        (["designs", "read", "--class", "chairs", "x.jpg"], {}, 2, "request.locarno_class"),
        (["designs", "evaluate", "absent"], {}, 2, "import.evaluation_folder"),
        (["designs", "import", "absent"], {}, 2, "import.absent"),
        (["models", "show", "absent"], {}, 3, "model.unknown"),
        (["models", "show", "absent.json"], {}, 3, "model.card"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_expected_errors_end_in_two_languages_without_a_traceback(
    tmp_path: Path, arguments: list[str], environment: dict[str, str], exit_code: int, code: str
) -> None:
    done = pandok(tmp_path, *arguments, **environment)
    assert done.returncode == exit_code, done.stderr
    assert f"[{code}]" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert any("가" <= letter <= "힣" for letter in done.stderr)


def test_the_chosen_language_stands_first(tmp_path: Path) -> None:
    first_line = pandok(tmp_path, "--language", "en", "models", "show", "absent").stderr.splitlines()[0]
    assert first_line.startswith("No model absent")
    assert pandok(tmp_path, "models", "show", "absent").stderr.startswith("absent")


@pytest.mark.parametrize("arguments", [["designs", "read"], ["designs", "fly"], ["serve", "--port", "0"]])
def test_wrong_usage_is_exit_code_2(tmp_path: Path, arguments: list[str]) -> None:
    done = pandok(tmp_path, *arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_export_without_torch_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "timm").mkdir()
    (tmp_path / "timm" / "__init__.py").write_text("raise ModuleNotFoundError(name='timm')", encoding="utf-8")
    done = pandok(tmp_path, "models", "export", "vit_tiny", PYTHONPATH=str(tmp_path))
    assert done.returncode == 3
    assert "pandok[training]" in done.stderr


def imported(tmp_path: Path, **environment: str | None) -> None:
    """A register of one good design and one bad row."""
    from PIL import Image

    source = tmp_path / "source"
    source.mkdir()
    sheet = Image.new("RGB", (200, 160), "white")
    sheet.paste("black", (50, 40, 150, 120))
    sheet.save(source / "a.png")
    rows = ["design_id,holder,article,locarno_class,status,view,path"]
    rows += ["D1,Holder,Bottle,09-01,registered,front,a.png", "D2,Holder,Bottle,09-01,registered,front,absent.png"]
    (source / "register.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")

    first = pandok(tmp_path, "designs", "import", "source", "--json", **environment)
    assert first.returncode == 1, first.stderr
    report = json.loads(first.stdout)
    assert [(row["file"], row["line"]) for row in report["findings"]] == [("register.csv", 3)]
    assert report["counts"]["designs_added"] >= 1


def test_an_import_is_counted_repeated_and_audited(tmp_path: Path) -> None:
    imported(tmp_path)
    again = pandok(tmp_path, "designs", "import", "source")
    assert again.returncode == 1
    assert "register.csv:3" in again.stdout

    audit = pandok(tmp_path, "audit", "verify")
    assert audit.returncode == 0, audit.stderr


def test_one_settings_line_moves_to_postgresql(tmp_path: Path, django_db_blocker: Any) -> None:
    """On a machine as the lock installs it, with an empty database: the tables are made by the first command."""
    address = empty_postgresql()
    (tmp_path / "pandok.env").write_text(f"PANDOK_STORE={address}\n", encoding="utf-8")
    imported(tmp_path, PANDOK_STORE=None)
    checked = pandok(tmp_path, "audit", "verify", PANDOK_STORE=None)
    assert checked.returncode == 0, checked.stderr
    assert not list(tmp_path.rglob("pandok.db*"))
    with django_db_blocker.unblock(), app_on(address, tmp_path, lambda: None):
        assert set(Design.objects.values_list("article", flat=True)) == {"Bottle"}
        assert AuditEntry.objects.exists()


def test_a_changed_audit_entry_is_found(tmp_path: Path) -> None:
    imported(tmp_path)
    with opened_store(tmp_path / "home") as database:
        take_trigger_away(database, "register_auditentry")
        database.execute("UPDATE register_auditentry SET actor = 'someone'")
    done = pandok(tmp_path, "audit", "verify")
    assert done.returncode == 1
    assert "1" in done.stdout


def test_json_holds_no_letter_that_a_terminal_obeys(tmp_path: Path) -> None:
    """C1 letters, turns of the reading direction, tags and halves of letters come escaped, and read the same."""
    name = "세관 \x9b31m \u202e7 \U000e0041 é"
    done = pandok(tmp_path, "settings", "--json", PANDOK_SITE_NAME=name)
    assert done.returncode == 0
    assert {letter for letter in done.stdout if not letter.isprintable()} <= {"\n"}
    assert name in {row["value"] for row in json.loads(done.stdout)}
    assert "세관" in done.stdout
