"""Computed scans that wait at the desk, so that a reader can work through them: parcels and bags on two machines."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from pandok.common.models import Site
from pandok.demo.scans.declaring import declared
from pandok.demo.scans.machines import MACHINES
from pandok.demo.scans.makers import pngs
from pandok.demo.scans.rendering import AIR_COUNTS, rendered
from pandok.demo.scans.scenes import Kind, Recipe
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.xray.acts.beginning import Shares
from pandok.fields.xray.acts.importing import begin_with
from pandok.fields.xray.acts.keeping import store_scan
from pandok.fields.xray.acts.machines import profile
from pandok.fields.xray.declaration import Declaration
from pandok.fields.xray.models import Inspection
from pandok.readers.xray.formats.reading import read_files
from pandok.readers.xray.standardise import standardise

SCANS, SEED = 150, 7
"""Each is two images of 16 bits, low and high energy: 300 images."""
SHARES = Shares(without_help=0.2, opened_by_draw=0.1)
"""More are opened by draw than on a site, so that a small demonstration shows some."""
_USUAL, _OTHER = sorted(MACHINES)[:2]
"""Two cabinets of different voltage."""


def ensure_demo_scans(
    *,
    blobs: FolderBlobs,
    home: Path,
    site: Site | None,
    now: datetime,
    scans: int = SCANS,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> int:
    """So many computed scans wait or were read; returns how many were added. May be called again, and goes on where it
    was cut off."""
    there = Inspection.objects.filter(from_generator=True).count()
    draws = random.Random(SEED)
    chances = [(draws.random(), draws.random()) for _ in range(scans)]
    for number in range(there, scans):
        kind: Kind = "parcel" if number % 2 else "bag"
        machine = _OTHER if number % 5 == 4 else _USUAL
        made = rendered(Recipe(kind, SEED * 1000 + number, threats=int(number % 3 == 2)), machine)
        two = iter(chances[number])
        files = pngs(made, f"{kind}-{SEED * 1000 + number}")
        known = profile(home, MACHINES[machine].spectrum, float(AIR_COUNTS))
        scan = standardise(read_files(files), known)
        begin_with(
            store_scan(scan, files, blobs, known.response),
            declaration=Declaration.model_validate(declared(made.scene)),
            site=site,
            actor=None,
            now=now,
            shares=SHARES,
            chance=lambda two=two: next(two),  # type: ignore[misc]  # each scan its own two draws
            from_generator=True,
        )
        progress(number + 1 - there, scans - there)
    return max(0, scans - there)
