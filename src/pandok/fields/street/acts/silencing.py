"""What calls nobody for a while: poles in maintenance and silences. Both end by themselves, and what still stands then
calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.models.locking import locked
from pandok.common.reasons import checked_reason
from pandok.core.text import Text
from pandok.fields.street.acts.alert_moves import ALERTS
from pandok.fields.street.acts.registering import pole_named
from pandok.fields.street.hazard_kinds import DANGERS
from pandok.fields.street.models import Alert, Pole, Silence, SilenceEnd
from pandok.fields.street.refusals import refusal
from pandok.fields.street.states import OPEN

LONGEST, LONGEST_OF_HAZARDS = timedelta(days=30), timedelta(hours=24)
"""Of maintenance and of silences about devices; of silences under which a hazard could stand."""


_OVER = Text(
    ko="알림 중지나 점검이 끝났고 조건이 계속됩니다.", en="Silence or maintenance is over, and it still stands."
)


@dataclass(frozen=True)
class Cover:
    """Why an alert calls nobody. `silence` None: its pole is in maintenance."""

    silence: Silence | None

    @property
    def told(self) -> str:
        """For the audit trail."""
        return f"silence:{self.silence.pk}" if self.silence else "maintenance"


def standing_silences(now: datetime) -> QuerySet[Silence]:
    return Silence.objects.filter(until__gt=now, ended__isnull=True).select_related("pole", "by")


def cover_of(pole: Pole | None, feeder: str, reader: str, silences: Sequence[Silence], now: datetime) -> Cover | None:
    """What keeps an alert of this pole or feeder quiet now."""
    if pole is not None and pole.maintenance_until is not None and pole.maintenance_until > now:
        return Cover(None)
    feeder = feeder or (pole.feeder if pole else "")
    for one in silences:
        of_pole = one.pole_id is None or (pole is not None and one.pole_id == pole.pk)
        if of_pole and one.feeder in ("", feeder) and one.reader in ("", reader):
            return Cover(one)
    return None


def maintain(key: str, *, until: datetime | None, actor: Account | None, reason: str, now: datetime) -> Pole:
    """Alerts of this pole call nobody until then; None ends it. Raises RequestError for an end that cannot be."""
    reason = checked_reason(reason)
    if until is not None and not now < until <= now + LONGEST:
        raise refusal("bad_until")
    with transaction.atomic():
        pole = locked(Pole, pole_named(key).pk)
        if until is None:
            hold_quiet()
        pole.maintenance_until = until
        pole.save(update_fields=["maintenance_until"])
        action = "pole.maintenance" if until else "pole.in_service"
        details = {"until": until.isoformat(timespec="minutes")} if until else {}
        audit.tell(actor, action, f"pole:{pole.key}", reason, now, details)
        if until is None:
            wake(now)
    return pole


def silence(
    *, pole: str, feeder: str, reader: str, until: datetime, actor: Account | None, reason: str, now: datetime
) -> Silence:
    """It expires by itself. Raises RequestError for an end that cannot be, for no pole of this key, and for one that
    would hush hazards everywhere."""
    reason = checked_reason(reason)
    hazards = not reader or reader in DANGERS
    if hazards and not (pole or feeder):
        raise refusal("silence_everywhere")
    if not now < until <= now + (LONGEST_OF_HAZARDS if hazards else LONGEST):
        raise refusal("bad_silence_until" if hazards else "bad_until")
    if feeder and not Pole.objects.filter(feeder=feeder).exists():
        raise refusal("no_feeder")
    with transaction.atomic():
        one = Silence.objects.create(
            pole=pole_named(pole) if pole else None,
            feeder=feeder,
            reader=reader,
            begun_at=now,
            until=until,
            reason=reason,
            by=actor,
        )
        details = {"until": until.isoformat(timespec="minutes"), "pole": pole, "feeder": feeder, "reader": reader}
        told = {name: value for name, value in details.items() if value}
        audit.tell(actor, "silence.begun", f"silence:{one.pk}", reason, now, told)
    return one


def end_silence(number: int, *, actor: Account | None, reason: str, now: datetime) -> Silence:
    """Ended before its time; what stands under it calls at once. Raises RequestError for one that is over."""
    reason = checked_reason(reason)
    with transaction.atomic():
        if not standing_silences(now).filter(pk=number).exists():
            raise refusal("no_silence")
        one = locked(Silence, number, "pole", "by")
        if SilenceEnd.objects.filter(silence=one).exists():  # asked behind the lock: two may end it at once
            raise refusal("no_silence")
        hold_quiet()
        SilenceEnd.objects.create(silence=one, at=now, by=actor, reason=reason)
        audit.tell(actor, "silence.ended", f"silence:{one.pk}", reason, now)
        wake(now)
    return one


def _quiet() -> QuerySet[Alert]:
    """Locked as they are read, in one order."""
    held = Alert.objects.select_for_update(of=("self",), no_key=True).select_related("pole")
    return held.filter(quiet=True, case_level__gt=0, state__in=[one.value for one in OPEN]).order_by("pk")


def hold_quiet() -> None:
    """Before an end is told to the audit trail: whoever decides on an alert holds it and asks for the trail, so that an
    end must not hold the trail and ask for the alerts that it wakes."""
    list(_quiet())


def wake(now: datetime) -> list[Alert]:
    """Alerts whose silence or maintenance is over and whose condition still stands call now, as if just raised."""
    with transaction.atomic():
        silences = list(standing_silences(now))
        woken = []
        for alert in _quiet():
            if cover_of(alert.pole, alert.feeder, alert.reader, silences, now) is not None:
                continue
            alert.quiet, alert.silence = False, None
            alert.save(update_fields=["quiet", "silence"])
            columns = {"change": "woken", "level": alert.case_level, "reason_en": _OVER.en}
            ALERTS.happened(alert, actor=None, reason=_OVER.ko, now=now, action="alert.woken", columns=columns)
            woken.append(alert)
        return woken
