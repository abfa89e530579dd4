"""What an agreement is locked to, and what is no longer as it was when it was locked."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, Field, model_validator

from pandok.core.canonical import digest
from pandok.core.lab.strict_value import StrictValue
from pandok.core.programme.indicators import Line, Sha256, Sheet
from pandok.core.text import Text
from pandok.core.two_persons import VOTES_NEEDED


class Part(StrEnum):
    """What can differ from the lock."""

    SHEET = "sheet"
    PROTOCOL = "protocol"
    DATA = "data"
    CODE = "code"
    CLOCK = "clock"
    SIGNATURES = "signatures"
    RECORD = "record"

    @property
    def words(self) -> Text:
        return _PARTS[self]


_PARTS = {
    Part.SHEET: Text(ko="성과지표 시트", en="KPI sheet"),
    Part.PROTOCOL: Text(ko="측정 절차", en="measuring protocol"),
    Part.DATA: Text(ko="자료", en="data"),
    Part.CODE: Text(ko="계산 프로그램", en="program that computes"),
    Part.CLOCK: Text(ko="시각", en="time"),
    Part.SIGNATURES: Text(ko="서명", en="signatures"),
    Part.RECORD: Text(ko="잠금 기록", en="record of the lock"),
}


class Signature(StrictValue):
    """A person in a post who agreed, on behalf of a body. Account names, as in the audit trail."""

    post: Line
    body: Line
    person: Line
    signed_at: AwareDatetime


class Lock(StrictValue):
    """`data`: sha256 of each named source as it stood; a source that only grows has the hash of what it held then.

    `code`: of the version that computes. `previous`: the digest of the version before this, "" for the first.
    """

    agreement: Line
    version: Annotated[int, Field(ge=1)]
    sheet: Sheet
    protocol: Sha256
    data: dict[str, Sha256]
    code: Line
    locked_at: AwareDatetime
    signatures: tuple[Signature, ...]
    previous: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""

    @model_validator(mode="after")
    def _by_several(self) -> Lock:
        if len({one.person for one in self.signatures}) < VOTES_NEEDED:
            raise ValueError("one person does not sign for both sides")
        if len({(one.body, one.post) for one in self.signatures}) < len(self.signatures):
            raise ValueError("each post of a body signs once")
        return self

    @property
    def sha256(self) -> str:
        return digest(self)


class Change(StrictValue):
    """`at`: which indicator's which value, which source, whose signature; "" where the part is one."""

    part: Part
    at: str
    was: str
    now: str


def changes(locked: Lock, found: Lock, *, promised: str, seen_at: datetime) -> list[Change]:
    """Every way in which what is found differs from what was locked; empty where nothing does.

    promised: the digest of the lock as the audit trail has it, so that a lock that was changed together with its record
    shows too. seen_at: a lock of the future was made by a wrong clock, or to look younger than the run.
    """
    told: list[Change] = []
    if locked.sha256 != promised:
        told.append(Change(part=Part.RECORD, at="", was=promised, now=locked.sha256))
    told += _of_sheets(locked.sheet, found.sheet)
    for part, was, now in (
        (Part.PROTOCOL, locked.protocol, found.protocol),
        (Part.CODE, locked.code, found.code),
        (Part.CLOCK, locked.locked_at.isoformat(), found.locked_at.isoformat()),
    ):
        if was != now:
            told.append(Change(part=part, at="", was=was, now=now))
    for name in sorted({*locked.data, *found.data}):
        was, now = locked.data.get(name, ""), found.data.get(name, "")
        if was != now:
            told.append(Change(part=Part.DATA, at=name, was=was, now=now))
    told += _of_signatures(locked, found)
    for at, was, now in (
        ("agreement", locked.agreement, found.agreement),
        ("version", str(locked.version), str(found.version)),
        ("previous", locked.previous, found.previous),
    ):
        if was != now:
            told.append(Change(part=Part.RECORD, at=at, was=was, now=now))
    if locked.locked_at > seen_at:
        told.append(Change(part=Part.CLOCK, at="future", was=locked.locked_at.isoformat(), now=seen_at.isoformat()))
    return told


def _of_sheets(locked: Sheet, found: Sheet) -> list[Change]:
    was = {one.key: one.model_dump(mode="json") for one in locked.indicators}
    now = {one.key: one.model_dump(mode="json") for one in found.indicators}
    told = []
    for key in [*was, *(key for key in now if key not in was)]:
        for name in was.get(key) or now[key]:
            before, after = was.get(key, {}).get(name), now.get(key, {}).get(name)
            if before != after:
                told.append(Change(part=Part.SHEET, at=f"{key}.{name}", was=_said(before), now=_said(after)))
    if not told and list(was) != list(now):
        told.append(Change(part=Part.SHEET, at="order", was=", ".join(was), now=", ".join(now)))
    return told


def _of_signatures(locked: Lock, found: Lock) -> list[Change]:
    was = {(one.body, one.post): one for one in locked.signatures}
    now = {(one.body, one.post): one for one in found.signatures}
    told = []
    for where in sorted({*was, *now}):
        before, after = was.get(where), now.get(where)
        if before != after:
            said = [f"{one.person} {one.signed_at.isoformat()}" if one else "" for one in (before, after)]
            told.append(Change(part=Part.SIGNATURES, at=" · ".join(where), was=said[0], now=said[1]))
    return told


def _said(value: object) -> str:
    return "" if value is None else str(value)
