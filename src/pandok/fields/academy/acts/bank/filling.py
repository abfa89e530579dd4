"""The bank is filled, bag after bag, until there are as many pictures as were asked for; goes on after a break."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.models.locking import locked
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.academy.acts.bank.generator import (
    COUNT_OF_KINDS,
    COUNT_OF_MACHINES,
    MadeArticle,
    MadePicture,
    made,
)
from pandok.fields.academy.acts.bank.keeping import Bag, StoredView, keep_picture, store_views
from pandok.fields.academy.acts.bank.plans import Plan, plan_of
from pandok.fields.academy.acts.lesson_moves import ARTICLES
from pandok.fields.academy.kinds import ArticleKind, ArticleSource, PictureSet
from pandok.fields.academy.lists.bank_counts import filled_with
from pandok.fields.academy.models import Article, Picture, PictureRetirement
from pandok.fields.academy.states import LessonState, RetirementState
from pandok.fields.xray.machine_class import MachineClass

A_BAG = 2
"""Pictures: with the article and without it."""
MOST_TRIES_A_PICTURE = 20
COMPUTED = "계산한 물품·가방: 영상마다 실감 평가를 거침 / computed; judged picture by picture"
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Filled:
    """`there`: pictures of this seed now. `added`: by this call. `refused`: bags in which the article could not be
    shown."""

    there: int
    added: int
    refused: int


def fill(
    *,
    pictures: int,
    seed: int,
    actor: Account | None,
    blobs: FolderBlobs,
    clock: Callable[[], datetime],
    most: int | None = None,
    progress: Progress = lambda _done, _total: None,
) -> Filled:
    """Until there are `pictures` of this seed; `most`: at most so many are added now. May be called again. Raises
    StoreError where a file cannot be kept."""
    done = there = filled_with(seed)
    known = set(Picture.objects.filter(bag__startswith=f"computed-{seed}-").values_list("bag", flat=True))
    refused = 0
    progress(done, pictures)
    for number in range(MOST_TRIES_A_PICTURE * max(1, pictures)):
        if done >= pictures or (most is not None and done - there >= most):
            break
        plan = plan_of(seed, number, COUNT_OF_KINDS, COUNT_OF_MACHINES)
        if plan.bag_name in known:
            continue
        if not _one(plan, actor, blobs, clock()):
            refused += 1
            continue
        done += A_BAG
        progress(min(done, pictures), pictures)
    if done > there:
        details = {"pictures": done - there, "seed": seed, "without_place": refused}
        audit.tell(actor, "academy.filled", "picture_bank:all", "", clock(), details)
    return Filled(done, done - there, refused)


def _one(plan: Plan, actor: Account | None, blobs: FolderBlobs, now: datetime) -> bool:
    """One bag, in one transaction: with the article and its twin, or not at all."""
    found = made(plan)
    if found is None:
        return False
    twin_views, views = store_views(found.twin.views, blobs), store_views(found.threat.views, blobs)
    bag = Bag(plan.bag_name, MachineClass.CABINET.value, found.machine, found.spectrum, from_generator=True)
    with transaction.atomic():
        assert found.threat.article is not None
        article = _article(found.threat.article, plan.set, actor, now)
        # Whoever fills at the same time waits here, and finds the bag made.
        locked(Article, article.pk)
        if Picture.objects.filter(bag=plan.bag_name).exclude(seed=None).exists():
            return True
        pair = _article(found.twin.article, plan.set, actor, now, article) if found.twin.article else None
        twin = _kept(found.twin, twin_views, pair, bag, plan, None, actor, now)
        _kept(found.threat, views, article, bag, plan, twin, actor, now)
    return True


def _kept(
    found: MadePicture,
    views: tuple[StoredView, ...],
    article: Article | None,
    bag: Bag,
    plan: Plan,
    twin: Picture | None,
    actor: Account | None,
    now: datetime,
) -> Picture:
    picture = keep_picture(
        views,
        bag=bag,
        article=article,
        of_set=plan.set,
        boxes=found.boxes,
        features=found.features,
        prior=found.prior,
        seed=plan.seed,
        composed=article is not None,
        twin=twin,
        actor=actor,
        now=now,
    )
    # What was retired, the oldest first, has its successor.
    retired = PictureRetirement.objects.filter(
        state=RetirementState.RETIRED.value,
        replaced_by=None,
        picture__set=plan.set.value,
        picture__threat=picture.threat,
    )
    if (oldest := retired.order_by("picture__made_at", "state_since").first()) is not None:
        oldest.replaced_by = picture
        oldest.save(update_fields=["replaced_by"])
    return picture


def _article(
    found: MadeArticle, of_set: PictureSet, actor: Account | None, now: datetime, threat: Article | None = None
) -> Article:
    """The article of this recipe, made where there is none. Two rows of one recipe would be two articles."""
    recipe = {"name": found.name, "number": found.number, "look_alike": found.look_alike}
    known = Article.objects.filter(source=ArticleSource.GENERATOR.value, set=of_set.value)
    for one in known.filter(name_en=found.words.en):
        if one.recipe == recipe:
            return one
    article = Article.objects.create(
        name_ko=found.words.ko,
        name_en=found.words.en,
        kind=ArticleKind(found.category).value,
        set=of_set.value,
        look_alike=threat,
        source=ArticleSource.GENERATOR.value,
        recipe=recipe,
        state=LessonState.IN_USE.value,
        state_since=now,
        made_at=now,
        made_by=actor,
    )
    if threat is not None and threat.look_alike_id is None:
        Article.objects.filter(pk=threat.pk, look_alike=None).update(look_alike=article)
    ARTICLES.begin(article, actor=actor, reason=COMPUTED, now=now)
    return article
