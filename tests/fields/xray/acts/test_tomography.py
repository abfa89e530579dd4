"""Computed tomographies stand at the desk as a stack; what a machine's own detector found stands beside its scan."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pytest

from pandok.common.models import AuditEntry, Site
from pandok.core.errors import PandokError, RequestError, ScanError
from pandok.engines.decoding.pool import DecodingPool
from pandok.engines.scans.there import scan_pool
from pandok.fields.xray.acts.beginning import Shares
from pandok.fields.xray.acts.files.importing import import_folder
from pandok.fields.xray.acts.importing import Imported, import_scan
from pandok.fields.xray.acts.machines import profile
from pandok.fields.xray.acts.showing import show_next
from pandok.fields.xray.acts.similar.indexing import embed_scan
from pandok.fields.xray.declaration import Declaration
from pandok.fields.xray.help_sources import HelpSource
from pandok.fields.xray.lists.help_shown import help_on_screen
from pandok.fields.xray.models import HelpReading, Inspection
from pandok.readers.xray import tomography
from pandok.readers.xray.formats.dicos_write import write_dicos
from pandok.readers.xray.formats.reading import NamedBytes, read_file
from pandok.readers.xray.planes import transmission_of, unpacked
from pandok.readers.xray.scan import (
    Assessment,
    Layer,
    Machine,
    Reference,
    Report,
    ScanFacts,
    ScanImage,
    ScanKind,
    Threat,
)
from pandok.readers.xray.scan import Scan as FoundScan
from tests.fields.xray.hall import NOON, Hall
from tests.roles import Role

pytestmark = pytest.mark.django_db
OTHERS = "data/dicos_stratovan"
SLICES, ROWS, COLUMNS = 6, 10, 14


@pytest.fixture(scope="module")
def pool() -> Iterator[DecodingPool]:
    with_bounds = scan_pool()
    yield with_bounds
    with_bounds.close()


def bring(hall: Hall, pool: DecodingPool, *files: NamedBytes, withheld: bool = False) -> Imported:
    return import_scan(
        files=files,
        declaration=Declaration(),
        profile=profile(hall.blobs.folder.parent),
        site=hall.site,
        actor=hall.person(Role.SCAN_SUPERVISOR),
        now=NOON,
        shares=Shares(1.0 if withheld else 0.0, 0.0),
        chance=lambda: 0.5,
        blobs=hall.blobs,
        pool=pool,
    )


def volume() -> np.ndarray:
    """Every value another one, so that nothing may be lost or turned."""
    return np.arange(SLICES * ROWS * COLUMNS, dtype=np.uint16).reshape(SLICES, ROWS, COLUMNS) * 7 + 1000


def tomography_file(name: str = "ct.dcs") -> NamedBytes:
    layer = Layer(pitch_mm=(1.5, 1.25), slice_mm=2.0)
    facts = ScanFacts(format="DICOS", kind=ScanKind.VOLUME, machine=Machine(maker="Acme", model="CT 1", serial="7"))
    (data,) = write_dicos(FoundScan(facts, (ScanImage(layer, volume()),)), now=NOON)
    return NamedBytes(name, data)


def report_file(of: bytes | str, *threats: Threat, name: str = "tdr.dcs") -> NamedBytes:
    """`of`: the image that it speaks of, or its number."""
    uid = of if isinstance(of, str) else read_file(of).facts.instance_uid
    image = Reference(sop_class="1.2.840.10008.5.1.4.1.1.501.1", instance_uid=uid)
    report = Report(decision="ALARM", algorithm=("Detector", "2.1"), images=(image,), threats=threats)
    facts = ScanFacts(format="DICOS", kind=ScanKind.REPORT, machine=Machine(maker="Acme"), report=report)
    (data,) = write_dicos(FoundScan(facts, ()), now=NOON)
    return NamedBytes(name, data)


def threat(number: int, base: tuple[float, ...], extents: tuple[float, ...], **said: Any) -> Threat:
    assessment = Assessment(**({"flag": "THREAT", "category": "PI", "description": "Weapon"} | said))
    return Threat(object_id=number, base=base, extents=extents, assessments=(assessment,))


def test_every_value_of_a_tomography_stands_at_the_desk(hall: Hall, pool: DecodingPool) -> None:
    inspection = bring(hall, pool, tomography_file()).inspection
    stack, front, side = inspection.scans.get().views.order_by("position")
    assert (stack.slices, stack.rows, stack.columns) == (SLICES, ROWS, COLUMNS)
    assert (stack.pitch_row_mm, stack.pitch_column_mm) == (1.5, 1.25)
    least, greatest = stack.values
    assert (least, greatest) == (volume().min(), volume().max())

    def back(view: Any) -> np.ndarray:
        (plane,) = unpacked(hall.blobs.get(view.planes_sha256), view.rows * view.slices, view.columns, 1)
        return np.rint(least + (1 - transmission_of(plane)) * (greatest - least)).astype(np.uint16)

    assert np.array_equal(back(stack).reshape(volume().shape), volume())
    assert (front.name, side.name) == ("MIP-front", "MIP-side")
    assert np.array_equal(back(front), volume().max(axis=1))
    assert np.array_equal(back(side), volume().max(axis=2))
    assert (front.pitch_row_mm, front.pitch_column_mm, side.pitch_column_mm) == (2.0, 1.25, 1.5)
    # It is no transmission: it is compared with nothing that is one.
    assert embed_scan(inspection.scans.get(), hall.blobs.folder.parent, hall.blobs) == 0


def test_a_tomography_of_another_maker_stands_at_the_desk(hall: Hall, pool: DecodingPool, shared: Path) -> None:
    data = (shared / OTHERS / "SimpleCT0000_ac3d2a1a.dcs").read_bytes()
    stack = bring(hall, pool, NamedBytes("ct.dcs", data)).inspection.scans.get().views.order_by("position")[0]
    assert (stack.slices, stack.rows, stack.columns) == (40, 20, 10)
    (plane,) = unpacked(hall.blobs.get(stack.planes_sha256), stack.rows * stack.slices, stack.columns, 1)
    least, greatest = stack.values
    values = np.rint(least + (1 - transmission_of(plane)) * (greatest - least)).astype("<u2")
    expected = "2ffb70b07c4cae364e15c0b2a63c9cfc880cde407bbf8a2d298f83bcc90b5d5c"
    assert hashlib.sha256(values.tobytes()).hexdigest() == expected


def test_a_report_beside_its_scan_becomes_the_machines_own_marking(hall: Hall, pool: DecodingPool) -> None:
    image = tomography_file()
    report = report_file(
        image.data,
        threat(1, (2, 3, 1), (5, 4, 3), probability=0.875),
        threat(2, (10, 8, 0), (50, 50, 2)),
        threat(3, (1, 1, 0), (2, 2, 2), probability=0.25),
        threat(4, (200, 3, 0), (5, 4, 2)),
        threat(5, (1, 1, 1), (3, 3, 1), flag="NO_THREAT"),
    )
    inspection = bring(hall, pool, image, report).inspection
    scan = inspection.scans.get()
    said = scan.help_readings.get()
    assert (said.source, said.reader) == (HelpSource.MACHINE, "Acme Detector 2.1")
    assert [(one["mark"]["box"], one["score"]) for one in said.candidates] == [
        ([10, 8, 14, 10], 1.0),
        ([2, 3, 7, 7], 0.875),
        ([1, 1, 3, 3], 0.5),
    ]
    assert said.candidates[1]["reason"]["ko"] == "장비 자체 탐지: PI, Weapon, 확률 0.88, 단층 2–4"
    assert "no probability given" in said.candidates[0]["reason"]["en"]
    told = AuditEntry.objects.get(action="scan.machine_reported").details
    assert (told["places"], told["outside"]) == (3, 1)
    assert scan.files.count() == 2
    reader = hall.person(Role.SCAN_READER)
    assert show_next(reader=reader, now=NOON) == inspection
    assert help_on_screen(inspection, scan, reader) == [said]


def test_the_share_without_help_goes_without_the_machines_marking_too(hall: Hall, pool: DecodingPool) -> None:
    image = tomography_file()
    inspection = bring(
        hall, pool, image, report_file(image.data, threat(1, (2, 3, 1), (5, 4, 3))), withheld=True
    ).inspection
    scan, reader = inspection.scans.get(), hall.person(Role.SCAN_READER)
    assert show_next(reader=reader, now=NOON) == inspection
    assert scan.help_readings.get().candidates
    assert help_on_screen(inspection, scan, reader) == []


def test_a_report_that_comes_alone_finds_its_scan_once(hall: Hall, pool: DecodingPool) -> None:
    image = tomography_file()
    report = report_file(image.data, threat(1, (2, 3, 1), (5, 4, 3)))
    with pytest.raises(RequestError) as refused:
        bring(hall, pool, report)
    assert refused.value.error_code == "xray.report_without_scan"
    assert not Inspection.objects.exists()
    inspection = bring(hall, pool, image).inspection
    assert bring(hall, pool, report) == Imported(inspection)
    assert bring(hall, pool, report) == Imported(inspection, again=True)
    assert HelpReading.objects.get().scan.inspection == inspection
    assert Inspection.objects.count() == 1


def test_a_report_of_another_office_attaches_nothing(hall: Hall, pool: DecodingPool) -> None:
    image = tomography_file()
    bring(hall, pool, image)
    other = Hall(hall.blobs, Site.objects.create(code="PUS", name_ko="부산", name_en="Busan"))
    other.people = {"scan-supervisor": hall.person(Role.SCAN_SUPERVISOR)}
    with pytest.raises(RequestError):
        bring(other, pool, report_file(image.data, threat(1, (2, 3, 1), (5, 4, 3))))
    assert not HelpReading.objects.exists()


def test_in_a_folder_reports_follow_their_scans(hall: Hall, pool: DecodingPool, tmp_path: Path) -> None:
    image = tomography_file()
    folder = tmp_path / "machine"
    folder.mkdir()
    (folder / "bag-2.dcs").write_bytes(image.data)
    (folder / "bag-1.dcs").write_bytes(report_file(image.data, threat(1, (2, 3, 1), (5, 4, 3))).data)
    (folder / "bag-3.dcs").write_bytes(report_file("1.2.3.4").data)
    done = import_folder(
        [folder],
        {},
        profile=profile(hall.blobs.folder.parent),
        site=hall.site,
        actor=None,
        clock=lambda: NOON,
        shares=Shares(0, 0),
        chance=lambda: 0.5,
        blobs=hall.blobs,
        pool=pool,
    )
    told = {one.together.name: one for one in done}
    assert told["bag-1"].imported == told["bag-2"].imported
    refused = told["bag-3"].refused
    assert isinstance(refused, PandokError)
    assert refused.error_code == "xray.report_without_scan"
    assert Inspection.objects.count() == 1


def test_a_report_of_another_maker_attaches_to_the_scan_that_it_names(
    hall: Hall, pool: DecodingPool, shared: Path
) -> None:
    """A maker's file, whose image is not among those that came with it, is pointed at one that is."""
    image = (shared / OTHERS / "SimpleCT0000_ac3d2a1a.dcs").read_bytes()
    inspection = bring(hall, pool, NamedBytes("ct.dcs", image)).inspection
    alone = NamedBytes("tdr.dcs", (shared / OTHERS / "TDR_b8fdb32c.dcs").read_bytes())
    with pytest.raises(RequestError):
        bring(hall, pool, alone)
    said = pydicom.dcmread(io.BytesIO(alone.data))
    for one in said.iterall():
        if one.keyword == "ReferencedSOPInstanceUID":
            one.value = read_file(image).facts.instance_uid
    held = io.BytesIO()
    said.save_as(held)
    assert bring(hall, pool, NamedBytes("tdr.dcs", held.getvalue())).inspection == inspection
    # Its box is wider than the volume and is cut there; the other is called no threat.
    (candidate,) = HelpReading.objects.get().candidates
    assert (candidate["mark"]["box"], candidate["score"]) == ([1, 2, 10, 20], 0.98)


def test_what_cannot_stand_at_the_desk_is_refused_with_words(
    hall: Hall, pool: DecodingPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    image, other = tomography_file(), report_file("1.2.3.4", threat(1, (2, 3, 1), (5, 4, 3)))
    for files in ([image, other], [other, report_file("1.2.3.5", name="b.dcs")]):
        with pytest.raises(ScanError) as refused:
            bring(hall, pool, *files)
        assert refused.value.error_code == "scan.energies_disagree"
    cut = NamedBytes("ct.dcs", image.data[: len(image.data) // 2])
    with pytest.raises(ScanError):
        bring(hall, pool, cut)
    monkeypatch.setattr(tomography, "MOST_VOXELS", 100)
    with pytest.raises(ScanError) as too_large:
        bring(hall, pool, image)
    assert too_large.value.error_code == "scan.stack_too_large"
    assert not Inspection.objects.exists()
