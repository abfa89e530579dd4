"""A veteran says of an image whether it looks real; composed ones and scans come mixed, nothing tells them apart."""

from __future__ import annotations

from datetime import datetime

import numpy as np
from django.db import transaction
from django.db.models import Count

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.parties.belonging import site_of
from pandok.common.reasons import MOST_REASON
from pandok.core.audit import Detail
from pandok.fields.academy.kinds import PictureSet, Realism
from pandok.fields.academy.lesson_refusals import refusal
from pandok.fields.academy.lists.pictures import pictures_in_use
from pandok.fields.academy.models import Picture, RealismReview
from pandok.fields.xray.lists.retention import erased_scans
from pandok.fields.xray.models import Inspection, Scan
from pandok.fields.xray.states import READABLE

REAL_SHARE = 0.5
JUDGED = (PictureSet.TRAINING, PictureSet.TRANSFER)
REVIEWERS = 2
"""Two veterans look at each picture."""
_AMONG = 50


def next_to_judge(reviewer: Account, random: np.random.Generator) -> Picture | Scan | None:
    """Drawn: a composed picture that fewer than two have judged, or a scan of a machine; never one's own work, none
    twice. None where nothing is left."""
    pictures, scans = _pictures_for(reviewer), _scans_for(reviewer)
    wanted: list[list[Picture] | list[Scan]] = [pictures, scans]
    if random.random() < REAL_SHARE:
        wanted.reverse()
    for some in wanted:
        if some:
            found: Picture | Scan = some[int(random.integers(len(some)))]
            return found
    return None


def _pictures_for(reviewer: Account) -> list[Picture]:
    mine = RealismReview.objects.filter(reviewer=reviewer).exclude(picture=None).values("picture_id")
    # Pictures of tests and certificates are shown in a sitting alone: reviewers take them, too.
    shown = pictures_in_use().filter(composed=True, set__in=[one.value for one in JUDGED])
    waits = shown.exclude(made_by=reviewer).exclude(pk__in=mine)
    return list(waits.annotate(judged=Count("realism_reviews")).filter(judged__lt=REVIEWERS)[:_AMONG])


def _scans_for(reviewer: Account) -> list[Scan]:
    mine = RealismReview.objects.filter(reviewer=reviewer).exclude(scan=None).values("scan_id")
    decided = Inspection.objects.filter(site=site_of(reviewer)).exclude(state__in=[one.value for one in READABLE])
    found = Scan.objects.filter(inspection__in=decided.values("pk"), approximate=False, inspection__container_type="")
    # Whoever read it knows it.
    found = found.exclude(inspection__readings__reader=reviewer)
    found = found.exclude(pk__in=erased_scans().values("scan_id")).exclude(pk__in=mine)
    return list(found.order_by("-imported_at")[:_AMONG])


def say_realism(
    *,
    shown: Picture | Scan,
    reviewer: Account,
    said: Realism,
    reason: str,
    seconds: float | None,
    now: datetime,
) -> RealismReview:
    """Raises RequestError lesson.why_fake, lesson.reviewed, lesson.own_work."""
    picture = shown if isinstance(shown, Picture) else None
    scan = shown if isinstance(shown, Scan) else None
    if picture is not None and picture.made_by_id == reviewer.pk:
        raise refusal("own_work")
    with transaction.atomic():
        # One after the other, so that a form that is sent twice is kept once.
        Account.objects.select_for_update().get(pk=reviewer.pk)
        return keep_review(
            picture=picture, scan=scan, reviewer=reviewer, said=said, reason=reason, seconds=seconds, now=now
        )


def keep_review(
    *,
    picture: Picture | None,
    scan: Scan | None,
    reviewer: Account,
    said: Realism,
    reason: str,
    seconds: float | None,
    now: datetime,
) -> RealismReview:
    """In the caller's transaction. Raises RequestError lesson.why_fake, lesson.reviewed."""
    reason = " ".join(reason.split())[:MOST_REASON]
    if said is Realism.FAKE and not reason:
        raise refusal("why_fake")
    if RealismReview.objects.filter(picture=picture, scan=scan, reviewer=reviewer).exists():
        raise refusal("reviewed")
    kept = RealismReview.objects.create(
        picture=picture, scan=scan, reviewer=reviewer, at=now, said=said.value, reason=reason, seconds=seconds
    )
    details: dict[str, Detail] = {"realism": said.value, "composed": picture is not None and picture.composed}
    audit.tell(reviewer, "realism.said", f"realism:{kept.pk}", reason, now, details)
    return kept
