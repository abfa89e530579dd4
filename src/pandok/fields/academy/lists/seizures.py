"""Finds that openings recorded and that can become lessons. Trainers see image and find, not what was declared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from pandok.common.models import Account
from pandok.common.parties.belonging import site_of
from pandok.fields.academy.lesson_refusals import refusal
from pandok.fields.academy.models import Article
from pandok.fields.academy.states import LessonState
from pandok.fields.xray.decisions import Found
from pandok.fields.xray.lists.retention import erased_scans
from pandok.fields.xray.marks import Mark
from pandok.fields.xray.models import Inspection, Opening, Scan, ScanView


@dataclass(frozen=True)
class Find:
    """`marks`: where it lay; `views`: of the scan that was read, in their order."""

    opening: Opening
    scan: Scan
    views: Sequence[ScanView]
    marks: Sequence[Mark]

    @property
    def inspection(self) -> Inspection:
        return self.opening.inspection


def finds_for(account: Account) -> QuerySet[Opening]:
    """Hits with a place, of the own site, the newest first, that no lesson was made of."""
    made = Article.objects.exclude(inspection_number="").exclude(state=LessonState.RETIRED.value)
    return (
        _finds_at_site(account)
        .exclude(inspection__number__in=made.values("inspection_number"))
        .select_related("inspection")
        .order_by("-opened_at")
    )


def find_of(account: Account, inspection_id: UUID) -> Find:
    """Raises RequestError lesson.not_there, lesson.no_find, lesson.erased."""
    opening = _finds_at_site(account).filter(pk=inspection_id).select_related("inspection").first()
    if opening is None:
        raise refusal("not_there")
    return found_in(opening)


def found_in(opening: Opening) -> Find:
    """Raises RequestError lesson.no_find, lesson.erased."""
    scan = opening.inspection.scans.order_by("-imported_at").first()
    if scan is None or not opening.marks or not Found(opening.found).hit:
        raise refusal("no_find")
    if erased_scans().filter(scan=scan).exists():
        raise refusal("erased")
    views = list(scan.views.order_by("position"))
    return Find(opening, scan, views, [Mark.model_validate(one) for one in opening.marks])


def _finds_at_site(account: Account) -> QuerySet[Opening]:
    return (
        Opening.objects.filter(inspection__site=site_of(account)).exclude(found=Found.NOTHING.value).exclude(marks=[])
    )
