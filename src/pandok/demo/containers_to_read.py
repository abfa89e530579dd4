"""Computed containers at the desk, and the empty ones that they are compared with: one type, one machine.

Some hold a mass in their structure; not every place is one at which the comparison finds it.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from pandok.common.models import Site
from pandok.demo.scans.container_structures import CARGO_HALF, StructureScan, structure_scan
from pandok.demo.scans.makers import pngs
from pandok.demo.scans.rendering import AIR_COUNTS
from pandok.demo.scans_to_read import APART, PAST, SHARES, came_in
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.xray.acts.importing import begin_with
from pandok.fields.xray.acts.keeping import digest_of, store_scan
from pandok.fields.xray.acts.machines import profile
from pandok.fields.xray.acts.structure.comparing import compare_structure
from pandok.fields.xray.acts.structure.empties import keep_empty
from pandok.fields.xray.acts.structure.measuring import measure_structure
from pandok.fields.xray.declaration import Declaration
from pandok.fields.xray.lists.structure import BankKey, newest_figure
from pandok.fields.xray.models import EmptyContainer, Inspection
from pandok.readers.xray.formats.reading import NamedBytes, read_files
from pandok.readers.xray.standardise import MachineProfile, standardise

CONTAINER_TYPE = "22G1"
EMPTIES = 24
HIDDEN_AT = ("wall", "", "floor", "", "front", "wall")
"""Of each container that waits: where a mass lies in it, "" where it is empty."""
DEPTH_MM = 100.0
SEED = 71
_PREFIX = "XC"
_FIRST, _EACH = 4, 9
"""The first stands behind so many parcels that wait, each further one behind so many more."""


def ensure_demo_containers(
    *,
    blobs: FolderBlobs,
    home: Path,
    site: Site | None,
    now: datetime,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> int:
    """Empty containers of one type, the figure of what comparing with them finds, and containers that wait among the
    parcels, compared. Returns how many containers were added to what waits. May be called again."""
    known = profile(home, CARGO_HALF.spectrum, float(AIR_COUNTS))
    key = BankKey(site, CONTAINER_TYPE, known.response.name, from_generator=True)
    whole = EMPTIES + len(HIDDEN_AT)
    for number in range(_empties(site), EMPTIES):
        _keep_empty(number, known, site, blobs, now)
        progress(number + 1, whole)
    if newest_figure(key) is None:
        measure_structure(key, seed=SEED, actor=None, home=home, blobs=blobs, clock=lambda: now)
    there = Inspection.objects.filter(from_generator=True, container_type=CONTAINER_TYPE).count()
    draws = random.Random(SEED)
    chances = [(draws.random(), draws.random()) for _ in HIDDEN_AT]
    for number in range(there, len(HIDDEN_AT)):
        two = iter(chances[number])
        files = _files(container_scan(number), number)
        begun = begin_with(
            store_scan(standardise(read_files(files), known), files, blobs, known.response),
            declaration=_declared(number),
            site=site,
            actor=None,
            now=came_in(PAST + _FIRST + _EACH * number, now) + APART / 2,
            shares=SHARES,
            chance=lambda two=two: next(two),  # type: ignore[misc]  # each scan its own two draws
            from_generator=True,
        )
        compare_structure(begun.inspection.scans.select_related("inspection__site").get(), blobs=blobs, now=now)
        progress(EMPTIES + number + 1, whole)
    return max(0, len(HIDDEN_AT) - there)


def container_scan(number: int) -> StructureScan:
    """The container with this number, from 0."""
    return structure_scan(
        CONTAINER_TYPE, 1000 * SEED + 500 + number, place=HIDDEN_AT[number] or None, thick_mm=DEPTH_MM
    )


def container_number(consignment: str) -> int:
    """Of the container that was declared so."""
    return int(consignment.removeprefix(_PREFIX)) - 1000 * SEED


def _empties(site: Site | None) -> int:
    return EmptyContainer.objects.filter(site=site, container_type=CONTAINER_TYPE, from_generator=True).count()


def _keep_empty(number: int, known: MachineProfile, site: Site | None, blobs: FolderBlobs, now: datetime) -> None:
    files = _files(structure_scan(CONTAINER_TYPE, 1000 * SEED + number), number)
    keep_empty(
        read_files(files),
        digest_of(files),
        container_type=CONTAINER_TYPE,
        profile=known,
        site=site,
        actor=None,
        now=now,
        blobs=blobs,
        from_generator=True,
    )


def _files(made: StructureScan, number: int) -> list[NamedBytes]:
    return pngs(made.counted(), f"container-{number:02d}")


def _declared(number: int) -> Declaration:
    return Declaration(
        consignment=f"{_PREFIX}{1000 * SEED + number:08d}",
        container_type=CONTAINER_TYPE,
        goods="빈 컨테이너 (반송)",
        hs_code="860900",
        origin="CN",
        quantity="1",
        mass_g=2_230_000,
    )
