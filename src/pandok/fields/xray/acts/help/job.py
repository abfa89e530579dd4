"""Each imported scan is read by the site's reader program, as soon as a worker for reading is free."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from pandok.common.jobs.lanes import Lane
from pandok.common.jobs.queue import enqueue
from pandok.common.jobs.registry import handles
from pandok.common.jobs.work import Work
from pandok.core.retries import Retries
from pandok.fields.xray.models import Scan
from pandok.settings import settings

HELP_JOB = "scan.help"


class ImportedScan(BaseModel):
    scan: UUID


def ask_for_help(scan: Scan, now: datetime) -> None:
    """In the transaction in which the scan is kept."""
    enqueue(HELP_JOB, {"scan": str(scan.pk)}, key=f"{HELP_JOB}:{scan.pk}", now=now)


@handles(HELP_JOB, ImportedScan, retries=Retries(most_attempts=5), in_transaction=False, lane=Lane.READING)
def help_with(payload: ImportedScan, work: Work) -> None:
    from pandok.fields.xray.acts.help.model import site_model  # with the libraries that read: a second to load
    from pandok.fields.xray.acts.help.reading import read_with

    model = site_model(work.now)
    if model is not None:
        scan = Scan.objects.select_related("inspection").get(pk=payload.scan)
        read_with(model, scan, blobs=work.blobs, home=settings().home, now=work.now)
