"""Container structure at the desk: empty ones come in, a scan is compared, and the one claim is measured."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import cv2
import numpy as np
import pytest

from pandok.common.models import AuditEntry, Job
from pandok.core.errors import InputError, PandokError
from pandok.demo.scans.container_structures import CARGO_HALF, structure_scan
from pandok.demo.scans.rendering import AIR_COUNTS
from pandok.engines.scans.there import scan_pool
from pandok.fields.xray.acts.beginning import Shares
from pandok.fields.xray.acts.importing import import_scan
from pandok.fields.xray.acts.machines import profile
from pandok.fields.xray.acts.structure.comparing import compare_structure
from pandok.fields.xray.acts.structure.empties import import_empty, withdraw_empty
from pandok.fields.xray.acts.structure.jobs import COMPARE_JOB
from pandok.fields.xray.acts.structure.measuring import measure_structure
from pandok.fields.xray.declaration import Declaration
from pandok.fields.xray.help_sources import HelpSource
from pandok.fields.xray.lists.help_shown import help_for
from pandok.fields.xray.lists.structure import BankKey, empties_of, known_types
from pandok.fields.xray.marks import Candidate
from pandok.fields.xray.models import EmptyContainer, HelpReading, Inspection, Scan, StructureFigure
from pandok.readers.xray.formats.reading import NamedBytes
from pandok.readers.xray.planes import packed, transmission_levels
from tests.fields.xray.hall import Hall
from tests.roles import Role

pytestmark = pytest.mark.django_db
SPECTRA = "cargo-4mv-6mv"
HIDDEN = structure_scan("22G1", 900, visit=1, place="wall", thick_mm=120.0).high
CLEAN = structure_scan("22G1", 900).high
EMPTIES = [structure_scan("22G1", 40_000 + seed).high for seed in range(20)]


def png(high: np.ndarray) -> list[NamedBytes]:
    fine, data = cv2.imencode(".png", np.rint(high * AIR_COUNTS).astype(np.uint16))
    assert fine
    return [NamedBytes("scan.png", data.tobytes())]


def machine(hall: Hall) -> dict[str, Any]:
    return {
        "profile": profile(hall.blobs.folder.parent, SPECTRA, AIR_COUNTS),
        "site": hall.site,
        "actor": None,
        "now": hall.now,
        "blobs": hall.blobs,
    }


def bring(hall: Hall, high: np.ndarray, *, withheld: bool = False, code: str = "22G1") -> Scan:
    pool = scan_pool()
    try:
        done = import_scan(
            files=png(high),
            declaration=Declaration(container_type=code),
            shares=Shares(1.0 if withheld else 0.0, 0.0),
            chance=lambda: 0.5,
            pool=pool,
            **machine(hall),
        )
    finally:
        pool.close()
    scan: Scan = done.inspection.scans.get()
    return scan


def know(hall: Hall, count: int) -> None:
    """Empty containers, as they stand after an import."""
    for number, high in enumerate(EMPTIES[:count]):
        EmptyContainer.objects.create(
            site=hall.site,
            container_type="22G1",
            response=SPECTRA,
            rows=high.shape[0],
            columns=high.shape[1],
            planes_sha256=hall.blobs.put(packed([transmission_levels(high)])),
            penetration_limit=0.0,
            air_share=CARGO_HALF.quanta[1] ** -0.5,
            digest=f"{number:064d}",
            imported_at=hall.now,
        )


def boxes(reading: HelpReading) -> list[Candidate]:
    return [Candidate.model_validate(one) for one in reading.candidates]


def test_a_container_is_compared_with_the_empty_ones_of_its_type(hall: Hall) -> None:
    know(hall, 10)
    scan = bring(hall, HIDDEN)
    assert Job.objects.filter(kind=COMPARE_JOB, payload__scan=str(scan.pk)).count() == 1
    found = compare_structure(scan, blobs=hall.blobs, now=hall.now)
    assert found is not None
    assert (found.source, "22G1, 10" in found.reader) == (HelpSource.STRUCTURE.value, True)
    said = boxes(found)
    assert "옆벽" in said[0].reason.ko
    assert "10 empty 22G1" in " ".join(one.reason.en for one in said)
    assert all(0.5 <= one.score <= 1 for one in said)
    x1, y1, x2, y2 = said[0].mark.box
    darker = np.log(HIDDEN[y1:y2, x1:x2]).mean() - np.log(CLEAN[y1:y2, x1:x2]).mean()
    elsewhere = np.log(HIDDEN[CLEAN < 0.9]).mean() - np.log(CLEAN[CLEAN < 0.9]).mean()
    assert darker < elsewhere - 0.02, "the box lies on the mass, however the container stands"
    assert compare_structure(scan, blobs=hall.blobs, now=hall.now) == found, "once"
    assert AuditEntry.objects.filter(action="scan.helped", object=f"scan:{scan.pk}").count() == 1


def test_nothing_is_compared_with_too_few_other_or_withdrawn_containers(hall: Hall) -> None:
    know(hall, 8)
    scan = bring(hall, HIDDEN)
    untyped = bring(hall, CLEAN, code="")
    assert not Job.objects.filter(kind=COMPARE_JOB, payload__scan=str(untyped.pk)).exists()
    assert compare_structure(untyped, blobs=hall.blobs, now=hall.now) is None
    supervisor = hall.person(Role.SCAN_SUPERVISOR)
    one = EmptyContainer.objects.first()
    assert one is not None
    with pytest.raises(PandokError) as no_reason:
        withdraw_empty(empty_id=one.pk, actor=supervisor, reason="", now=hall.now)
    assert no_reason.value.error_code == "request.reason"
    withdraw_empty(empty_id=one.pk, actor=supervisor, reason="짐이 실려 있었음", now=hall.now)
    with pytest.raises(PandokError) as again:
        withdraw_empty(empty_id=one.pk, actor=supervisor, reason="짐이 실려 있었음", now=hall.now)
    assert again.value.error_code == "xray.withdrawn"
    assert compare_structure(scan, blobs=hall.blobs, now=hall.now) is None
    assert AuditEntry.objects.filter(action="empty.withdrawn", reason="짐이 실려 있었음").count() == 1


def test_a_comparison_is_help_and_withheld_where_help_is(hall: Hall) -> None:
    know(hall, 8)
    helped, alone = bring(hall, HIDDEN), bring(hall, CLEAN, withheld=True)
    for scan in (helped, alone):
        compare_structure(scan, blobs=hall.blobs, now=hall.now)
    HelpReading.objects.create(scan=helped, reader="test 1.0", read_at=hall.now, candidates=[])
    later = hall.now + timedelta(seconds=5)
    shown = [one.source for one in help_for(helped.inspection, helped, later)]
    assert shown == [HelpSource.PROGRAM.value, HelpSource.STRUCTURE.value]
    assert help_for(alone.inspection, alone, later) == []
    assert help_for(helped.inspection, helped, hall.now - timedelta(seconds=1)) == [], "it came later"


def test_the_claim_is_measured_on_the_sites_own_scans_and_sets_the_limit(hall: Hall) -> None:
    key = BankKey(hall.site, "22G1", SPECTRA, from_generator=False)
    know(hall, 19)
    asked: dict[str, Any] = {
        "actor": None,
        "home": hall.blobs.folder.parent,
        "blobs": hall.blobs,
        "clock": lambda: hall.now,
    }
    with pytest.raises(InputError) as few:
        measure_structure(key, seed=3, **asked)
    assert few.value.error_code == "xray.few_empties"
    EmptyContainer.objects.all().delete()
    know(hall, 20)
    figure = measure_structure(key, seed=3, **asked)
    hall.now += timedelta(minutes=1)
    again = measure_structure(key, seed=3, **asked)
    assert (figure.found, figure.limit, figure.by_zone) == (again.found, again.limit, again.by_zone)
    assert sum(count for _, count in figure.by_zone.values()) == figure.empties == 20
    assert 0 < figure.found < 20, "some places hide better than others"
    assert figure.alarms <= 1
    [known] = known_types(hall.person(Role.SCAN_SUPERVISOR))
    assert (known.empties, known.figure) == (20, again)
    found = compare_structure(bring(hall, HIDDEN), blobs=hall.blobs, now=hall.now)
    assert found is not None
    assert all(one.score >= 0.5 for one in boxes(found))
    assert AuditEntry.objects.filter(action="structure.measured").count() == 2


def test_an_empty_container_comes_in_once_and_what_is_none_is_refused(hall: Hall) -> None:
    pool = scan_pool()
    try:
        first = import_empty(files=png(CLEAN), container_type="22g1", pool=pool, **machine(hall))
        second = import_empty(files=png(CLEAN), container_type="22G1", pool=pool, **machine(hall))
        assert (first.again, second.again, second.empty) == (False, True, first.empty)
        for files, code, wanted in (
            (png(CLEAN), "99X9", "xray.container_type"),
            (png(np.full((80, 90), 0.4, np.float32)), "22G1", "xray.container_not_found"),
            ([NamedBytes("cut.png", png(CLEAN)[0].data[:900])], "22G1", "scan.damaged"),
        ):
            with pytest.raises(PandokError) as refused:
                import_empty(files=files, container_type=code, pool=pool, **machine(hall))
            assert refused.value.error_code == wanted
    finally:
        pool.close()
    key = BankKey(hall.site, "22G1", SPECTRA, from_generator=False)
    assert empties_of(key) == [first.empty]
    assert AuditEntry.objects.filter(action="empty.imported").count() == 1
    assert not Inspection.objects.exists()
    assert not StructureFigure.objects.exists()
