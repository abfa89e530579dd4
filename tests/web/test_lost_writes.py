"""What a phone is told is kept would still be there after a loss of power: everything was flushed before the answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from pandok.fields.designs.acts.captures import receive_capture
from pandok.fields.designs.models import Capture
from pandok.web.database import database
from tests.contracts.stores import app_on
from tests.engines.files.test_blobs import Disk
from tests.fields.counterfeit.web.test_capture import upload
from tests.fields.counterfeit.web.test_captures import send
from tests.fields.designs.fakes import photograph
from tests.world import Site


def test_every_photograph_is_flushed_before_its_capture_is_written(
    site: Site, officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A write that was not flushed counts as lost: its file would be empty or have no name after a loss of power."""
    disk, checked = Disk(monkeypatch), []

    def received(**asked: Any) -> Any:
        for kept in asked["photographs"]:
            for sha256 in {kept.sha256, kept.original_sha256} - {""}:
                path = site.blobs.path(sha256)
                named = disk.done.index(("replace", str(path)))
                assert any(what == "fsync" and sha256 in where for what, where in disk.done[:named]), "its bytes"
                assert ("fsync", str(path.parent)) in disk.done[named:], "its name"
                checked.append(sha256)
        return receive_capture(**asked)

    monkeypatch.setattr("pandok.fields.counterfeit.web.views.captures.receive_capture", received)
    assert send(officer, photographs=[upload(photograph(shade)) for shade in (0, 20, 40)]).status_code == 201
    assert len(checked) >= 3
    assert Capture.objects.count() == 1


def test_a_commit_of_the_product_waits_for_the_disk(tmp_path: Path, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock(), app_on("", tmp_path), connection.cursor() as cursor:
        found = [
            cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "journal_mode", "secure_delete")
        ]
    assert found == [2, "wal", 1]
    asked = database("", tmp_path)["OPTIONS"]["init_command"]
    assert "synchronous=FULL" in asked
    assert "secure_delete=ON" in asked, "not every SQLite is built so"
