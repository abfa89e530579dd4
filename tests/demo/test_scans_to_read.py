"""The demonstration's scans: as many as are asked for, whatever was cut off, and read at the desk like any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from pandok.common.models import Site
from pandok.demo.scans_to_read import ensure_demo_scans
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.xray.models import Inspection, ScanView
from tests.fields.xray.hall import NOON

pytestmark = pytest.mark.django_db


def test_scans_are_computed_once_and_go_on(tmp_path: Path) -> None:
    site = Site.objects.create(code="DEMO", name_ko="시연", name_en="Demonstration")
    blobs = FolderBlobs(tmp_path / "blobs")

    def bring(scans: int) -> int:
        return ensure_demo_scans(blobs=blobs, home=tmp_path, site=site, now=NOON, scans=scans)

    assert (bring(2), bring(2), bring(3)) == (2, 0, 1)
    assert all(one.from_generator and one.goods and one.site == site for one in Inspection.objects.all())
    assert [view.planes for view in ScanView.objects.all()] == [["low", "high", "material"]] * 3
