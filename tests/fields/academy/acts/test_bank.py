"""A bank of pictures: same seed, same bytes; articles of tests are never trained; it goes on where it was cut off."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pandok.common.models import AuditEntry
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.academy.acts.bank.filling import fill
from pandok.fields.academy.acts.bank.generator import COUNT_OF_KINDS, COUNT_OF_MACHINES, made
from pandok.fields.academy.acts.bank.plans import ARTICLES_OF, plan_of
from pandok.fields.academy.kinds import PictureSet
from pandok.fields.academy.models import Article, Picture
from pandok.fields.xray.marks import Mark
from pandok.readers.xray.planes import packed

NOON = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


def filled(folder: Path, pictures: int, most: int | None = None) -> int:
    blobs = FolderBlobs(folder / "blobs")
    return fill(pictures=pictures, seed=5, actor=None, blobs=blobs, clock=lambda: NOON, most=most).added


def test_no_article_stands_in_two_sets_and_half_of_the_bags_are_trained_on() -> None:
    plans = [plan_of(3, number, COUNT_OF_KINDS, COUNT_OF_MACHINES) for number in range(400)]
    of: dict[tuple[int, int], set[PictureSet]] = {}
    for plan in plans:
        of.setdefault((plan.kind, plan.article), set()).add(plan.set)
    assert all(len(sets) == 1 for sets in of.values())
    assert len(of) == COUNT_OF_KINDS * sum(count for _, count in ARTICLES_OF.values())
    assert sum(plan.set is PictureSet.TRAINING for plan in plans) == 200
    assert plans == [plan_of(3, number, COUNT_OF_KINDS, COUNT_OF_MACHINES) for number in range(400)]


@pytest.mark.django_db
def test_pictures_come_in_pairs_with_their_truth_and_are_made_once(tmp_path: Path) -> None:
    assert filled(tmp_path, 8, most=4) == 4
    first = {(one.bag, view.planes_sha256) for one in Picture.objects.all() for view in one.views.all()}
    assert filled(tmp_path, 8) == 4
    assert filled(tmp_path, 8) == 0
    assert Picture.objects.count() == 8
    again = {(one.bag, view.planes_sha256) for one in Picture.objects.all() for view in one.views.all()}
    assert first <= again
    blobs = FolderBlobs(tmp_path / "blobs")
    for threat in Picture.objects.filter(threat=True):
        assert threat.twin is not None
        assert not threat.twin.threat
        assert threat.twin.bag == threat.bag
        assert threat.article is not None
        assert threat.article.set == threat.set
        views = list(threat.views.all())
        sizes = {view.name: (view.rows, view.columns) for view in views}
        marks = [Mark.model_validate(one) for one in threat.truth]
        assert len(marks) == len(views)
        assert all(mark.lies_in(sizes) for mark in marks)
        assert set(threat.features) == {"view", "superposition", "clutter", "opacity"}
        assert all(view.planes_sha256 in blobs and view.preview_sha256 in blobs for view in views)
        assert {view.planes_sha256 for view in views}.isdisjoint(view.planes_sha256 for view in threat.twin.views.all())
    pair = Article.objects.filter(kind="harmless").first()
    if pair is not None:
        assert pair.look_alike is not None
        assert pair.look_alike.look_alike is not None
    assert AuditEntry.objects.filter(action="academy.filled").count() == 2


def test_the_same_seed_gives_the_same_bytes() -> None:
    plan = next(
        one for one in (plan_of(5, number, COUNT_OF_KINDS, COUNT_OF_MACHINES) for number in range(9)) if made(one)
    )
    one, two = made(plan), made(plan)
    assert one is not None
    assert two is not None
    for first, second in zip(one.threat.views + one.twin.views, two.threat.views + two.twin.views, strict=True):
        assert packed(first.levels()) == packed(second.levels())
        assert first.preview_jpeg() == second.preview_jpeg()
