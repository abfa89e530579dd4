"""What was measured of the KPIs of an agreement, as a value that can be computed again, and where two differ."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, Field

from pandok.core.canonical import digest
from pandok.core.lab.strict_value import StrictValue
from pandok.core.programme.indicators import Line, Sha256
from pandok.core.text import Text


class Occasion(StrEnum):
    """When something is measured: on the way, at the end of the measuring days, or again long after the end."""

    INTERIM = "interim"
    FINAL = "final"
    AFTERWARDS = "afterwards"

    @property
    def words(self) -> Text:
        return _OCCASIONS[self]


_OCCASIONS = {
    Occasion.INTERIM: Text(ko="중간 측정", en="interim measurement"),
    Occasion.FINAL: Text(ko="최종 측정", en="final measurement"),
    Occasion.AFTERWARDS: Text(ko="사후 재측정", en="measured again afterwards"),
}


class MeasuredKpi(StrictValue):
    """`since`, `until`: records that began after the one, as they were known at the other. `rows`: the fewest that a
    figure of the formula stands on; `records`: all that were looked at, `sha256` of them. `value` None: nothing came
    into question; `interval` None: counted in full, or too little for one (`method` says which)."""

    key: Line
    source: Line
    since: AwareDatetime
    until: AwareDatetime
    records: Annotated[int, Field(ge=0)]
    sha256: Sha256
    value: float | None
    interval: tuple[float, float] | None
    method: Line
    rows: Annotated[int, Field(ge=0)]
    left_out: Annotated[int, Field(ge=0)]
    verdict: Line


class Evidence(StrictValue):
    """One measurement. `lock`: digest of the version that it is held against; `code`: of the programs that computed."""

    agreement: Line
    number: Line
    occasion: Occasion
    version: Annotated[int, Field(ge=1)]
    lock: Sha256
    code: Sha256
    measured_at: AwareDatetime
    kpis: Annotated[tuple[MeasuredKpi, ...], Field(min_length=1)]

    @property
    def sha256(self) -> str:
        return digest(self)


class Differs(StrEnum):
    """What of a measurement is no longer as it was kept."""

    RECORD = "record"
    LOCK = "lock"
    CODE = "code"
    ROWS = "rows"
    VALUE = "value"
    CLOCK = "clock"

    @property
    def words(self) -> Text:
        return _DIFFERS[self]


_DIFFERS = {
    Differs.RECORD: Text(ko="보관한 측정 기록", en="measurement as it was kept"),
    Differs.LOCK: Text(ko="잠긴 성과지표", en="locked KPIs"),
    Differs.CODE: Text(ko="계산 프로그램", en="program that computes"),
    Differs.ROWS: Text(ko="자료원의 기록", en="records of the source"),
    Differs.VALUE: Text(ko="계산한 값", en="computed value"),
    Differs.CLOCK: Text(ko="시각", en="time"),
}


class Difference(StrictValue):
    """`at`: of which KPI, and what of it; "" where the part is one."""

    part: Differs
    at: str
    was: str
    now: str


_ROWS = ("source", "since", "until", "records", "sha256")


def differences(kept: Evidence, found: Evidence) -> list[Difference]:
    """Every way in which what is computed now differs from what was kept; empty where the same comes out."""
    told = [
        Difference(part=part, at=at, was=was, now=now)
        for part, at, was, now in (
            (Differs.RECORD, "agreement", kept.agreement, found.agreement),
            (Differs.RECORD, "number", kept.number, found.number),
            (Differs.RECORD, "occasion", kept.occasion.value, found.occasion.value),
            (Differs.CLOCK, "measured_at", kept.measured_at.isoformat(), found.measured_at.isoformat()),
            (Differs.LOCK, "version", str(kept.version), str(found.version)),
            (Differs.LOCK, "", kept.lock, found.lock),
            (Differs.CODE, "", kept.code, found.code),
        )
        if was != now
    ]
    was, now = ({one.key: one.model_dump(mode="json") for one in value.kpis} for value in (kept, found))
    for key in [*was, *(key for key in now if key not in was)]:
        for name in was.get(key) or now[key]:
            before, after = was.get(key, {}).get(name), now.get(key, {}).get(name)
            if before != after:
                part = Differs.ROWS if name in _ROWS else Differs.VALUE
                told.append(Difference(part=part, at=f"{key}.{name}", was=_said(before), now=_said(after)))
    return told


def records_differ(kept: Evidence, *, stored: str, promised: str, seen_at: datetime) -> list[Difference]:
    """Whether the record itself is as it was made: its digest beside it, and in the audit trail (`promised`)."""
    told = [
        Difference(part=Differs.RECORD, at=at, was=said, now=kept.sha256)
        for at, said in (("sha256", stored), ("audit", promised))
        if said != kept.sha256
    ]
    if kept.measured_at > seen_at:
        was, now = kept.measured_at.isoformat(), seen_at.isoformat()
        told.append(Difference(part=Differs.CLOCK, at="future", was=was, now=now))
    return told


def same_values(found: Iterable[Difference]) -> bool:
    """Whether values and verdicts came out the same, whatever else differs."""
    return not any(one.part in (Differs.VALUE, Differs.RECORD) for one in found)


def _said(value: object) -> str:
    return "" if value is None else str(value)
