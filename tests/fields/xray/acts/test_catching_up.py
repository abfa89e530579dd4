"""Containers that came in before enough empty ones were known are compared once they are, each once."""

from __future__ import annotations

from typing import Any

import pytest

from pandok.common.models import AuditEntry, Job
from pandok.core.errors import StoreError
from pandok.core.text import Text
from pandok.engines.scans.there import scan_pool
from pandok.fields.xray.acts.structure import catching_up, jobs
from pandok.fields.xray.acts.structure.catching_up import CaughtUp, compare_known
from pandok.fields.xray.acts.structure.empties import import_empty
from pandok.fields.xray.acts.structure.jobs import CATCH_UP_JOB, BankAsked, catch_up
from pandok.fields.xray.lists.structure import BankKey
from pandok.fields.xray.lists.uncompared import not_yet_compared
from pandok.fields.xray.models import EmptyContainer, HelpReading
from tests.chosen import Choose
from tests.fields.xray.acts.test_structure import CLEAN, EMPTIES, HIDDEN, SPECTRA, bring, know, machine, png
from tests.fields.xray.hall import Hall
from tests.fields.xray.web.test_structure_pages import work_of

pytestmark = pytest.mark.django_db


def key_of(hall: Hall) -> BankKey:
    return BankKey(hall.site, "22G1", SPECTRA, from_generator=False)


def asked(hall: Hall) -> dict[str, Any]:
    return {"actor": None, "blobs": hall.blobs, "clock": lambda: hall.now}


def test_the_eighth_empty_container_has_known_scans_compared(
    hall: Hall, choose: Choose, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(home=hall.blobs.folder.parent)
    know(hall, 7)
    scans = [bring(hall, one) for one in (HIDDEN, CLEAN, HIDDEN[:, ::-1])]
    other = bring(hall, EMPTIES[9], code="45R1")
    assert compare_known(key_of(hall), **asked(hall)) == CaughtUp(0, 0)
    assert not Job.objects.filter(kind=CATCH_UP_JOB).exists()
    pool = scan_pool()
    try:
        import_empty(files=png(EMPTIES[7]), container_type="22G1", pool=pool, **machine(hall))
    finally:
        pool.close()
    assert EmptyContainer.objects.count() == 8
    job = Job.objects.get(kind=CATCH_UP_JOB)
    monkeypatch.setattr(jobs, "MOST_AT_ONCE", 2)
    catch_up(BankAsked.model_validate(job.payload), work_of(hall))
    assert HelpReading.objects.count() == 2
    # What is left is asked for by a job of its own, so that a worker that dies loses little.
    assert Job.objects.filter(kind=CATCH_UP_JOB).count() == 2
    catch_up(BankAsked.model_validate(job.payload), work_of(hall))
    assert {one.scan for one in HelpReading.objects.all()} == set(scans)
    assert not not_yet_compared(key_of(hall)).exists()
    told = AuditEntry.objects.filter(action="empties.compared").order_by("sequence")
    assert [one.details["scans"] for one in told] == [2, 1]
    catch_up(BankAsked.model_validate(job.payload), work_of(hall))
    assert (told.count(), HelpReading.objects.count()) == (2, 3), "nothing was left to do"
    assert not other.help_readings.exists()


def test_a_call_that_was_cut_off_goes_on(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    scans = [bring(hall, one) for one in (HIDDEN, CLEAN)]
    know(hall, 8)
    compare = catching_up.compare_structure
    done: list[tuple[int, int]] = []

    def cut_off(scan: Any, **more: Any) -> Any:
        if HelpReading.objects.exists():
            raise StoreError(Text(ko="끊김", en="cut off"), Text(ko="다시", en="again"), code="store.gone")
        return compare(scan, **more)

    monkeypatch.setattr(catching_up, "compare_structure", cut_off)
    with pytest.raises(StoreError):
        compare_known(key_of(hall), **asked(hall))
    monkeypatch.setattr(catching_up, "compare_structure", compare)
    found = compare_known(key_of(hall), progress=lambda *at: done.append(at), **asked(hall))
    assert (found, done) == (CaughtUp(1, 0), [(1, 1)])
    assert all(scan.help_readings.count() == 1 for scan in scans)
