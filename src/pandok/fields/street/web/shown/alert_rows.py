"""An alert as the control room sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from pandok.core.text import Text, counted
from pandok.fields.street.hazard_kinds import kind_of
from pandok.fields.street.models import Alert, CurrentValue, Pole
from pandok.fields.street.observed import OBSERVED
from pandok.fields.street.procedures import Step, procedure_of
from pandok.fields.street.readers_in_words import LEVELS, reader_words
from pandok.fields.street.states import OPEN, Cause

STUCK = timedelta(hours=6)


@dataclass(frozen=True)
class AlertRow:
    alert: Alert
    what: Text
    level: Text
    badge: str
    state: Text
    reason: Text
    place: Text
    cause: Text | None
    """What it turned out to be, once somebody said so."""
    parts: list[Alert]
    """What was merged into it and still stands, the worst first."""
    hushed: Text | None
    """Why it calls nobody: who, why; until when stands beside it."""
    hushed_until: datetime | None


def place_of(pole: Pole) -> Text:
    return Text(ko=f"{pole.place_ko} {pole.key}".strip(), en=f"{pole.place_en or pole.place_ko} {pole.key}".strip())


def row_of(alert: Alert) -> AlertRow:
    pole = alert.pole
    place = (
        place_of(pole)
        if pole
        else Text(
            ko=f"선로 {alert.feeder} · 등주 {alert.poles}개",
            en=f"Feeder {alert.feeder} · {counted(alert.poles, 'pole')}",
        )
    )
    level = alert.case_level
    badge = "badge-plain" if level == 0 or alert.quiet else "badge-bad" if level >= 3 else "badge-unsure"
    parts: list[Alert] = getattr(alert, "standing_parts", [])
    worst = parts[0] if parts and parts[0].case_level > alert.level else alert
    kind = kind_of(alert.reader)
    hushed, until = _hushed(alert)
    return AlertRow(
        alert,
        kind.words if parts and kind else reader_words(alert.reader),
        LEVELS[level],
        badge,
        alert.stands.words,
        Text(ko=worst.reason_ko, en=worst.reason_en),
        place,
        Cause(alert.cause).words if alert.cause else None,
        parts,
        hushed,
        until,
    )


def _hushed(alert: Alert) -> tuple[Text | None, datetime | None]:
    if not alert.quiet:
        return None, None
    one = alert.silence
    if one is None:
        return Text(ko="등주 점검 중", en="Pole in maintenance"), alert.pole.maintenance_until if alert.pole else None
    who = f"{one.by.shown_name}: " if one.by else ""
    return Text(ko=f"알림 중지 · {who}{one.reason}", en=f"Silenced · {who}{one.reason}"), one.until


@dataclass(frozen=True)
class StepRow:
    """`late`: it was done after its time, or is due and not done while the alert is open."""

    step: Step
    done_at: datetime | None
    done_by: str
    due_at: datetime
    late: bool


def steps_of(alert: Alert, now: datetime) -> list[StepRow]:
    """Due from the moment at which the alert was kept here. A step that was not done when the alert was finished is no
    longer late: nobody can do it any more."""
    done = {one.reason: one for one in alert.events.filter(change="step").select_related("actor")}
    found = []
    for step in procedure_of(alert.reader):
        due, event = alert.raised_at + timedelta(seconds=step.within_s), done.get(step.key)
        late = event.at > due if event else now > due and alert.stands in OPEN
        name = event.actor.shown_name if event and event.actor else ""
        found.append(StepRow(step, event.at if event else None, name, due, late))
    return found


@dataclass(frozen=True)
class ValueRow:
    words: Text
    sensor: str
    value: float
    unit: str
    at: datetime
    stuck: bool
    decides: bool
    """The alert's kind of hazard is read from it."""


def values_of(alert: Alert, now: datetime) -> list[ValueRow]:
    """The newest readings of the alert's pole. That one is stuck is said while somebody works on the alert: afterwards
    an old reading tells of nothing but its age."""
    if alert.pole is None:
        return []
    is_open = alert.stands in OPEN
    kind = kind_of(alert.reader)
    rows = CurrentValue.objects.filter(sensor__pole=alert.pole).select_related("sensor")
    return [
        ValueRow(
            OBSERVED[one.sensor.observed].words,
            one.sensor.key,
            one.value,
            one.sensor.unit,
            one.at,
            is_open and one.value != 0 and now - one.since > STUCK,
            kind is not None and one.sensor.observed in kind.observed,
        )
        for one in rows.order_by("sensor__key", "sensor__observed")
    ]
