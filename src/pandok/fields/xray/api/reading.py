"""Reading by a console of the site's own: the next scan, the decision on it, and taking it back."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from pydantic import BaseModel, Field

from pandok.fields.xray.acts.deciding import MOST_REMARK, decide, newest_scan, take_back
from pandok.fields.xray.acts.showing import show_next, shown_to
from pandok.fields.xray.api.inspections import visible
from pandok.fields.xray.api.shapes import InspectionWhole, MarkIn, whole
from pandok.fields.xray.decisions import Decision
from pandok.fields.xray.help_sources import HelpSource
from pandok.fields.xray.lists.help_figures import SCORE_SHOWN
from pandok.fields.xray.lists.help_shown import help_for
from pandok.fields.xray.marks import MOST_MARKS, Candidate
from pandok.fields.xray.roles import Action
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.refusals import answers
from pandok.web.api.request_values import Asked, one_of

router = Router(tags=["X-ray reading"])
_READS = may(Action.READ_SCANS)


class DecisionIn(Asked):
    decision: Decision
    marks: list[MarkIn] = Field(default=[], max_length=MOST_MARKS, description="Where; needed to open")
    remark: str = Field(default="", max_length=MOST_REMARK)
    functions: list[str] = Field(default=[], max_length=200, description="Image functions that were used, in order")


class ScanCandidateOut(BaseModel):
    """`reason` in Korean and English, as it was given. `source`: a reader program, the structure of containers or the
    report of another machine; `origin` names it."""

    mark: MarkIn
    score: float
    reason_ko: str
    reason_en: str
    source: Annotated[str, one_of(*HelpSource)]
    origin: str


class NextScanOut(BaseModel):
    """`inspection` null: nothing waits. `withheld`: this one is read without help, as was drawn beforehand."""

    inspection: InspectionWhole | None
    shown_at: datetime | None
    withheld: bool
    candidates: list[ScanCandidateOut]


@router.post("/next", auth=_READS, response=answers(NextScanOut), summary="Take the next scan")
@once(repeatable=True)
def take_the_next_scan(request: HttpRequest) -> NextScanOut:
    """It stands on your screen for three minutes; then it goes to the next reader."""
    actor, now = actor_of(request), timezone.now()
    found = show_next(reader=actor, now=now)
    if found is None:
        return NextScanOut(inspection=None, shown_at=None, withheld=False, candidates=[])
    shown_at = shown_to(found, actor, now).shown_at
    helped = help_for(found, newest_scan(found), shown_at)
    said = [(each, Candidate.model_validate(one)) for each in helped for one in each.candidates]
    return NextScanOut(
        inspection=whole(found),
        shown_at=shown_at,
        withheld=found.help_withheld,
        candidates=[
            ScanCandidateOut(
                mark=MarkIn(view=one.mark.view, box=list(one.mark.box)),
                score=one.score,
                reason_ko=one.reason.ko,
                reason_en=one.reason.en,
                source=each.source,
                origin=each.reader,
            )
            for each, one in said
            if one.score >= SCORE_SHOWN
        ],
    )


@router.post(
    "/{uuid:inspection_id}/decision", auth=_READS, response=answers(InspectionWhole), summary="Decide on a scan"
)
@once
def decide_on_a_scan(request: HttpRequest, inspection_id: UUID, asked: DecisionIn) -> InspectionWhole:
    """Only on the scan that stands on your screen."""
    actor = actor_of(request)
    visible(actor, inspection_id)
    decide(
        inspection_id=inspection_id,
        reader=actor,
        decision=asked.decision,
        marks=[one.model_dump() for one in asked.marks],
        remark=asked.remark,
        functions=asked.functions,
        now=timezone.now(),
    )
    return whole(visible(actor, inspection_id))


@router.post(
    "/{uuid:inspection_id}/take-back", auth=_READS, response=answers(InspectionWhole), summary="Take a decision back"
)
@once
def take_a_decision_back(request: HttpRequest, inspection_id: UUID) -> InspectionWhole:
    """Your own last one, within ten minutes; it stands on your screen again."""
    actor = actor_of(request)
    visible(actor, inspection_id)
    take_back(inspection_id=inspection_id, reader=actor, now=timezone.now())
    return whole(visible(actor, inspection_id))
