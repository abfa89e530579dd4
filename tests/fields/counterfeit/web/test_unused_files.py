"""Photographs that were sent and never read do not stay: through the capture page, and the worker's sweep."""

from __future__ import annotations

import os
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from pandok.common.audit.writing import record
from pandok.common.jobs.work import Work
from pandok.common.models import AuditEntry
from pandok.core.audit import AuditEvent
from pandok.fields.counterfeit.acts.retention import unused_files
from pandok.fields.counterfeit.acts.retention.unused_files import IN_QUARANTINE, UNTOUCHED, sweep_unused_files
from tests.fields.designs.fakes import photograph
from tests.roles import Role
from tests.world import Site


@pytest.fixture
def sweep(site: Site) -> Any:
    def run(now: datetime) -> None:
        unused: Any = None
        record(AuditEvent("worker", "test.alive", "clock", "", now))
        sweep_unused_files(Work(lambda: now, random.Random(0), site.blobs, unused, "", unused))

    return run


def sent_and_never_read(site: Site) -> set[str]:
    """One good photograph and one bad file: the page shows the good one, and the officer goes away."""
    before = set(site.blobs.names())
    officer = site.client(Role.OFFICER)
    files = [SimpleUploadedFile("a.jpg", photograph()), SimpleUploadedFile("b.jpg", b"no picture")]
    assert officer.post("/", {"photographs": files}).status_code == 422
    left = set(site.blobs.names()) - before
    assert left
    return left


def in_quarantine(site: Site) -> set[str]:
    return {sha256 for sha256, _, _ in site.blobs.in_quarantine()}


def made_older(site: Site, hashes: set[str], age: timedelta) -> None:
    for sha256 in hashes:
        at = (timezone.now() - age).timestamp()
        os.utime(site.blobs.path(sha256), (at, at))


def test_what_was_sent_and_never_read_is_set_aside_and_then_erased(site: Site, sweep: Any) -> None:
    left = sent_and_never_read(site)
    sweep(timezone.now())
    assert left <= set(site.blobs.names()), "a session may still hold them"
    made_older(site, left, UNTOUCHED + timedelta(minutes=1))
    sweep(timezone.now())
    assert not left & set(site.blobs.names())
    assert in_quarantine(site) == left
    assert set(site.views) <= set(site.blobs.names())
    for day in range(1, IN_QUARANTINE.days + 2):
        sweep(timezone.now() + timedelta(days=day))
    assert in_quarantine(site) == set()
    erased = AuditEntry.objects.filter(action="file.erased").order_by("sequence").values_list("object", flat=True)
    assert set(erased) == {f"picture:{sha256}" for sha256 in left}


def test_what_a_record_names_later_is_brought_back(site: Site, sweep: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    left = sent_and_never_read(site)
    made_older(site, left, timedelta(days=2))
    sweep(timezone.now())
    monkeypatch.setattr(unused_files, "used_files", lambda hashes: hashes & left)
    sweep(timezone.now() + timedelta(days=1))
    assert left <= set(site.blobs.names())


def test_photographs_of_readings_and_captures_stay(site: Site, sweep: Any) -> None:
    officer = site.client(Role.OFFICER)
    assert officer.post("/", {"photographs": SimpleUploadedFile("a.jpg", photograph())}).status_code == 302
    kept = set(site.blobs.names())
    made_older(site, kept, timedelta(days=30))
    sweep(timezone.now())
    assert set(site.blobs.names()) == kept


def test_nothing_goes_while_clock_or_database_are_in_doubt(site: Site, sweep: Any) -> None:
    left = sent_and_never_read(site)
    made_older(site, left, timedelta(days=2))
    record(AuditEvent("worker", "test.alive", "clock", "", datetime.now(UTC) + timedelta(days=300)))
    sweep(timezone.now())
    assert left <= set(site.blobs.names())


def test_a_clock_that_jumped_erases_nothing(site: Site, sweep: Any) -> None:
    left = sent_and_never_read(site)
    made_older(site, left, timedelta(days=2))
    sweep(timezone.now())
    sweep(timezone.now() + timedelta(days=365))
    assert in_quarantine(site) == left


def test_files_of_the_site_are_private(site: Site, tmp_path: Path) -> None:
    sent_and_never_read(site)
    for path in (tmp_path / "blobs").rglob("*"):
        assert not path.stat().st_mode & 0o077, path
