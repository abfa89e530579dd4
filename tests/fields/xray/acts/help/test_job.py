"""Each scan that comes in is read once by the site's reader program; what it cannot read, it says nothing of."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from pandok.common import accepted_models
from pandok.common.jobs.registry import handler_of
from pandok.common.jobs.work import Work
from pandok.common.models import AuditEntry, Job
from pandok.core.errors import RequestError
from pandok.engines.decoding.pool import DecodingPool
from pandok.engines.scans.there import scan_pool
from pandok.fields.xray.acts.beginning import Shares
from pandok.fields.xray.acts.help.job import HELP_JOB
from pandok.fields.xray.acts.help.reading import readable_views
from pandok.fields.xray.acts.importing import import_scan
from pandok.fields.xray.acts.machines import profile
from pandok.fields.xray.declaration import Declaration
from pandok.fields.xray.marks import Candidate
from pandok.fields.xray.models import HelpReading, Scan
from pandok.readers.xray.formats.reading import NamedBytes
from pandok.readers.xray.physics.spectra import shipped
from tests.chosen import Choose
from tests.engines.scans.test_help_model import own_model
from tests.fields.xray.hall import NOON, Hall

pytestmark = pytest.mark.django_db
BLOCK = (slice(60, 110), slice(50, 125))


@pytest.fixture(scope="module")
def pool() -> Iterator[DecodingPool]:
    with_bounds = scan_pool()
    yield with_bounds
    with_bounds.close()


@pytest.fixture
def home(hall: Hall, choose: Choose) -> Path:
    found = hall.blobs.folder.parent
    choose(home=found)
    return found


def block_files(
    pitch: tuple[float, float] | None = (1.0, 0.8), energies: tuple[str, ...] = ("low", "high")
) -> list[NamedBytes]:
    """3 g/cm² of plastic in air."""
    first, second = np.zeros((160, 200)), np.zeros((160, 200))
    first[BLOCK] = 3.0
    files = []
    noise = np.random.default_rng(5)
    for energy, part in zip(("low", "high"), shipped("cabinet-160kv").transmission(first, second), strict=True):
        if energy not in energies:
            continue
        counts = np.rint(60_000 * part * (1 + 0.002 * noise.standard_normal(part.shape)))
        done, data = cv2.imencode(".png", np.clip(counts, 0, 65535).astype(np.uint16))
        assert done
        layer: dict[str, Any] = {"energy": energy, "air_counts": 60_000.0}
        if pitch is not None:
            layer["pitch_mm"] = list(pitch)
        beside = json.dumps({"pandok_scan": 1, "layers": [layer]})
        files += [NamedBytes(f"bag_{energy}.png", data.tobytes()), NamedBytes(f"bag_{energy}.json", beside.encode())]
    return files


def bring(hall: Hall, pool: DecodingPool, home: Path, files: list[NamedBytes]) -> Scan:
    imported = import_scan(
        files=files,
        declaration=Declaration(),
        profile=profile(home),
        site=hall.site,
        actor=None,
        now=NOON,
        shares=Shares(0, 0),
        chance=lambda: 0.5,
        blobs=hall.blobs,
        pool=pool,
    )
    return imported.inspection.scans.get()


def work_all(hall: Hall, now: datetime = NOON + timedelta(seconds=2)) -> None:
    unused: Any = None
    given = Work(lambda: now, random.Random(0), hall.blobs, unused, "", unused)
    handler = handler_of(HELP_JOB)
    for job in Job.objects.filter(kind=HELP_JOB):
        handler.run(handler.payload.model_validate(job.payload), given)


def test_an_imported_scan_is_read_once(hall: Hall, pool: DecodingPool, home: Path, choose: Choose) -> None:
    own_model(home)
    choose(xray_reader="ours")
    accepted_models.OF_FIELDS.append(lambda sha256, day: len(sha256) == 64 and day.year == 2026)
    try:
        scan = bring(hall, pool, home, block_files())
        assert Job.objects.get(kind=HELP_JOB).payload == {"scan": str(scan.pk)}
        work_all(hall)
        work_all(hall, NOON + timedelta(days=1))
    finally:
        accepted_models.OF_FIELDS.pop()
    reading = HelpReading.objects.get()
    assert (reading.scan, reading.reader, reading.read_at) == (scan, "ours 2.1", NOON + timedelta(seconds=2))
    (said,) = [Candidate.model_validate(one) for one in reading.candidates]
    assert said.mark.view == "1"
    assert np.abs(np.subtract(said.mark.box, (50, 60, 125, 110))).max() <= 3
    assert said.reason.en.startswith("Bottle.")
    assert "Material index f -0.0" in said.reason.en or "Material index f 0.0" in said.reason.en
    entry = AuditEntry.objects.get(action="scan.helped")
    assert entry.object == f"scan:{scan.pk}"
    assert entry.details == {"number": scan.inspection.number, "reader": "ours 2.1", "places": 1}


def test_a_reader_that_the_lab_did_not_accept_reads_nothing(
    hall: Hall, pool: DecodingPool, home: Path, choose: Choose
) -> None:
    own_model(home)
    choose(xray_reader="ours")
    bring(hall, pool, home, block_files())
    with pytest.raises(RequestError) as refused:
        work_all(hall)
    assert refused.value.error_code == "xray.reader_not_accepted"
    assert not HelpReading.objects.exists()


def test_where_no_reader_is_named_nothing_is_read(hall: Hall, pool: DecodingPool, home: Path, choose: Choose) -> None:
    choose(xray_reader="")
    bring(hall, pool, home, block_files())
    work_all(hall)
    assert not HelpReading.objects.exists()


def test_the_shipped_reader_reads_with_its_name_and_version(hall: Hall, pool: DecodingPool, home: Path) -> None:
    bring(hall, pool, home, block_files())
    work_all(hall)
    assert HelpReading.objects.get().reader.startswith("pandok-xray ")


@pytest.mark.parametrize(
    "files", [block_files(pitch=None), block_files(pitch=(5.0, 5.2)), block_files(energies=("high",))]
)
def test_what_cannot_be_read_gets_no_reading(
    hall: Hall, pool: DecodingPool, home: Path, files: list[NamedBytes]
) -> None:
    scan = bring(hall, pool, home, files)
    assert readable_views(scan) == []
    work_all(hall)
    assert not HelpReading.objects.exists()
