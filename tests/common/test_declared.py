"""The frame finds what fields bring, and stumbles over none that lacks a room."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pandok.common.declared import rooms


def test_a_field_without_pages_operations_or_commands_is_passed_by(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("bare", "with_pages/web"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("bare/__init__", "with_pages/__init__", "with_pages/web/__init__", "with_pages/web/urls"):
        (tmp_path / f"{name}.py").write_text("", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in ("web.urls", "api", "cli"):
        found = [one.__name__ for one in rooms(name, ("bare", "with_pages"))]
        assert found == (["with_pages.web.urls"] if name == "web.urls" else [])
    for name in [one for one in sys.modules if one.split(".")[0] in ("bare", "with_pages")]:
        del sys.modules[name]
