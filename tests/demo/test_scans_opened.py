"""A computed parcel is opened when its reader has gone on to the next one: what was in it is known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pandok.common.models import Account, Site
from pandok.common.people.accounts import DEMO_PREFIX
from pandok.demo.scans_opened import open_those_before
from pandok.demo.scans_to_read import ensure_demo_scans
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.xray.acts.inspection_moves import AFTER_EVENT
from pandok.fields.xray.decisions import Decision, Found
from pandok.fields.xray.lists.help_figures import read_once
from pandok.fields.xray.models import HelpReading, Inspection, Opening
from tests.chosen import Choose
from tests.fields.xray.hall import NOON, Hall
from tests.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> Iterator[None]:
    AFTER_EVENT.append(open_those_before)
    yield
    AFTER_EVENT.remove(open_those_before)


def test_what_was_stopped_is_opened_after_the_next_one_was_read(tmp_path: Path, choose: Choose, told: None) -> None:  # noqa: ARG001
    choose(home=tmp_path)
    site = Site.objects.create(code="DEMO", name_ko="시연", name_en="Demonstration")
    hall = Hall(FolderBlobs(tmp_path / "blobs"), site, now=NOON)
    ensure_demo_scans(blobs=hall.blobs, home=tmp_path, site=site, now=NOON, scans=4)
    assert HelpReading.objects.count() == 4
    officer = hall.person(Role.OPENING_OFFICER, DEMO_PREFIX + Role.OPENING_OFFICER.value)
    whole = [{"view": "1", "box": [0, 0, 40, 40]}]
    for _ in range(3):
        hall.read("reader", Decision.OPEN, marks=whole)
    # The third, which holds something, waits until the fourth is decided on.
    assert [(one.found, one.officer) for one in Opening.objects.order_by("inspection__number")] == [
        (Found.NOTHING.value, officer)
    ] * 2
    hall.read("reader", Decision.OPEN, marks=whole)
    third = Opening.objects.order_by("inspection__number")[2]
    assert third.found == Found.PROHIBITED.value
    (place,) = third.marks
    assert place["view"] == "1"
    assert third.what.startswith("계산 영상의 정답: ")
    assert sum(one.is_hit for one in read_once(Inspection.objects.all())) == 1
    assert Account.objects.filter(openings__isnull=False).distinct().get() == officer
