"""Silences for programs: what calls nobody, begun and ended."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import BaseModel, Field

from pandok.fields.street.acts.silencing import end_silence, silence, standing_silences
from pandok.fields.street.models import Silence
from pandok.fields.street.periods import moment_from
from pandok.fields.street.readers_in_words import READERS
from pandok.fields.street.refusals import refusal
from pandok.fields.street.roles import Action
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Asked

router = Router(tags=["Streetlight silences"])
MOST = 200


class SilenceQuery(Asked):
    over: bool = Field(default=False, description="Also those that expired or were ended")


class SilenceIn(Asked):
    pole: str = Field(default="", max_length=40, description="Nothing: every pole")
    feeder: str = Field(default="", max_length=40, description="Nothing: every feeder")
    reader: str = Field(default="", max_length=60, description="Kind of alert; nothing: every kind")
    until: str = Field(max_length=40, description="A moment in ISO 8601; at the office where no zone is said")
    reason: str = Field(max_length=2000)


class SilenceEndIn(Asked):
    reason: str = Field(max_length=2000)


class SilenceOut(BaseModel):
    """Empty `feeder` and `reader`, null `pole`: any. `ended_at` null: it stands, or expired at `until`."""

    id: int
    pole: str | None
    feeder: str
    reader: str
    begun_at: datetime
    until: datetime
    reason: str
    by: str | None
    ended_at: datetime | None


@router.get("/silences", auth=may(Action.SEE_STREET), response=answers(list[SilenceOut]), summary="Silences")
def list_street_silences(request: HttpRequest, asked: Query[SilenceQuery]) -> list[SilenceOut]:  # noqa: ARG001
    """Those that stand, the newest first; at most 200."""
    found = Silence.objects.all() if asked.over else standing_silences(timezone.now())
    return [_out(one) for one in found.select_related("pole", "by", "ended")[:MOST]]


@router.get("/silences/{number}", auth=may(Action.SEE_STREET), response=answers(SilenceOut), summary="One silence")
def get_street_silence(request: HttpRequest, number: int) -> SilenceOut:  # noqa: ARG001
    return _out(_found(number))


@router.post("/silences", auth=may(Action.DECIDE_ALERTS), response=answers(SilenceOut), summary="Silence alerts")
@once
def begin_street_silence(request: HttpRequest, asked: SilenceIn) -> SilenceOut:
    """It expires by itself: within 24 hours where a hazard could stand under it, else within 30 days."""
    if asked.reader and asked.reader not in READERS:
        raise refusal("no_reader")
    made = silence(
        pole=asked.pole,
        feeder=asked.feeder,
        reader=asked.reader,
        until=moment_from(asked.until),
        actor=actor_of(request),
        reason=asked.reason,
        now=timezone.now(),
    )
    return _out(made)


@router.post(
    "/silences/{number}/end", auth=may(Action.DECIDE_ALERTS), response=answers(SilenceOut), summary="End a silence"
)
@once
def end_street_silence(request: HttpRequest, number: int, asked: SilenceEndIn) -> SilenceOut:
    """Before its time; what stands under it calls at once."""
    _found(number)
    end_silence(number, actor=actor_of(request), reason=asked.reason, now=timezone.now())
    return _out(_found(number))


def _found(number: int) -> Silence:
    known = Silence.objects.select_related("pole", "by", "ended")
    found: Silence | None = known.filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise not_found()
    return found


def _out(one: Silence) -> SilenceOut:
    gone = getattr(one, "ended", None)
    return SilenceOut(
        id=one.pk,
        pole=one.pole.key if one.pole else None,
        feeder=one.feeder,
        reader=one.reader,
        begun_at=one.begun_at,
        until=one.until,
        reason=one.reason,
        by=one.by.get_username() if one.by else None,
        ended_at=gone.at if gone else None,
    )
