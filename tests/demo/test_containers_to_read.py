"""Computed containers wait among the parcels, each compared with computed empty ones, and are opened by their truth."""

from __future__ import annotations

from pathlib import Path

import pytest

from pandok.common.models import Site
from pandok.demo import containers_to_read
from pandok.demo.containers_to_read import EMPTIES, ensure_demo_containers
from pandok.demo.scans_opened import hidden_in, open_computed
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.xray.decisions import Decision, Found
from pandok.fields.xray.help_sources import HelpSource
from pandok.fields.xray.marks import Candidate, Mark, hit
from pandok.fields.xray.models import EmptyContainer, HelpReading, Inspection, StructureFigure
from tests.fields.xray.hall import NOON, Hall
from tests.roles import Role

pytestmark = pytest.mark.django_db


def test_containers_are_compared_and_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers_to_read, "HIDDEN_AT", ("wall", ""))
    site = Site.objects.create(code="DEMO", name_ko="시연", name_en="Demonstration")
    blobs = FolderBlobs(tmp_path / "blobs")

    def bring() -> int:
        return ensure_demo_containers(blobs=blobs, home=tmp_path, site=site, now=NOON)

    assert (bring(), bring()) == (2, 0)
    assert EmptyContainer.objects.filter(from_generator=True, site=site).count() == EMPTIES
    assert StructureFigure.objects.get().from_generator
    with_mass, clean = Inspection.objects.order_by("number")
    found = {one.scan.inspection_id: one for one in HelpReading.objects.filter(source=HelpSource.STRUCTURE.value)}
    assert set(found) == {with_mass.pk, clean.pk}
    (mass,) = hidden_in(with_mass)
    assert hidden_in(clean) == []
    marks = [Candidate.model_validate(one).mark for one in found[with_mass.pk].candidates]
    view = with_mass.scans.get().views.get().name
    assert hit(marks, [Mark(view=view, box=mass.box)])

    hall = Hall(blobs, site, now=NOON)
    hall.read("reader", Decision.OPEN, marks=[{"view": view, "box": [10, 10, 40, 40]}])
    with_mass.refresh_from_db()
    open_computed(with_mass, hall.person(Role.OPENING_OFFICER), hall.now)
    assert with_mass.opening.found == Found.PROHIBITED.value
    assert with_mass.opening.marks == [{"view": view, "box": list(mass.box)}]
