"""What lessons are made of, small: a parcel with a find that can be cut out, bags to put it into, people who teach."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

import numpy as np
from django.utils import timezone

from pandok.common.models import Account
from pandok.demo.scans.articles import article
from pandok.demo.scans.parts import Item
from pandok.demo.scans.scenes import Recipe, Scene, scene_of
from pandok.demo.scans.training import TRAINING_MACHINES, bags_of, placed_in, scene_with
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.academy.acts.bank.keeping import Bag, keep_picture, store_views
from pandok.fields.academy.kinds import ArticleKind, ArticleSource, PictureSet
from pandok.fields.academy.models import Article, Picture
from pandok.fields.academy.states import LessonState
from pandok.fields.xray.acts.machine_blur import MeasuredBlur, keep_blur
from pandok.fields.xray.acts.opening import record_opening
from pandok.fields.xray.decisions import Decision, Found
from pandok.fields.xray.models import Inspection
from pandok.readers.xray.lessons.prior import PriorDifficulty
from pandok.readers.xray.standard import StandardScan, StandardView
from pandok.readers.xray.standardise import view_of_pair
from tests.fields.xray.hall import Hall
from tests.roles import Role

MACHINE = TRAINING_MACHINES[0]


@cache
def knife_in_parcel(*, crowded: bool = False) -> tuple[StandardScan, tuple[int, int, int, int]]:
    """A scan with a knife beside a few goods, and where it lies; crowded: among many, which lie across it."""
    found = scene_with(article("knife", 21), "parcel", 7021) if not crowded else None
    found = found or scene_with(article("powder_brick", 2), "bag", 7002)
    assert found is not None
    scene, lies = found
    if not crowded:
        scene = replace(scene, items=scene.items[:4])
    return _scanned(scene, lies)


def _scanned(scene: Scene, lies: Item) -> tuple[StandardScan, tuple[int, int, int, int]]:
    whole = replace(scene, items=(*scene.items, lies))
    (bag,) = bags_of(whole, MACHINE, np.random.default_rng(1))
    (placed,) = placed_in(lies, scene, MACHINE)
    rows, columns = np.flatnonzero(placed.item.solid.any(axis=1)), np.flatnonzero(placed.item.solid.any(axis=0))
    left, top = placed.left + int(columns[0]) - 2, placed.top + int(rows[0]) - 2
    box = (left, top, placed.left + int(columns[-1]) + 3, placed.top + int(rows[-1]) + 3)
    view = view_of_pair("1", bag.low, bag.high, bag.pitch_mm, bag.response)
    return StandardScan((view,), format="DICOS", machine="test", quality={"response": MACHINE.spectrum}), box


@cache
def plain_bag(seed: int) -> StandardView:
    (bag,) = bags_of(scene_of(Recipe("bag", seed)), MACHINE, np.random.default_rng(2))
    return view_of_pair("1", bag.low, bag.high, bag.pitch_mm, bag.response)


def measure_blur(hall: Hall, error_px: float = 0.0) -> None:
    """Of the machine that took the scan of the find."""
    (_, seen), *_ = MACHINE.views
    pitch = seen.scanner.pitch_y, seen.scanner.pitch_x
    blur = MeasuredBlur(machine="test", pitch_mm=pitch, sigma_px=seen.blur_px, error_px=error_px)
    keep_blur(hall.blobs.folder.parent, blur, reason="시험체로 잼", now=hall.now)


def opened_find(hall: Hall, *, crowded: bool = False, measured: bool = True) -> Inspection:
    """An inspection that was opened, with a find whose place was marked."""
    if measured:
        measure_blur(hall)
    image, box = knife_in_parcel(crowded=crowded)
    inspection = hall.inspection(image=image)
    mark = {"view": "1", "box": list(box)}
    hall.read("reader", Decision.OPEN, marks=[mark])
    record_opening(
        inspection_id=inspection.pk,
        officer=hall.person(Role.OPENING_OFFICER),
        found=Found.PROHIBITED,
        what="신고하지 않은 칼",
        marks=[mark],
        now=hall.now,
    )
    return inspection


def bag_picture(blobs: FolderBlobs, now: datetime, seed: int = 8021, **more: Any) -> Picture:
    """A harmless bag of the bank."""
    return kept_picture(blobs, now, None, seed, **more)


def kept_picture(
    blobs: FolderBlobs,
    now: datetime,
    of: Article | None,
    seed: int = 8021,
    of_set: PictureSet = PictureSet.TRAINING,
    actor: Account | None = None,
) -> Picture:
    return keep_picture(
        store_views([plain_bag(seed)], blobs),
        bag=Bag(f"test-{seed}", "cabinet", MACHINE.name, MACHINE.spectrum, from_generator=True),
        article=of,
        of_set=of_set,
        boxes=[(20, 20, 60, 60)] if of else (),
        features={},
        prior=PriorDifficulty(0.0),
        seed=None,
        composed=of is not None,
        twin=None,
        actor=actor,
        now=now,
    )


def article_in_use(now: datetime, name: str = "칼 1", **more: Any) -> Article:
    said: dict[str, Any] = {
        "kind": ArticleKind.BLADE.value,
        "set": PictureSet.TRAINING.value,
        "source": ArticleSource.GENERATOR.value,
    } | more
    return Article.objects.create(
        name_ko=name,
        name_en=name,
        state=LessonState.IN_USE.value,
        state_since=now,
        made_at=now,
        **said,
    )


def seizure_in_review(maker: Account) -> Article:
    now = timezone.now()
    article: Article = Article.objects.create(
        name_ko="적발한 칼",
        name_en="knife of a seizure",
        kind=ArticleKind.BLADE.value,
        set=PictureSet.TRAINING.value,
        source=ArticleSource.SEIZURE.value,
        inspection_number="2026-X-000001",
        state=LessonState.IN_REVIEW.value,
        state_since=now,
        made_at=now,
        made_by=maker,
    )
    return article
