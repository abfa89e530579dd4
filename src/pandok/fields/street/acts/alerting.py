"""What readers found becomes an alert, or a step of the one that stands: never two for one condition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import Q

from pandok.fields.street.acts.alert_moves import ALERTS
from pandok.fields.street.hazards import Said
from pandok.fields.street.models import Alert, Pole, Silence


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
    ids = sorted({one.said.alert_id for one in found})
    rows = Alert.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids).order_by("pk")
    known = {one.pk: one for one in rows}
    silences = list(Silence.objects.filter(until__gt=now))
    new = []
    for one in found:
        alert = known.get(one.said.alert_id)
        if alert is None:
            if one.said.level:
                known[one.said.alert_id] = alert = _begin(one, is_quiet(one, silences, now), now)
                new.append(alert)
        elif one.said.change != "raised":
            _step(alert, one, now)
    return new


def is_quiet(one: Found, silences: Sequence[Silence], now: datetime) -> bool:
    """Whether a silence that has not expired, or maintenance, covers it."""
    if one.pole is not None and one.pole.maintenance_until is not None and one.pole.maintenance_until > now:
        return True
    feeder = one.feeder or (one.pole.feeder if one.pole else "")
    return any(
        (silence.pole_id is None or (one.pole is not None and silence.pole_id == one.pole.pk))
        and silence.feeder in ("", feeder)
        and silence.reader in ("", one.said.reader)
        for silence in silences
    )


def standing(reader: str) -> Q:
    """Conditions of a reader that are not cleared."""
    return Q(reader=reader, cleared_at__isnull=True)


def _begin(one: Found, quiet: bool, now: datetime) -> Alert:
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
        highest_level=said.level,
        score=said.score,
        reason_ko=said.reason.ko,
        reason_en=said.reason.en,
        poles=one.poles,
        quiet=quiet,
    )
    columns = {"change": "raised", "level": said.level}
    ALERTS.begin(alert, actor=None, reason=said.reason.ko, now=now, action="alert.raised", columns=columns)
    return alert


def _step(alert: Alert, one: Found, now: datetime) -> None:
    said = one.said
    if said.level == alert.level and (said.level == 0) == (alert.cleared_at is not None) and one.poles == alert.poles:
        return
    alert.level, alert.score, alert.poles = said.level, said.score, one.poles
    alert.highest_level = max(alert.highest_level, said.level)
    alert.cleared_at = _moment(said.at_ms) if said.level == 0 else None
    if said.level:
        alert.reason_ko, alert.reason_en = said.reason.ko, said.reason.en
    alert.save()
    columns = {"change": said.change, "level": said.level}
    ALERTS.happened(alert, actor=None, reason=said.reason.ko, now=now, action=f"alert.{said.change}", columns=columns)


def _moment(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)
