"""The demonstration's academy: pictures, a course and a group; called again it adds nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pandok.common.people.accounts import ensure_demo_accounts
from pandok.demo.academy import ensure_demo_academy
from pandok.demo.parties import ensure_demo_parties
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.academy.models import Course, GroupMember, Picture

NOON = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_it_is_there_once(tmp_path: Path) -> None:
    ensure_demo_accounts(NOON)
    ensure_demo_parties(NOON)
    blobs = FolderBlobs(tmp_path / "blobs")
    assert ensure_demo_academy(blobs=blobs, clock=lambda: NOON, pictures=4) == 4
    assert ensure_demo_academy(blobs=blobs, clock=lambda: NOON, pictures=4) == 0
    assert (Picture.objects.count(), Course.objects.count(), GroupMember.objects.count()) == (4, 1, 2)
