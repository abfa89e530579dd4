"""Each container's scan is compared as soon as a worker is free, those that came in before enough empty ones were known
once they are; the figure of a site is measured when asked for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import BaseModel

from pandok.common.jobs.lanes import Lane
from pandok.common.jobs.queue import enqueue
from pandok.common.jobs.registry import handles
from pandok.common.jobs.work import WORKER, Work
from pandok.common.models import Account, Site
from pandok.core.errors import InputError
from pandok.core.retries import Retries
from pandok.fields.xray.models import Scan
from pandok.settings import settings

if TYPE_CHECKING:
    from pandok.fields.xray.lists.structure import BankKey

COMPARE_JOB, MEASURE_JOB, CATCH_UP_JOB = "scan.structure", "xray.structure", "xray.compare"
MOST_AT_ONCE = 200
"""Scans that one job catches up with; it asks for the next one."""
MOST_SEED = 2**31 - 1


class ContainerScan(BaseModel):
    scan: UUID


class BankAsked(BaseModel):
    """`part`: of what one call for work became, from 0."""

    site: int | None
    container_type: str
    response: str
    from_generator: bool
    part: int = 0

    def key(self) -> BankKey:
        from pandok.fields.xray.lists.structure import BankKey

        site = Site.objects.get(pk=self.site) if self.site else None
        return BankKey(site, self.container_type, self.response, self.from_generator)


class FigureAsked(BankAsked):
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
    asked = FigureAsked(**_asked(key).model_dump(), seed=seed, by=actor.pk)
    moment = now.isoformat(timespec="minutes")
    enqueue(MEASURE_JOB, asked.model_dump(), key=f"{MEASURE_JOB}:{_named(key)}:{moment}", now=now)


def ask_to_catch_up(key: BankKey, now: datetime, part: int = 0) -> None:
    """In the transaction in which enough empty containers of a kind became known."""
    asked = _asked(key).model_copy(update={"part": part})
    enqueue(CATCH_UP_JOB, asked.model_dump(), key=f"{CATCH_UP_JOB}:{_named(key)}:{now.isoformat()}:{part}", now=now)


def _asked(key: BankKey) -> BankAsked:
    return BankAsked(
        site=key.site.pk if key.site else None,
        container_type=key.container_type,
        response=key.response,
        from_generator=key.from_generator,
    )


def _named(key: BankKey) -> str:
    return f"{key.site.pk if key.site else None}:{key.container_type}:{key.response}:{key.from_generator}"


@handles(COMPARE_JOB, ContainerScan, retries=Retries(most_attempts=5), in_transaction=False, lane=Lane.READING)
def compare(payload: ContainerScan, work: Work) -> None:
    from pandok.fields.xray.acts.structure.comparing import compare_structure

    scan = Scan.objects.select_related("inspection__site").get(pk=payload.scan)
    compare_structure(scan, blobs=work.blobs, now=work.now)


@handles(CATCH_UP_JOB, BankAsked, retries=Retries(most_attempts=5), in_transaction=False, lane=Lane.LONG)
def catch_up(payload: BankAsked, work: Work) -> None:
    from pandok.fields.xray.acts.structure.catching_up import compare_known

    key = payload.key()
    done = compare_known(key, actor=WORKER, blobs=work.blobs, clock=work.clock, most=MOST_AT_ONCE)
    if done.left:
        ask_to_catch_up(key, work.now, payload.part + 1)


@handles(MEASURE_JOB, FigureAsked, retries=Retries(most_attempts=2), in_transaction=False, lane=Lane.LONG)
def measure(payload: FigureAsked, work: Work) -> None:
    from pandok.fields.xray.acts.structure.measuring import measure_structure

    key = payload.key()
    by = Account.objects.filter(pk=payload.by).first() if payload.by else None
    try:
        measure_structure(key, seed=payload.seed, actor=by, home=settings().home, blobs=work.blobs, clock=work.clock)
    except InputError:  # withdrawn meanwhile: the page says how many there are
        return
