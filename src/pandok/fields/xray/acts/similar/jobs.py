"""A scan that was decided on enters the index as soon as a worker is free; one that waits again leaves it.

A search asks the records who may see what, so that what waits again is shown to nobody before it has left.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from pydantic import BaseModel

from pandok.common.jobs.lanes import Lane
from pandok.common.jobs.queue import enqueue
from pandok.common.jobs.registry import handles
from pandok.common.jobs.work import Work
from pandok.core.retries import Retries
from pandok.fields.xray.acts.inspection_moves import locked
from pandok.fields.xray.models import Inspection, InspectionEvent
from pandok.fields.xray.states import READABLE, InspectionState
from pandok.settings import settings

INDEX_JOB = "xray.index"


class ChangedInspection(BaseModel):
    inspection: UUID


def decided_or_not(inspection: Inspection, event: InspectionEvent) -> None:
    """In the transaction of the event: work is asked for where a decision was made, or taken back."""
    waits = InspectionState(event.to_state) in READABLE
    waited = not event.from_state or InspectionState(event.from_state) in READABLE
    if waits != waited:
        key = f"{INDEX_JOB}:{inspection.pk}:{event.sequence}"
        enqueue(INDEX_JOB, {"inspection": str(inspection.pk)}, key=key, now=event.at)


@handles(INDEX_JOB, ChangedInspection, retries=Retries(most_attempts=8), in_transaction=False, lane=Lane.READING)
def index_changed(payload: ChangedInspection, work: Work) -> None:
    from pandok.fields.xray.acts.similar.indexing import index_inspection  # with the libraries that search
    from pandok.fields.xray.similar_index import indexes_at

    del work
    with transaction.atomic():  # locked, so that it stands where it stood when its rows are there
        index_inspection(locked(payload.inspection), indexes_at(settings().home))
