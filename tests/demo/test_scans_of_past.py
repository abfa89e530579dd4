"""What came in the day before is decided on by its truth: past images for what waits, and no figure of help."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from pandok.common.audit import writing as audit
from pandok.common.models import Site
from pandok.common.people.accounts import DEMO_PREFIX
from pandok.demo import scans_of_past, scans_to_read
from pandok.demo.scans_of_past import ensure_demo_past
from pandok.demo.scans_to_read import ensure_demo_scans
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.xray.acts.showing import show_next
from pandok.fields.xray.acts.similar.showing import show_similar
from pandok.fields.xray.decisions import Decision, Found
from pandok.fields.xray.lists.help_figures import read_once
from pandok.fields.xray.models import ImageReading, Inspection, Opening
from pandok.fields.xray.similar_index import SimilarIndexes
from pandok.fields.xray.states import InspectionState
from tests.chosen import Choose
from tests.fields.xray.hall import NOON, Hall
from tests.roles import Role

pytestmark = pytest.mark.django_db


def test_the_day_before_stands_beside_what_waits(
    tmp_path: Path, choose: Choose, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(home=tmp_path)
    for module in (scans_to_read, scans_of_past):
        monkeypatch.setattr(module, "PAST", 3)
    site = Site.objects.create(code="DEMO", name_ko="시연", name_en="Demonstration")
    hall = Hall(FolderBlobs(tmp_path / "blobs"), site, now=NOON)
    for role in (Role.SCAN_SUPERVISOR, Role.OPENING_OFFICER):
        hall.person(role, DEMO_PREFIX + role.value)
    indexes = SimilarIndexes(tmp_path)
    ensure_demo_scans(blobs=hall.blobs, home=tmp_path, site=site, now=NOON, scans=4)
    assert (ensure_demo_past(indexes), ensure_demo_past(indexes)) == (3, 0)
    past = Inspection.objects.exclude(state=InspectionState.WAITING.value).order_by("number")
    assert [one.state for one in past] == ["cleared", "cleared", "opened"]
    assert all(NOON - one.begun_at > timedelta(days=1) for one in past)
    assert [one.decision for one in ImageReading.objects.order_by("decided_at")] == [
        Decision.CLEAR.value,
        Decision.CLEAR.value,
        Decision.OPEN.value,
    ]
    assert Opening.objects.get().found == Found.PROHIBITED.value
    # They were read before any program had read them, which speaks neither for help nor against it.
    assert [one.with_help for one in read_once(Inspection.objects.all())] == [None] * 3
    reader = hall.person(Role.SCAN_READER)
    waits = show_next(reader=reader, now=NOON)
    assert waits is not None
    Inspection.objects.filter(pk=waits.pk).update(help_withheld=False)
    waits.refresh_from_db()
    beside = show_similar(waits, reader, indexes)
    assert beside.scans
    assert {one.inspection.pk for one in beside.scans} <= {one.pk for one in past}
    assert audit.verify() is None


def test_what_somebody_was_helped_with_is_left_to_its_reader(tmp_path: Path, choose: Choose) -> None:
    """A demonstration from before there was a past: its first scans wait with their help, and go on waiting."""
    choose(home=tmp_path)
    site = Site.objects.create(code="DEMO", name_ko="시연", name_en="Demonstration")
    hall = Hall(FolderBlobs(tmp_path / "blobs"), site, now=NOON)
    for role in (Role.SCAN_SUPERVISOR, Role.OPENING_OFFICER):
        hall.person(role, DEMO_PREFIX + role.value)
    ensure_demo_scans(blobs=hall.blobs, home=tmp_path, site=site, now=NOON, scans=1)
    Inspection.objects.update(begun_at=NOON)
    assert ensure_demo_past(SimilarIndexes(tmp_path)) == 0
    assert Inspection.objects.get().stands is InspectionState.WAITING
