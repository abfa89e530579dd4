"""Each container's scan is compared as soon as a worker is free; the figure of a site is measured when asked for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import BaseModel

from pandok.common.jobs.lanes import Lane
from pandok.common.jobs.queue import enqueue
from pandok.common.jobs.registry import handles
from pandok.common.jobs.work import Work
from pandok.common.models import Account, Site
from pandok.core.errors import InputError
from pandok.core.retries import Retries
from pandok.fields.xray.models import Scan
from pandok.settings import settings

if TYPE_CHECKING:
    from pandok.fields.xray.lists.structure import BankKey

COMPARE_JOB, MEASURE_JOB = "scan.structure", "xray.structure"
MOST_SEED = 2**31 - 1


class ContainerScan(BaseModel):
    scan: UUID


class FigureAsked(BaseModel):
    site: int | None
    container_type: str
    response: str
    from_generator: bool
    seed: int
    by: int | None


def ask_for_comparison(scan: Scan, now: datetime) -> None:
    """In the transaction in which the scan is kept."""
    if scan.inspection.container_type:
        enqueue(COMPARE_JOB, {"scan": str(scan.pk)}, key=f"{COMPARE_JOB}:{scan.pk}", now=now)


def ask_for_figure(key: BankKey, *, actor: Account, seed: int, now: datetime) -> None:
    """The same containers at the same moment are measured once. Raises InputError xray.few_empties."""
    from pandok.fields.xray.acts.structure.measuring import must_suffice  # with the libraries that read scans

    must_suffice(key)
    asked = FigureAsked(
        site=key.site.pk if key.site else None,
        container_type=key.container_type,
        response=key.response,
        from_generator=key.from_generator,
        seed=seed,
        by=actor.pk,
    )
    of_what = f"{asked.site}:{key.container_type}:{key.response}:{key.from_generator}"
    enqueue(
        MEASURE_JOB, asked.model_dump(), key=f"{MEASURE_JOB}:{of_what}:{now.isoformat(timespec='minutes')}", now=now
    )


@handles(COMPARE_JOB, ContainerScan, retries=Retries(most_attempts=5), in_transaction=False, lane=Lane.READING)
def compare(payload: ContainerScan, work: Work) -> None:
    from pandok.fields.xray.acts.structure.comparing import compare_structure

    scan = Scan.objects.select_related("inspection__site").get(pk=payload.scan)
    compare_structure(scan, blobs=work.blobs, now=work.now)


@handles(MEASURE_JOB, FigureAsked, retries=Retries(most_attempts=2), in_transaction=False, lane=Lane.LONG)
def measure(payload: FigureAsked, work: Work) -> None:
    from pandok.fields.xray.acts.structure.measuring import measure_structure
    from pandok.fields.xray.lists.structure import BankKey

    site = Site.objects.get(pk=payload.site) if payload.site else None
    key = BankKey(site, payload.container_type, payload.response, payload.from_generator)
    by = Account.objects.filter(pk=payload.by).first() if payload.by else None
    try:
        measure_structure(key, seed=payload.seed, actor=by, home=settings().home, blobs=work.blobs, clock=work.clock)
    except InputError:  # withdrawn meanwhile: the page says how many there are
        return
