"""An agency's scan of an article by itself becomes an article: read, isolated, tried in bags, a draft of its maker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from django.db import transaction

from pandok.common.models import Account
from pandok.engines.decoding.pool import DecodingPool
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.academy.acts.lesson_moves import ARTICLES
from pandok.fields.academy.acts.seizures.placing import placements
from pandok.fields.academy.acts.seizures.to_put import scan_to_put
from pandok.fields.academy.kinds import ArticleKind, ArticleSource, PictureSet
from pandok.fields.academy.lesson_refusals import refusal
from pandok.fields.academy.models import Article, ArticleScan, ArticleScanView
from pandok.fields.academy.states import LessonState
from pandok.fields.xray.acts.importing import prepared_scan
from pandok.fields.xray.acts.keeping import StoredScan, digest_of
from pandok.readers.xray.formats.reading import NamedBytes
from pandok.readers.xray.standardise import MachineProfile


def begin_scanned_article(
    *,
    files: Sequence[NamedBytes],
    profile: MachineProfile,
    name_ko: str,
    name_en: str,
    kind: ArticleKind | None,
    lesson: str,
    actor: Account,
    now: datetime,
    seed: int,
    blobs: FolderBlobs,
    pool: DecodingPool,
    home: Path,
) -> Article:
    """A draft with the places that were found. Nothing is kept where there is none. A HARMLESS one makes pictures of
    bags that are to be let pass.

    Raises ScanError, StoreError as an import; InputError of `readers.xray.projection.refusals` where it cannot be
    isolated or put anywhere; RequestError lesson.name_missing, lesson.no_kind, lesson.no_image, lesson.one_energy,
    lesson.machine_unknown, lesson.scan_known, lesson.no_bags.
    """
    name_ko, name_en = " ".join(name_ko.split()), " ".join(name_en.split())
    if not name_ko or not name_en:
        raise refusal("name_missing")
    if kind is None:
        raise refusal("no_kind")
    sha256 = digest_of(files)
    stored = prepared_scan(files, profile, blobs, pool, sha256)
    if not isinstance(stored, StoredScan):
        raise refusal("no_image")
    if stored.scan.approximate or any(one.low is None or one.values for one in stored.scan.views):
        raise refusal("one_energy")
    if not stored.scan.machine.strip():
        raise refusal("machine_unknown")
    with transaction.atomic():
        # Sent twice by one person: the second one waits here, and finds the first.
        Account.objects.select_for_update(no_key=True).get(pk=actor.pk)
        if ArticleScan.objects.filter(sha256=sha256).exclude(article__state=LessonState.RETIRED.value).exists():
            raise refusal("scan_known")
        article = Article.objects.create(
            name_ko=name_ko[:120],
            name_en=name_en[:120],
            kind=kind.value,
            set=PictureSet.TRAINING.value,
            source=ArticleSource.SCAN.value,
            lesson=lesson.strip(),
            state_since=now,
            made_at=now,
            made_by=actor,
        )
        scan = _kept(article, stored, profile, actor, now)
        found = placements(scan_to_put(scan, blobs, home), seed, blobs, home)
        article.recipe = {"scan_sha256": sha256, "placements": [asdict(one) for one in found]}
        article.save(update_fields=["recipe"])
        ARTICLES.begin(article, actor=actor, reason="", now=now)
    return article


def _kept(article: Article, stored: StoredScan, profile: MachineProfile, actor: Account, now: datetime) -> ArticleScan:
    scan = ArticleScan.objects.create(
        article=article,
        sha256=stored.sha256,
        format=stored.scan.format[:40],
        machine=stored.scan.machine[:120],
        response=profile.response.name[:60],
        taken_at=stored.scan.taken_at,
        imported_at=now,
        imported_by=actor,
    )
    for position, (view, (planes, preview)) in enumerate(zip(stored.scan.views, stored.views, strict=True)):
        rows, columns = view.shape
        ArticleScanView.objects.create(
            scan=scan,
            position=position,
            name=view.name[:40],
            rows=rows,
            columns=columns,
            pitch_row_mm=view.pitch_mm[0] if view.pitch_mm else None,
            pitch_column_mm=view.pitch_mm[1] if view.pitch_mm else None,
            planes=list(view.planes),
            planes_sha256=planes,
            preview_sha256=preview,
        )
    return scan
