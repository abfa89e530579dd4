"""Customs at work: an officer of a site, a reading with one candidate that stands, photographs in the store."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from pandok.common.models import Account
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.counterfeit.acts.cases.as_seen import stamp
from pandok.fields.counterfeit.models import Case
from pandok.fields.designs.models import ReadingRecord, SignalPhotograph
from pandok.fields.register.models import View
from tests.chosen import Choose
from tests.fields.counterfeit.cases_fixtures import World, build_world
from tests.fields.designs.fakes import NOON, VIEW_SIZE, candidate, drawing, photograph


class Customs:
    """The world of cases with pictures in the store and a browser for each account."""

    def __init__(self, world: World, blobs: FolderBlobs):
        self.world, self.blobs = world, blobs
        self.photograph, self.view = blobs.put(photograph()), blobs.put(drawing(100))
        View.objects.create(
            design=world.design,
            name="front",
            sha256=self.view,
            media_type="image/png",
            width=VIEW_SIZE[0],
            height=VIEW_SIZE[1],
            added_at=NOON,
        )

    def reading(self, actor: Account | None = None, **changes: Any) -> ReadingRecord:
        found = (candidate(1, 0.83, self.view, design_id="30-0001"), candidate(2, 0.12, self.view, status="lapsed"))
        record = self.world.reading(actor, candidates=found, **changes)
        record.picture_sizes = {self.view: VIEW_SIZE}
        record.save()
        SignalPhotograph.objects.filter(signal=record.signal).update(sha256=self.photograph)
        return record

    def case(self, **declared: str) -> Case:
        from pandok.fields.counterfeit.acts.cases.opening import open_case

        return open_case(reading=self.reading(), actor=self.world.officer, now=NOON, **declared)

    def client(self, account: Account | None = None, language: str = "en") -> Client:
        client = Client()
        client.force_login(account or self.world.officer)
        client.cookies["pandok_language"] = language
        return client


@pytest.fixture
def customs(db: None, tmp_path: Path, choose: Choose) -> Customs:  # noqa: ARG001
    choose(home=tmp_path)
    return Customs(build_world(), FolderBlobs(tmp_path / "blobs"))


def step(case: Case, step: str, **fields: str) -> dict[str, str]:
    """A form of the case page as it is filled in now."""
    case.refresh_from_db()
    return {
        "form": str(uuid4()),
        "seen": stamp(case),
        "step": step,
        "phrase": "0",
        "reason": "",
        "confirmed": "yes",
    } | fields


def words(answer: HttpResponse) -> str:
    """The text of a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())
