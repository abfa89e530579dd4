"""The desk end to end: a register is imported, indexed and read; the index follows what happens to the rights."""

from __future__ import annotations

import csv
import hashlib
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import cv2
import numpy as np
import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from pandok.core.audit import AuditEvent
from pandok.core.errors import PhotographError
from pandok.demo.articles.families import make_article
from pandok.demo.articles.photograph import photograph
from pandok.demo.articles.sheet import line_drawing, studio_render
from pandok.fields.designs import own_views
from pandok.fields.designs.acts.goods_picture import cut
from pandok.fields.designs.open_desk import Desk
from pandok.fields.designs.own_views import AskedPhotographs
from pandok.fields.designs.stored_gallery import StoredGallery
from pandok.fields.register.acts.importing import import_source
from pandok.fields.register.acts.view_changes import add_confirmed_view, withdraw_view
from pandok.fields.register.models import Design, View
from pandok.readers.designs.gallery import Filters
from pandok.settings import Settings

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
FIELDS = ("design_id", "holder", "article", "locarno_class", "status", "view", "path", "recorded_with_customs")

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def articles():
    from pandok.demo.articles.families import groups

    keys = [group.key for group in groups()][:: max(1, len(groups()) // 6)][:6]
    return [make_article(np.random.default_rng(40 + number), key) for number, key in enumerate(keys)]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory, articles) -> Path:
    folder = tmp_path_factory.mktemp("source")
    with (folder / "register.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.DictWriter(file, FIELDS)
        rows.writeheader()
        for number, article in enumerate(articles):
            for view, picture in (
                ("perspective", studio_render(article, "perspective", size_px=200)),
                ("front", line_drawing(article, "front", size_px=200)),
            ):
                name = f"{number}-{view}.png"
                cv2.imwrite(str(folder / name), picture[..., ::-1])
                rows.writerow(
                    {
                        "design_id": f"D{number}",
                        "holder": f"holder {number}",
                        "article": article.name_en,
                        "locarno_class": article.locarno_class,
                        "status": "lapsed" if number == 5 else "in force",
                        "view": view,
                        "path": name,
                        "recorded_with_customs": "yes" if number == 0 else "no",
                    }
                )
    return folder


@pytest.fixture(scope="module")
def desk(
    tmp_path_factory: pytest.TempPathFactory,
    source: Path,
    django_db_setup: None,  # noqa: ARG001
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Desk]:
    """An indexed desk for all tests that only read; its records last as long as this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        desk = Desk(Settings(home=tmp_path_factory.mktemp("home"), threads=1))
        import_source(source, actor="operator-1", now=NOW, blobs=desk.blobs)
        desk.index()
        yield desk
        transaction.set_rollback(True)


@pytest.fixture
def own_desk(desk: Desk, tmp_path: Path) -> Desk:
    """A desk of one test, over the same records, with nothing indexed."""
    shutil.copytree(desk.settings.home / "blobs", tmp_path / "blobs")
    return Desk(Settings(home=tmp_path, threads=1))


def jpeg(pixels: np.ndarray) -> bytes:
    return cv2.imencode(".jpg", pixels[..., ::-1])[1].tobytes()


def test_a_photograph_finds_its_design_with_evidence(desk: Desk, articles):
    picture, _, _ = photograph(articles[0], np.random.default_rng(1), 300, difficulty=0.1, recolour=0)
    reading = desk.read([jpeg(picture)], top=5, marks=False)
    assert len(reading.candidates) == 5
    assert reading.candidates[0].design.design_id == "D0"
    assert reading.candidates[0].design.holder == "holder 0"
    assert reading.candidates[0].evidence.view in ("perspective", "front")
    assert sum(c.probability for c in reading.candidates) <= reading.probability_in_register + 1e-4
    assert reading.searched_views == 12
    assert set(reading.timings_ms) == {"describe", "search", "compare", "rank"}


def test_a_registered_picture_itself_is_found_first_with_regions(desk: Desk, source: Path):
    for number in range(6):
        reading = desk.read([source / f"{number}-perspective.png"], top=3, marks=False)
        assert reading.candidates[0].design.design_id == f"D{number}"
    assert reading.candidates[0].evidence.regions


def test_several_photographs_are_one_article(desk: Desk, articles):
    rng = np.random.default_rng(5)
    pictures = [jpeg(photograph(articles[1], rng, 300, 0.1, recolour=0)[0]) for _ in range(3)]
    reading = desk.read(pictures, top=3, marks=False)
    assert len(reading.goods) == 3
    assert {c.evidence.photograph_index for c in reading.candidates} <= {0, 1, 2}


def test_indexing_twice_encodes_nothing_again(own_desk: Desk):
    assert own_desk.index() == 12
    assert own_desk.index() == 0


def test_filters_leave_out_dead_unrecorded_and_other_classes(desk: Desk, source: Path, articles):
    everything = desk.read([source / "5-perspective.png"], marks=False)
    assert everything.candidates[0].design.design_id == "D5"
    living = desk.read([source / "5-perspective.png"], filters=Filters(in_force_only=True), marks=False)
    assert "D5" not in {c.design.design_id for c in living.candidates}
    recorded = desk.read([source / "5-perspective.png"], filters=Filters(recorded_only=True), marks=False)
    assert {c.design.design_id for c in recorded.candidates} == {"D0"}
    main = articles[2].locarno_class.split("-")[0]
    of_class = desk.read([source / "2-front.png"], filters=Filters(locarno_classes=(main,)), marks=False)
    assert of_class.candidates
    assert all(c.design.locarno_class.startswith(main) for c in of_class.candidates)


def test_an_empty_part_of_the_register_is_nothing_close(desk: Desk, source: Path):
    reading = desk.read([source / "1-front.png"], filters=Filters(locarno_classes=("32",)), marks=False)
    assert reading.outcome == "nothing_close"
    assert reading.candidates == ()


def test_a_register_without_index_is_nothing_close(own_desk: Desk, source: Path):
    reading = own_desk.read([source / "1-front.png"], marks=False)
    assert reading.outcome == "nothing_close"
    assert reading.searched_views == 0


def test_the_index_follows_withdrawn_views_and_expired_rights(own_desk: Desk, source: Path):
    own_desk.index()
    event = AuditEvent(actor="operator-1", action="register.withdraw", object="view", reason="test", at=NOW)
    for view in View.objects.filter(design__design_id="D1"):
        assert withdraw_view(view.view_key, event=event)
    own_desk.index()
    reading = own_desk.read([source / "1-perspective.png"], marks=False)
    assert "D1" not in {c.design.design_id for c in reading.candidates}
    assert reading.searched_views == 10


def test_another_desk_on_the_same_home_reads_the_same(desk: Desk, source: Path):
    first = desk.read([source / "3-front.png"], marks=False)
    second = Desk(desk.settings).read([source / "3-front.png"], marks=False)
    assert [c.design.design_id for c in first.candidates] == [c.design.design_id for c in second.candidates]
    assert first.candidates[0].score == pytest.approx(second.candidates[0].score, abs=1e-3)


def test_a_blank_photograph_is_unreadable_with_the_reason(desk: Desk):
    reading = desk.read([jpeg(np.full((400, 400, 3), 120, np.uint8))], marks=False)
    assert reading.outcome == "unreadable"
    assert reading.candidates == ()
    assert any(remark.blocking for remark in reading.remarks)


def test_what_is_no_picture_is_refused_with_what_to_do(desk: Desk):
    with pytest.raises(PhotographError) as refused:
        desk.read([b"%PDF-1.7 not a photograph"])
    assert refused.value.next_step.ko
    assert refused.value.next_step.en


LAST = date(2026, 5, 31)


@pytest.mark.parametrize(("days", "stands"), [(-1, True), (0, True), (1, False)])
def test_only_rights_in_force_on_the_day_of_the_search_are_found(desk: Desk, source: Path, days: int, stands: bool):
    with transaction.atomic():
        Design.objects.filter(design_id="D0").update(expires_on=LAST)
        reading = desk.read(
            [source / "0-front.png"], filters=Filters(in_force_only=True), marks=False, on=LAST + timedelta(days)
        )
        transaction.set_rollback(True)
    assert any(one.design.design_id == "D0" for one in reading.candidates) is stands
    assert all(one.design.status == "in force" for one in reading.candidates)


@pytest.mark.parametrize(("days", "stands"), [(-1, True), (0, True), (1, False)])
def test_only_recordals_of_the_day_pass_the_filter(desk: Desk, source: Path, days: int, stands: bool):
    with transaction.atomic():
        Design.objects.filter(design_id="D0").update(recordal_valid_until=LAST)
        reading = desk.read(
            [source / "0-front.png"], filters=Filters(recorded_only=True), marks=False, on=LAST + timedelta(days)
        )
        transaction.set_rollback(True)
    assert [one.design.design_id for one in reading.candidates] == (["D0"] if stands else [])


def test_rights_that_are_over_hide_no_other(desk: Desk):
    """The index knows no days: rights whose term is over must not take the places of those that stand."""
    with transaction.atomic():
        Design.objects.exclude(design_id="D3").update(expires_on=LAST)
        gallery = StoredGallery(desk.index_engine, desk.features, desk.reader.index_weights(), LAST + timedelta(1))
        looks = np.eye(1, desk.index_engine.state().dimension, dtype=np.float32)
        for wanted in (1, 2, 50):
            found = gallery.nearest(looks, wanted, Filters(in_force_only=True))
            assert {one.design.design_id for one in found} == {"D3"}
            assert len(found) == min(wanted, 2)
        transaction.set_rollback(True)


def test_a_class_beside_the_first_is_searched_too(desk: Desk, source: Path):
    with transaction.atomic():
        Design.objects.filter(design_id="D2").update(further_classes="31-00 32-01")
        for wanted in ("32", "32-01"):
            reading = desk.read([source / "2-front.png"], filters=Filters(locarno_classes=(wanted,)), marks=False)
            assert [one.design.design_id for one in reading.candidates] == ["D2"]
        transaction.set_rollback(True)


def test_an_index_made_with_other_files_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    first = Desk(Settings(home=tmp_path / "home", threads=1))
    first.features.set_mark("position", "7")
    monkeypatch.setattr("pandok.engines.encoders.reader_files.vectors_fingerprint", lambda *_: "0123456789ab")
    assert Desk(Settings(home=tmp_path / "home", threads=1)).features.mark("position") == ""


def test_threads_change_nothing(own_desk: Desk):
    keys = np.array(sorted(View.objects.values_list("view_key", flat=True)), np.int64)
    own_desk.index()
    by_one = own_desk.index_engine.reconstruct(keys)
    own_desk.index_engine.close()
    shutil.rmtree(own_desk.settings.home / "index")
    by_two = Desk(own_desk.settings.model_copy(update={"threads": 2}))
    assert by_two.index() == len(keys)
    assert np.allclose(by_two.index_engine.reconstruct(keys), by_one, atol=2e-3)


def confirmed(desk: Desk, taken: bytes, design_id: str = "D4") -> View:
    """A photograph of a closed case as a further view, not indexed yet."""
    goods = cut(taken)
    event = AuditEvent("officer-1", "view.confirmed", f"design:{design_id}", "the appraisal found it", NOW)
    return add_confirmed_view(
        Design.objects.get(design_id=design_id),
        name="2026-000123",
        sha256=desk.blobs.put(goods.jpeg),
        size_px=goods.size_px,
        event=event,
    )


def taken_back(view: View) -> None:
    event = AuditEvent("officer-1", "view.withdrawn", f"design:{view.design.design_id}", "the wrong article", NOW)
    assert withdraw_view(view.view_key, event=event)


@pytest.fixture(params=["exact", "faiss"])
def indexed_desk(desk: Desk, tmp_path: Path, request: pytest.FixtureRequest) -> Desk:
    shutil.copytree(desk.settings.home / "blobs", tmp_path / "blobs")
    own = Desk(Settings(home=tmp_path, threads=1, index=request.param))
    own.index()
    return own


def test_a_confirmed_photograph_answers_at_once_and_no_more_once_it_is_taken_back(indexed_desk: Desk, articles):
    first, second = (
        jpeg(photograph(articles[3], np.random.default_rng(seed), 300, difficulty=0.1, recolour=0)[0])
        for seed in (1, 2)
    )
    # Of the wrong design, so that only the photograph can name it.
    view = confirmed(indexed_desk, first)
    indexed_desk.index_view(view.view_key)
    reading = indexed_desk.read([second], marks=False)
    assert reading.searched_views == 13
    of_d4 = next(one for one in reading.candidates if one.design.design_id == "D4")
    assert of_d4.rank <= 2
    assert (of_d4.evidence.confirmed, of_d4.evidence.view) == (True, "2026-000123")
    assert of_d4.evidence.view_sha256 == view.sha256
    assert not any(one.evidence.confirmed for one in reading.candidates if one.design.design_id != "D4")
    taken_back(view)
    before_the_worker_came = indexed_desk.read([second], marks=False)
    assert not any(one.evidence.confirmed for one in before_the_worker_came.candidates)
    indexed_desk.index_view(view.view_key)
    assert len(indexed_desk.index_engine) == 12
    assert view.view_key not in indexed_desk.features.facts([view.view_key])


def test_an_index_that_is_made_anew_takes_it_in_and_bears_that_its_file_is_gone(own_desk: Desk, articles):
    taken = [
        jpeg(photograph(articles[3], np.random.default_rng(seed), 300, difficulty=0.1, recolour=0)[0])
        for seed in (1, 2, 3)
    ]
    stands, lost, back = (confirmed(own_desk, one) for one in taken)
    own_desk.blobs.remove(lost.sha256)
    taken_back(back)
    own_desk.index_view(stands.view_key)
    assert len(own_desk.index_engine) == 0, "an index that was not made yet is not begun by one view"
    assert own_desk.index() == 13
    assert set(own_desk.features.facts([stands.view_key, lost.view_key, back.view_key])) == {stands.view_key}
    own_desk.index_view(lost.view_key)
    assert len(own_desk.index_engine) == 13


def test_what_a_field_leaves_out_does_not_answer(indexed_desk: Desk, articles, monkeypatch: pytest.MonkeyPatch):
    taken = jpeg(photograph(articles[3], np.random.default_rng(1), 300, difficulty=0.1, recolour=0)[0])
    view = confirmed(indexed_desk, taken)
    indexed_desk.index_view(view.view_key)
    told: list[AskedPhotographs] = []

    def own(keys, asked):
        told.append(asked)
        return [key for key in keys if key == view.view_key]

    monkeypatch.setattr(own_views, "OF_FIELDS", [own])
    reading = indexed_desk.read([taken], marks=False)
    assert not any(one.evidence.confirmed for one in reading.candidates)
    assert told[0].sha256 == {hashlib.sha256(taken).hexdigest()}
    assert told[0].pictures[0].shape[2] == 3


def test_what_was_cut_from_it_or_turned_is_a_copy_and_another_photograph_is_not(indexed_desk: Desk, articles):
    pixels, other = (
        photograph(articles[3], np.random.default_rng(seed), 500, difficulty=0.1, recolour=0)[0] for seed in (1, 2)
    )
    view = confirmed(indexed_desk, jpeg(pixels))
    indexed_desk.index_view(view.view_key)
    height, width = pixels.shape[:2]
    cut_off = pixels[height // 40 : height - height // 40, width // 40 : width - width // 40]
    for made_of_it in (pixels, cut_off, np.rot90(pixels)):
        reading = indexed_desk.read([jpeg(np.ascontiguousarray(made_of_it))], marks=False)
        assert not any(one.evidence.confirmed for one in reading.candidates)
    assert any(one.evidence.confirmed for one in indexed_desk.read([jpeg(other)], marks=False).candidates)
