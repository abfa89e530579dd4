"""Computed scans at the desk: parcels and bags on two machines. The first came in the day before and have their past
(`scans_of_past`); the others wait, so that a reader can work through them.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

from pandok.common.models import Site
from pandok.demo.scans.declaring import consignment_name, declared, seed_of
from pandok.demo.scans.machines import MACHINES
from pandok.demo.scans.makers import RAW_MACHINE, raw
from pandok.demo.scans.rendering import AIR_COUNTS, rendered
from pandok.demo.scans.scenes import Kind, Recipe
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.xray.acts.beginning import Shares
from pandok.fields.xray.acts.help.model import site_model
from pandok.fields.xray.acts.help.reading import read_with
from pandok.fields.xray.acts.importing import begin_with
from pandok.fields.xray.acts.keeping import StoredScan, store_scan
from pandok.fields.xray.acts.machine_blur import MeasuredBlur, blur_of, keep_blur
from pandok.fields.xray.acts.machines import profile
from pandok.fields.xray.declaration import Declaration
from pandok.fields.xray.models import Inspection
from pandok.readers.xray.formats.reading import read_files
from pandok.readers.xray.standardise import standardise

SCANS, SEED = 300, 7
PAST = 48
"""So many of them came in the day before."""
APART = timedelta(seconds=10)
"""From one scan to the next."""
AT_ONCE = 2
"""Scans that are computed at the same time; their records follow in their order."""
SHARES = Shares(without_help=0.2, opened_by_draw=0.1)
"""More are opened by draw than on a site, so that a small demonstration shows some."""
PAST_SHARES = Shares(without_help=0.0, opened_by_draw=0.0)
"""They were read before any help was there: they speak neither for help nor against it."""
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
    _keep_blurs(home, now)
    model = site_model(now)
    there = Inspection.objects.filter(from_generator=True, container_type="").count()
    draws = random.Random(SEED)
    chances = [(draws.random(), draws.random()) for _ in range(scans)]
    for number, (stored, declaration) in enumerate(_computed(range(there, scans), blobs, home), there):
        two = iter(chances[number])
        begun = begin_with(
            stored,
            declaration=declaration,
            site=site,
            actor=None,
            now=came_in(number, now, scans),
            shares=PAST_SHARES if number < PAST else SHARES,
            chance=lambda two=two: next(two),  # type: ignore[misc]  # each scan its own two draws
            from_generator=True,
        )
        if model is not None:
            # At once: whoever begins to read meets it, whether or not a worker is up yet.
            scan_of = begun.inspection.scans.select_related("inspection").get()
            read_with(model, scan_of, blobs=blobs, home=home, now=now)
        progress(number + 1 - there, scans - there)
    return max(0, scans - there)


def _keep_blurs(home: Path, now: datetime) -> None:
    """Of both machines, as they are computed: what an administrator measures with a test object."""
    for name in (_USUAL, _OTHER):
        machine = MACHINES[name]
        pitch = machine.scanner.pitch_y, machine.scanner.pitch_x
        if blur_of(home, RAW_MACHINE, pitch) is None:
            blur = MeasuredBlur(machine=RAW_MACHINE, pitch_mm=pitch, sigma_px=machine.blur_px, error_px=0.0)
            keep_blur(home, blur, reason="시연: 계산한 장비의 흐림 / blur of a computed machine", now=now)


def _computed(numbers: range, blobs: FolderBlobs, home: Path) -> Iterator[tuple[StoredScan, Declaration]]:
    """The scans with these numbers, a few ahead of whoever asks, their files in the store and no record of them."""

    def one(number: int) -> tuple[StoredScan, Declaration]:
        recipe, machine = demo_recipe(number)
        made = rendered(recipe, machine)
        files = raw(made, f"{recipe.kind}-{recipe.seed}")
        known = profile(home, MACHINES[machine].spectrum, float(AIR_COUNTS))
        scan = standardise(read_files(files), known)
        return store_scan(scan, files, blobs, known.response), Declaration.model_validate(declared(made.scene))

    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="scene") as workers:
        ahead: deque[Future[tuple[StoredScan, Declaration]]] = deque()
        try:
            for number in numbers:
                ahead.append(workers.submit(one, number))
                if len(ahead) > AT_ONCE:
                    yield ahead.popleft().result()
            while ahead:
                yield ahead.popleft().result()
        finally:
            workers.shutdown(wait=True, cancel_futures=True)


def came_in(number: int, now: datetime, scans: int = SCANS) -> datetime:
    """When the scan with this number came in, where the last one of all came in just before `now`."""
    return now - (scans - number) * APART - timedelta(days=int(number < PAST))


def demo_consignment(number: int) -> str:
    """What is declared as its consignment."""
    return consignment_name(demo_recipe(number)[0].seed)


def demo_number(consignment: str) -> int:
    """Of the scan that `demo_consignment` names."""
    return seed_of(consignment) - 1000 * SEED


def demo_recipe(number: int) -> tuple[Recipe, str]:
    """Of the scan with this number, from 0: its scene and its machine. Every third holds what must not be missed."""
    kind: Kind = "parcel" if number % 2 else "bag"
    machine = _OTHER if number % 5 == 4 else _USUAL
    return Recipe(kind, SEED * 1000 + number, threats=int(number % 3 == 2)), machine
