"""One guard for the cells of all tables that people open."""

from __future__ import annotations

import pytest

from pandok.core.cells import harmless
from tests.conftest import ROOT

TABLES_OF_DATA = {
    "fields/counterfeit/acts/learning/labels.py",
    "fields/lab/acts/packs/bundles.py",
    "fields/lab/acts/vault/masking/table_form.py",
    "fields/lab/cli/command_files.py",
}
"""Read by programs: a value must come back as it was."""


STARTS = ["=", "+", "-", "@", "\t=", "\r=", "|", "%", " =", "\u3000=", "\x00=", "\n@", "＝", "＠"]


@pytest.mark.parametrize("start", STARTS)
def test_what_a_table_program_would_run_is_quoted_off(start: str) -> None:
    assert harmless(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("cell", ["", "가방", "2026-000001", "a=b", "{}", "30-1234567"])
def test_other_cells_stay(cell: str) -> None:
    assert harmless(cell) == cell


def test_every_table_for_people_uses_the_one_guard() -> None:
    source = ROOT / "src" / "pandok"
    writers = {
        str(path.relative_to(source))
        for room in ("common", "fields", "web")
        for path in (source / room).rglob("*.py")
        if "csv.writer(" in path.read_text(encoding="utf-8") or "csv.DictWriter(" in path.read_text(encoding="utf-8")
    }
    assert writers > TABLES_OF_DATA
    for one in writers - TABLES_OF_DATA:
        assert "cells import harmless" in (source / one).read_text("utf-8"), one
