"""What readers found becomes an alert, or a step of the one that stands: never two for one condition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import Q

from pandok.fields.street.acts.alert_moves import ALERTS, locked
from pandok.fields.street.acts.one_case import cases_at, join, refresh_case
from pandok.fields.street.acts.silencing import Cover, cover_of, standing_silences
from pandok.fields.street.hazards import Said
from pandok.fields.street.models import Alert, Pole


@dataclass(frozen=True)
class Found:
    """`pole` None: of a whole feeder, with so many poles."""

    said: Said
    pole: Pole | None
    feeder: str = ""
    poles: int = 1


def keep_found(found: Sequence[Found], *, now: datetime) -> list[Alert]:
    """Inside the transaction of what was read; gives the alerts that are new. What was kept before changes nothing."""
    assert transaction.get_connection().in_atomic_block
    # In the order of what happened, so that the one that stands is the same however messages were batched.
    found = sorted(found, key=lambda one: one.said.at_ms)
    known = _locked(found)
    silences = list(standing_silences(now))
    new = []
    for one in found:
        alert = known.get(one.said.alert_id)
        if alert is None:
            if one.said.level:
                cover = cover_of(one.pole, one.feeder, one.said.reader, silences, now)
                known[one.said.alert_id] = alert = _begin(one, cover, now)
                new.append(alert)
                if one.pole is not None:
                    cases = cases_at(one.pole, alert.reader, alert.onset_at)
                    any(join(alert, _of(pk, known), now=now) for pk in cases)
        elif one.said.change != "raised":
            _step(alert, one, known, now)
    return new


def _locked(found: Sequence[Found]) -> dict[str, Alert]:
    """The alerts that are spoken of, what they were merged into and what new ones may join, in the order of ids."""
    ids = {one.said.alert_id for one in found}
    stand = dict(Alert.objects.filter(pk__in=ids).values_list("pk", "merged_into"))
    more = {into for into in stand.values() if into}
    for one in found:
        if one.pole is not None and one.said.alert_id not in stand and one.said.level:
            more.update(cases_at(one.pole, one.said.reader, _moment(one.said.onset_ms)))
    rows = Alert.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids | more).order_by("pk")
    return {one.pk: one for one in rows}


def standing(reader: str) -> Q:
    """Conditions of a reader that are not cleared."""
    return Q(reader=reader, cleared_at__isnull=True)


def _begin(one: Found, cover: Cover | None, now: datetime) -> Alert:
    said = one.said
    alert = Alert.objects.create(
        id=said.alert_id,
        pole=one.pole,
        feeder=one.feeder,
        reader=said.reader,
        version=said.version,
        onset_at=_moment(said.onset_ms),
        raised_at=now,
        state_since=now,
        level=said.level,
        case_level=said.level,
        highest_level=said.level,
        score=said.score,
        reason_ko=said.reason.ko,
        reason_en=said.reason.en,
        poles=one.poles,
        quiet=cover is not None,
        silence=cover.silence if cover else None,
    )
    columns = {"change": "raised", "own": True, "level": said.level, "reason_en": said.reason.en}
    details = {"quiet": cover.told} if cover else None
    ALERTS.begin(
        alert, actor=None, reason=said.reason.ko, now=now, action="alert.raised", columns=columns, details=details
    )
    return alert


def _step(alert: Alert, one: Found, known: dict[str, Alert], now: datetime) -> None:
    said = one.said
    if said.level == alert.level and (said.level == 0) == (alert.cleared_at is not None) and one.poles == alert.poles:
        return
    alert.level, alert.score, alert.poles = said.level, said.score, one.poles
    alert.highest_level = max(alert.highest_level, said.level)
    alert.cleared_at = _moment(said.at_ms) if said.level == 0 else None
    if said.level:
        alert.reason_ko, alert.reason_en = said.reason.ko, said.reason.en
    alert.save()
    columns = {"change": said.change, "own": True, "level": said.level, "reason_en": said.reason.en}
    ALERTS.happened(alert, actor=None, reason=said.reason.ko, now=now, action=f"alert.{said.change}", columns=columns)
    refresh_case(alert, now=now)
    while alert.merged_into_id:
        part, alert = alert, _of(alert.merged_into_id, known)
        refresh_case(alert, step=part, now=now)


def _of(pk: str, known: dict[str, Alert]) -> Alert:
    """One object an alert, locked."""
    if pk not in known:
        known[pk] = locked(pk)
    return known[pk]


def _moment(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)
