"""Readers, an opener, a supervisor; and scans small enough to be made in every test."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import Group

from pandok.common.models import Account, Site, SiteMember
from pandok.core.text import Text
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.xray.acts.beginning import Shares, begin_inspection
from pandok.fields.xray.acts.deciding import decide
from pandok.fields.xray.acts.keeping import keep_scan, store_scan
from pandok.fields.xray.acts.machines import DEFAULT
from pandok.fields.xray.acts.showing import show_next
from pandok.fields.xray.decisions import Decision
from pandok.fields.xray.declaration import Declaration
from pandok.fields.xray.marks import Candidate, Mark
from pandok.fields.xray.models import EmptyContainer, HelpReading, ImageReading, Inspection, ScanDeletion, ScanHold
from pandok.readers.xray.formats.reading import NamedBytes
from pandok.readers.xray.physics.spectra import shipped
from pandok.readers.xray.standard import StandardScan, StandardView
from tests.roles import Role

NOON = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
ROWS, COLUMNS = 8, 12
PLACE: dict[str, Any] = {"view": "1", "box": [2, 1, 5, 4]}


def standard_scan() -> StandardScan:
    high = np.full((ROWS, COLUMNS), 0.9, np.float32)
    high[1:4, 2:5] = 0.3
    return StandardScan((StandardView("1", high, high**1.3, np.full_like(high, 0.1)),), format="DICOS")


@dataclass
class Hall:
    blobs: FolderBlobs
    site: Site
    people: dict[str, Account] = field(default_factory=dict)
    now: datetime = NOON

    def person(self, role: Role, name: str = "", site: Site | None = None) -> Account:
        name = name or role.value
        if name not in self.people:
            account = Account.objects.create_user(name)
            account.groups.add(Group.objects.get(name=role.value))
            if role.facts.at_site:
                SiteMember.objects.create(account=account, site=site or self.site)
            self.people[name] = account
        return self.people[name]

    def inspection(
        self,
        *,
        withheld: bool = False,
        drawn: bool = False,
        candidates: tuple[Mark, ...] = (),
        site: Site | None = None,
        image: StandardScan | None = None,
        **declared: Any,
    ) -> Inspection:
        chances = iter((0.0 if withheld else 0.99, 0.0 if drawn else 0.99))
        self.now += timedelta(seconds=1)
        found = begin_inspection(
            declaration=Declaration(**declared),
            site=site or self.site,
            actor=None,
            now=self.now,
            shares=Shares(0.2, 0.01),
            chance=lambda: next(chances),
        )
        files = [NamedBytes("scan.dcs", found.number.encode())]
        stored = store_scan(image or standard_scan(), files, self.blobs, shipped(DEFAULT))
        scan = keep_scan(found, stored, actor=None, now=self.now)
        said = [Candidate(mark=one, score=0.8, reason=Text(ko="밀도 높음", en="dense")) for one in candidates]
        HelpReading.objects.create(
            scan=scan, reader="test 1.0", read_at=self.now, candidates=[one.model_dump(mode="json") for one in said]
        )
        return found

    def read(self, name: str, decision: Decision, *, seconds: float = 4, **more: Any) -> ImageReading:
        """Whatever is next for this reader."""
        reader = self.person(Role.SCAN_READER, name)
        shown = show_next(reader=reader, now=self.now)
        assert shown is not None
        self.now += timedelta(seconds=seconds)
        places = more.pop("marks", [PLACE] if decision is Decision.OPEN else [])
        asked: dict[str, Any] = {"marks": places, "remark": "", "functions": []} | more
        return decide(inspection_id=shown.pk, reader=reader, decision=decision, now=self.now, **asked)


def inspection_elsewhere(blobs: FolderBlobs) -> Inspection:
    """Of a customs office at which none of a test's people work."""
    return Hall(
        blobs, Site.objects.create(code="ELSEWHERE", name_ko="다른 세관", name_en="Another office")
    ).inspection()


def hold_elsewhere(blobs: FolderBlobs) -> ScanHold:
    by = Account.objects.create_user("who holds scans")
    return ScanHold.objects.create(
        inspection=inspection_elsewhere(blobs), reason="소송이 진행 중", placed_by=by, placed_at=NOON
    )


def planned_scan_deletion() -> ScanDeletion:
    by = Account.objects.create_user("who plans deletions of scans")
    return ScanDeletion.objects.create(
        number="2026-XD-000001", policy="KR-2026", reason="기간 경과", planned_by=by, planned_at=NOON
    )


def empty_elsewhere() -> EmptyContainer:
    """Of a customs office at which none of a test's people work."""
    return EmptyContainer.objects.create(
        site=Site.objects.create(code="EMPTIES", name_ko="다른 세관", name_en="Another office"),
        container_type="22G1",
        response="cargo-4mv-6mv",
        rows=1,
        columns=1,
        planes_sha256="0" * 64,
        penetration_limit=0.0,
        air_share=0.01,
        digest="1" * 64,
        imported_at=NOON,
    )


@pytest.fixture
def hall(db: None, tmp_path: Path) -> Hall:  # noqa: ARG001
    return Hall(FolderBlobs(tmp_path / "blobs"), Site.objects.create(code="ICN", name_ko="인천", name_en="Incheon"))
