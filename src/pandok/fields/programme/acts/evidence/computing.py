"""The KPIs of a locked sheet on the records of their sources: no figure is typed in.

A KPI is measured on records that began after the first lock, as they were known when its measuring day ended: whoever
presses when, the same comes out, and nobody chooses a favourable moment. Years later the same is asked of the twelve
months before the day on which it is measured again.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files

from pandok.core.canonical import digest
from pandok.core.programme.evidence import Evidence, MeasuredKpi, Occasion
from pandok.core.programme.indicators import Indicator
from pandok.core.programme.lock import Lock
from pandok.core.terms.months import months_later
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.programme.acts.agreements.agreement_terms import code_sha256
from pandok.fields.programme.agreement_states import VersionState
from pandok.fields.programme.models import Agreement, AgreementVersion, Remeasurement
from pandok.fields.programme.sources.known_sources import SOURCES
from pandok.proof.kpi.value_of import value_of
from pandok.proof.kpi.verdicts import verdict_on

BEFORE_MONTHS = 12
"""Measured again on what began in so many months before."""
_READS = ("desk_cases.py", "kpi_source.py", "lab_proofs.py", "street_alerts.py")


def end_of(day: date) -> datetime:
    """The moment at which a day of the office is over."""
    return datetime.combine(day + timedelta(days=1), time.min, OFFICE_ZONE).astimezone(UTC)


def evidence_of(
    agreement: Agreement,
    version: AgreementVersion,
    *,
    number: str,
    occasion: Occasion,
    measured_at: datetime,
    again: Remeasurement | None = None,
) -> Evidence:
    """What comes out for a locked version. `again`: which measurement after the end it is. Raises ValueError, KeyError
    (among them pydantic's) where the lock cannot be read or names a source that is not there."""
    lock = Lock.model_validate(version.lock)
    spans = _spans(lock, began_at(agreement), occasion, measured_at, again)
    return Evidence(
        agreement=agreement.number,
        number=number,
        occasion=occasion,
        version=version.version,
        lock=lock.sha256,
        code=measuring_sha256(),
        measured_at=measured_at,
        kpis=tuple(_measured(line, since, until) for line, since, until in spans),
    )


def began_at(agreement: Agreement) -> datetime:
    """The first lock: from then on the trial runs."""
    first = agreement.versions.filter(state=VersionState.LOCKED.value).order_by("version").first()
    if first is None or first.lock is None:
        raise ValueError("nothing is locked")
    return Lock.model_validate(first.lock).locked_at


def last_day(lock: Lock) -> date:
    return max(one.measured_on for one in lock.sheet.indicators)


def _spans(
    lock: Lock, began: datetime, occasion: Occasion, measured_at: datetime, again: Remeasurement | None
) -> Iterator[tuple[Indicator, datetime, datetime]]:
    for line in lock.sheet.indicators:
        if again is not None:
            yield line, end_of(months_later(again.due_on, -BEFORE_MONTHS)), end_of(again.due_on)
        elif occasion is Occasion.INTERIM:
            yield line, began, min(measured_at, end_of(line.measured_on))
        else:
            yield line, began, end_of(line.measured_on)


def _measured(line: Indicator, since: datetime, until: datetime) -> MeasuredKpi:
    source = SOURCES[line.source]
    rows = source.rows_between(since, until)
    found = value_of(line.formula, rows, source.columns, cluster=line.cluster or None)
    return MeasuredKpi(
        key=line.key,
        source=line.source,
        since=since,
        until=until,
        records=len(rows),
        sha256=digest([dict(one) for one in rows]),
        value=found.value,
        interval=found.interval,
        method=found.method.value,
        rows=found.rows,
        left_out=found.left_out,
        verdict=verdict_on(line, found).value,
    )


@functools.cache
def measuring_sha256() -> str:
    """Of the programs that compute, and of those that read the records: other ones are shown as a difference."""
    room = files("pandok.fields.programme")
    whole = hashlib.sha256(code_sha256().encode())
    for path in (*(room / "sources" / name for name in _READS), room / "acts" / "evidence" / "computing.py"):
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()
