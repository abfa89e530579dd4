"""Past scans that look like one."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from pandok.fields.xray.acts.similar.showing import MOST_SHOWN, show_similar
from pandok.fields.xray.api.inspections import visible
from pandok.fields.xray.api.shapes import InspectionOut, ScanViewOut, facts_of, scan_view_out
from pandok.fields.xray.decisions import Found
from pandok.fields.xray.lists.similar import Closeness, SimilarScan
from pandok.fields.xray.roles import Action
from pandok.fields.xray.similar_index import indexes_at
from pandok.settings import settings
from pandok.web.api.callers import actor_of, may
from pandok.web.api.refusals import answers
from pandok.web.api.request_values import one_of

router = Router(tags=["X-ray inspections"])
Heading = Annotated[str, Query(pattern=r"^(\d{4})?$", description="Only of this HS4")]
Most = Annotated[int, Query(ge=1, le=50)]


class SimilarScanOut(BaseModel):
    """`cosine`: of the two embeddings, up to 1. `found`: what its opening showed, null where it was not opened."""

    inspection: InspectionOut
    view: ScanViewOut
    cosine: float
    closeness: Annotated[str, one_of(*Closeness)]
    found: Annotated[str | None, Field(json_schema_extra={"enum": [*(one.value for one in Found), None]})]
    what: str


class SimilarScansOut(BaseModel):
    """`withheld`: this scan is read without help, as was drawn beforehand."""

    withheld: bool
    similar: list[SimilarScanOut]


@router.get(
    "/{uuid:inspection_id}/similar",
    auth=may(Action.SEE_SCANS),
    response=answers(SimilarScansOut),
    summary="Past scans that look like it",
)
def list_similar_scans(
    request: HttpRequest, inspection_id: UUID, heading: Heading = "", limit: Most = MOST_SHOWN
) -> SimilarScansOut:
    """Of inspections that were decided on. Of one that waits only for its reader, while it stands on their screen."""
    actor = actor_of(request)
    inspection = visible(actor, inspection_id)
    shown = show_similar(inspection, actor, indexes_at(settings().home), heading=heading, most=limit)
    return SimilarScansOut(withheld=shown.withheld, similar=[_out(one) for one in shown.scans])


def _out(one: SimilarScan) -> SimilarScanOut:
    opening = getattr(one.inspection, "opening", None)
    return SimilarScanOut(
        inspection=InspectionOut(**facts_of(one.inspection)),
        view=scan_view_out(one.view),
        cosine=one.cosine,
        closeness=one.closeness.value,
        found=one.found.value if one.found else None,
        what=opening.what if opening else "",
    )
