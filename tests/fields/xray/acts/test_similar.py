"""Similar images of the past: found by what is in them, shown to who may see them, and withheld where help is."""

from __future__ import annotations

import numpy as np
import pytest

from pandok.common.jobs.work import open_work
from pandok.common.jobs.worker import Worker
from pandok.common.models import Account, Site
from pandok.core.errors import RequestError
from pandok.fields.xray.acts.deciding import take_back
from pandok.fields.xray.acts.showing import show_next
from pandok.fields.xray.acts.similar.indexing import index_all
from pandok.fields.xray.acts.similar.jobs import INDEX_JOB
from pandok.fields.xray.acts.similar.showing import show_similar
from pandok.fields.xray.decisions import Decision
from pandok.fields.xray.models import ImageReading, Inspection, ShownScan, ViewEmbedding
from pandok.fields.xray.similar_index import SimilarIndexes, indexes_at
from pandok.readers.xray.standard import StandardScan, StandardView
from pandok.settings import settings
from tests.chosen import Choose
from tests.fields.xray.hall import Hall
from tests.roles import Role

pytestmark = pytest.mark.django_db


def goods(of: str, seed: int = 0, noise: float = 0.002) -> StandardScan:
    """A box of bottles, or of steel rods, on a machine of 160 kV."""
    random = np.random.default_rng(seed)
    low, high = np.ones((2, 120, 160))
    low[10:110, 10:150], high[10:110, 10:150] = 0.9, 0.93
    for row in range(20, 90, 24):
        for column in range(20 + seed, 130, 30):
            if of == "bottles":
                low[row : row + 16, column : column + 16], high[row : row + 16, column : column + 16] = 0.25, 0.35
            else:
                low[row : row + 3, column : column + 25], high[row : row + 3, column : column + 25] = 0.05, 0.16
    low, high = (
        np.clip(one + random.normal(0, noise, one.shape), 1e-4, 1.05).astype(np.float32) for one in (low, high)
    )
    return StandardScan((StandardView("1", high, low, np.full_like(high, 0.1), (2.0, 2.0)),), format="DICOS")


@pytest.fixture
def indexes(hall: Hall, choose: Choose) -> SimilarIndexes:
    choose(home=hall.blobs.folder.parent)
    return indexes_at(settings().home)


def work_done() -> None:
    chosen = settings()
    Worker(
        "w", open_work(chosen, chosen.home), lease_s=60, alive_folder=chosen.home / "workers", kinds=[INDEX_JOB]
    ).run_until_empty()


def decided(hall: Hall, image: StandardScan, decision: Decision = Decision.CLEAR, **more: object) -> Inspection:
    found = hall.inspection(image=image, **more)  # type: ignore[arg-type]
    hall.read("past reader", decision)
    return found


def on_screen(hall: Hall, reader: str = "now") -> tuple[Inspection, Account]:
    account = hall.person(Role.SCAN_READER, reader)
    shown = show_next(reader=account, now=hall.now)
    assert shown is not None
    return shown, account


def numbers(inspection: Inspection, account: Account, indexes: SimilarIndexes, **more: object) -> list[str]:
    shown = show_similar(inspection, account, indexes, **more)  # type: ignore[arg-type]
    return [one.inspection.number for one in shown.scans]


def test_the_same_goods_come_first(hall: Hall, indexes: SimilarIndexes) -> None:
    rods = [decided(hall, goods("rods", one)) for one in (1, 2)]
    bottles = [decided(hall, goods("bottles", one)) for one in (1, 2)]
    hall.inspection(image=goods("bottles", 3))
    work_done()
    shown, reader = on_screen(hall)
    found = numbers(shown, reader, indexes)
    assert set(found[:2]) == {one.number for one in bottles}
    assert not {one.number for one in rods} & set(found[:2])
    assert ShownScan.objects.get().similar == found


def test_nothing_that_waits_and_nothing_of_another_site_is_shown(hall: Hall, indexes: SimilarIndexes) -> None:
    elsewhere = Site.objects.create(code="PUS", name_ko="부산", name_en="Busan")
    other = hall.inspection(image=goods("bottles", 1), site=elsewhere)
    reader = hall.person(Role.SCAN_READER, "busan", site=elsewhere)
    show_next(reader=reader, now=hall.now)
    hall.read("busan", Decision.CLEAR)
    back = decided(hall, goods("bottles", 2))
    hall.inspection(image=goods("bottles", 3))
    hall.inspection(image=goods("bottles", 4))
    work_done()
    shown, account = on_screen(hall)
    assert numbers(shown, account, indexes) == [back.number]
    # Taken back: before any worker has noticed, and after.
    take_back(inspection_id=back.pk, reader=hall.person(Role.SCAN_READER, "past reader"), now=hall.now)
    assert numbers(shown, account, indexes) == []
    work_done()
    assert numbers(shown, account, indexes) == []
    auditor = hall.person(Role.AUDITOR)
    other.refresh_from_db()
    assert numbers(other, auditor, indexes) == []


def test_withheld_help_withholds_similar_images(hall: Hall, indexes: SimilarIndexes) -> None:
    decided(hall, goods("bottles", 1))
    hall.inspection(image=goods("bottles", 2), withheld=True)
    work_done()
    shown, reader = on_screen(hall)
    told = show_similar(shown, reader, indexes)
    assert (told.withheld, told.scans) == (True, [])
    reading = hall.read("now", Decision.CLEAR)
    assert reading.similar == []
    # Nobody waits for a decision any more, so it may be compared.
    shown.refresh_from_db()
    assert len(show_similar(shown, reader, indexes).scans) == 1


def test_who_has_it_not_on_the_screen_is_refused(hall: Hall, indexes: SimilarIndexes) -> None:
    waiting = hall.inspection(image=goods("bottles", 1))
    on_screen(hall)
    for person in (hall.person(Role.SCAN_READER, "another"), hall.person(Role.AUDITOR)):
        with pytest.raises(RequestError) as refused:
            show_similar(waiting, person, indexes)
        assert refused.value.error_code == "xray.not_shown"


def test_what_was_shown_is_kept_with_the_reading(hall: Hall, indexes: SimilarIndexes) -> None:
    past = decided(hall, goods("bottles", 1), hs_code="220110")
    hall.inspection(image=goods("bottles", 2), hs_code="170199")
    work_done()
    shown, reader = on_screen(hall)
    assert numbers(shown, reader, indexes, heading="1701") == []
    assert numbers(shown, reader, indexes, heading="2201") == [past.number]
    assert hall.read("now", Decision.CLEAR).similar == [past.number]
    assert ImageReading.objects.get(inspection=past).similar == []


def test_all_is_made_again_from_the_records(hall: Hall, indexes: SimilarIndexes) -> None:
    past = decided(hall, goods("bottles", 1))
    hall.inspection(image=goods("bottles", 2))
    before = {row.view_id: row.values for row in ViewEmbedding.objects.all()}
    ViewEmbedding.objects.all()._raw_delete("default")
    done = index_all(home=settings().home, blobs=hall.blobs, indexes=indexes)
    assert (done.embedded, done.indexed, done.failed) == (2, 1, ())
    for row in ViewEmbedding.objects.all():
        assert float(row.values @ before[row.view_id]) > 0.999
    shown, reader = on_screen(hall)
    assert numbers(shown, reader, indexes) == [past.number]
    again = index_all(home=settings().home, blobs=hall.blobs, indexes=indexes)
    assert (again.embedded, again.indexed) == (0, 1)
    assert numbers(shown, reader, indexes) == [past.number]
