"""A picture is kept: its planes and previews in the store, its rows beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pandok.common.models import Account
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.academy.kinds import PictureSet
from pandok.fields.academy.models import Article, Picture, PictureView
from pandok.fields.xray.marks import Mark
from pandok.readers.xray.lessons.prior import LOOK_ALIKE_INNOCENCE, PLAIN_INNOCENCE, PriorDifficulty
from pandok.readers.xray.planes import packed
from pandok.readers.xray.standard import StandardView


@dataclass(frozen=True)
class StoredView:
    """As PictureView keeps it."""

    name: str
    rows: int
    columns: int
    pitch_mm: tuple[float | None, float | None]
    planes: tuple[str, ...]
    planes_sha256: str
    preview_sha256: str
    penetration_limit: float


@dataclass(frozen=True)
class Bag:
    """What an article lies in. `name`: the same for all that is put into it."""

    name: str
    machine_class: str
    machine: str
    response: str
    from_generator: bool


def store_views(views: Sequence[StandardView], blobs: FolderBlobs) -> tuple[StoredView, ...]:
    """Before any transaction begins."""
    return tuple(
        StoredView(
            name=one.name[:40],
            rows=one.shape[0],
            columns=one.shape[1],
            pitch_mm=one.pitch_mm or (None, None),
            planes=one.planes,
            planes_sha256=blobs.put(packed(one.levels())),
            preview_sha256=blobs.put(one.preview_jpeg()),
            penetration_limit=one.penetration_limit,
        )
        for one in views
    )


def keep_picture(
    views: Sequence[StoredView],
    *,
    bag: Bag,
    article: Article | None,
    of_set: PictureSet,
    boxes: Sequence[tuple[int, int, int, int]],
    features: Mapping[str, Any],
    prior: PriorDifficulty,
    seed: int | None,
    composed: bool,
    twin: Picture | None,
    actor: Account | None,
    now: datetime,
    places: Sequence[dict[str, Any]] | None = None,
) -> Picture:
    """The rows, in the caller's transaction. `boxes`: of the article, one in each view; `places`: instead of them, as
    marks."""
    threat = article is not None and article.kind != "harmless"
    truth = [Mark(view=one.name, box=box) for one, box in zip(views, boxes, strict=True)] if boxes else []
    marks = [one.model_dump(mode="json") for one in truth] if places is None else list(places)
    picture = Picture.objects.create(
        article=article,
        threat=threat,
        set=of_set.value,
        bag=bag.name,
        twin=twin,
        machine_class=bag.machine_class,
        machine=bag.machine,
        response=bag.response,
        truth=marks,
        features=dict(features),
        difficulty=prior.b,
        difficulty_sd=prior.sd,
        innocence=LOOK_ALIKE_INNOCENCE if article is not None else PLAIN_INNOCENCE,
        from_generator=bag.from_generator,
        composed=composed,
        seed=seed,
        made_at=now,
        made_by=actor,
    )
    for position, one in enumerate(views):
        PictureView.objects.create(
            picture=picture,
            position=position,
            name=one.name,
            rows=one.rows,
            columns=one.columns,
            pitch_row_mm=one.pitch_mm[0],
            pitch_column_mm=one.pitch_mm[1],
            planes=list(one.planes),
            planes_sha256=one.planes_sha256,
            preview_sha256=one.preview_sha256,
            penetration_limit=one.penetration_limit,
        )
    return picture
