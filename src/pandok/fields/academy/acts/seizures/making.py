"""The trainer's steps: the find is cut and tried in other bags, previews are chosen, a second person is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from pandok.common.models import Account
from pandok.core.errors import InputError
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.academy.acts.bank.keeping import Bag, StoredView, keep_picture, store_views
from pandok.fields.academy.acts.lesson_moves import ARTICLES
from pandok.fields.academy.acts.seizures.placing import Placement, placed, placements
from pandok.fields.academy.acts.seizures.to_put import ToPut, find_to_put, scan_to_put
from pandok.fields.academy.acts.seizures.views_of_bags import class_of, response_of
from pandok.fields.academy.kinds import ArticleKind, ArticleSource, PictureSet
from pandok.fields.academy.lesson_refusals import refusal
from pandok.fields.academy.lists.seizures import Find, found_in
from pandok.fields.academy.models import Article, ArticleScan
from pandok.fields.academy.states import LessonMover, LessonState
from pandok.fields.xray.machine_class import MachineClass
from pandok.fields.xray.models import Opening
from pandok.readers.xray.lessons.prior import PriorDifficulty

WHOLE = "whole"
"""In the recipe of an article that could not be cut: its lesson is the scan itself."""


def begin_lesson(
    *,
    find: Find,
    name_ko: str,
    name_en: str,
    kind: ArticleKind,
    lesson: str,
    whole: bool,
    actor: Account,
    now: datetime,
    seed: int,
    blobs: FolderBlobs,
    home: Path,
) -> Article:
    """A draft with the places that were found, or with the whole scan.

    Raises InputError of `readers.xray.projection.refusals` where it cannot be cut or put anywhere; RequestError
    lesson.made_already, lesson.name_missing, lesson.no_threat, lesson.no_bags, lesson.one_energy.
    """
    name_ko, name_en = " ".join(name_ko.split()), " ".join(name_en.split())
    if not name_ko or not name_en:
        raise refusal("name_missing")
    if not kind.threat:
        raise refusal("no_threat")
    found = [] if whole else placements(find_to_put(find, blobs, home), seed, blobs, home)
    recipe = {"scan": str(find.scan.pk), "marks": [one.model_dump(mode="json") for one in find.marks]}
    with transaction.atomic():
        # The inspection is locked: two trainers who press at once make one lesson.
        inspection = type(find.inspection).objects.select_for_update().get(pk=find.inspection.pk)
        standing = Article.objects.filter(inspection_number=inspection.number)
        if standing.exclude(state=LessonState.RETIRED.value).exists():
            raise refusal("made_already")
        article = Article.objects.create(
            name_ko=name_ko[:120],
            name_en=name_en[:120],
            kind=kind.value,
            set=PictureSet.TRAINING.value,
            source=ArticleSource.SEIZURE.value,
            recipe=recipe | {WHOLE: whole, "placements": [asdict(one) for one in found]},
            inspection_number=inspection.number,
            lesson=lesson.strip(),
            state_since=now,
            made_at=now,
            made_by=actor,
        )
        ARTICLES.begin(article, actor=actor, reason="", now=now)
    return article


def placements_of(article: Article) -> list[Placement]:
    return [Placement(**one) for one in article.recipe.get("placements", ())]


def find_of_article(article: Article) -> Find:
    """Raises RequestError lesson.no_find, lesson.erased."""
    opening = Opening.objects.filter(inspection__number=article.inspection_number).select_related("inspection").first()
    if opening is None:
        raise refusal("no_find")
    return found_in(opening)


def to_put_of(article: Article, blobs: FolderBlobs, home: Path) -> ToPut:
    """Raises RequestError lesson.no_find, lesson.erased, lesson.one_energy; InputError xray.blur_unreadable."""
    if article.source == ArticleSource.SCAN:
        return scan_to_put(ArticleScan.objects.get(article=article), blobs, home)
    return find_to_put(find_of_article(article), blobs, home)


def send_to_review(
    *, article_id: UUID, chosen: Sequence[int], actor: Account, now: datetime, blobs: FolderBlobs, home: Path
) -> Article:
    """The chosen previews (from 0) become its pictures; the whole scan where it could not be cut. A second person
    looks at them.

    Raises RequestError lesson.not_there, lesson.no_preview, lesson.no_such_way, and as `placements`.
    """
    article = Article.objects.filter(pk=article_id, made_by=actor).first()
    if article is None:
        raise refusal("not_there")
    known = placements_of(article)
    whole = bool(article.recipe.get(WHOLE))
    wanted = [] if whole else [known[at] for at in sorted(set(chosen)) if 0 <= at < len(known)]
    if not whole and not wanted:
        raise refusal("no_preview")
    # All of the work before the transaction begins.
    what = to_put_of(article, blobs, home) if wanted else None
    made = [placed(what, one, blobs, home) for one in wanted if what]
    stored = [store_views(one.views, blobs) for one in made]
    with transaction.atomic():
        article = ARTICLES.locked(article_id)
        ARTICLES.move(article, LessonState.IN_REVIEW, by=LessonMover.MAKER, actor=actor, reason="", now=now)
        if not article.pictures.exists():
            for one, views, placement in zip(made, stored, wanted, strict=True):
                bag = one.bag
                keep_picture(
                    views,
                    bag=Bag(bag.bag, bag.machine_class, bag.machine, bag.response, bag.from_generator),
                    article=article,
                    of_set=PictureSet.TRAINING,
                    boxes=one.boxes,
                    features=one.features,
                    prior=one.prior,
                    seed=placement.seed,
                    composed=True,
                    twin=bag,
                    actor=actor,
                    now=now,
                )
            if whole:
                _keep_whole(article, find_of_article(article), actor, now, home)
    return article


def _keep_whole(article: Article, find: Find, actor: Account, now: datetime, home: Path) -> None:
    """The scan as it was: its files are kept as long as the lesson needs them."""
    scan = find.scan
    try:
        kind = class_of(response_of(scan, home)).value
    except InputError:
        kind = MachineClass.CABINET.value if scan.approximate else MachineClass.ONE_ENERGY.value
    views = [
        StoredView(
            name=one.name,
            rows=one.rows,
            columns=one.columns,
            pitch_mm=(one.pitch_row_mm, one.pitch_column_mm),
            planes=tuple(one.planes),
            planes_sha256=one.planes_sha256,
            preview_sha256=one.preview_sha256,
            penetration_limit=one.penetration_limit,
        )
        for one in find.views
    ]
    keep_picture(
        views,
        bag=Bag(
            f"scan-{scan.pk}",
            kind,
            scan.machine,
            str(scan.quality.get("response") or "")[:60],
            find.inspection.from_generator,
        ),
        article=article,
        of_set=PictureSet.TRAINING,
        boxes=(),
        features={},
        prior=PriorDifficulty(0.0),
        seed=None,
        composed=False,
        twin=None,
        actor=actor,
        now=now,
        places=[one.model_dump(mode="json") for one in find.marks],
    )
