"""An alert as the control room sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from pandok.core.text import Text, counted
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
    badge = "badge-plain" if alert.level == 0 or alert.quiet else "badge-bad" if alert.level >= 3 else "badge-unsure"
    return AlertRow(
        alert,
        reader_words(alert.reader),
        LEVELS[alert.level],
        badge,
        alert.stands.words,
        Text(ko=alert.reason_ko, en=alert.reason_en),
        place,
        Cause(alert.cause).words if alert.cause else None,
    )


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


def values_of(alert: Alert, now: datetime) -> list[ValueRow]:
    """The newest readings of the alert's pole."""
    if alert.pole is None:
        return []
    rows = CurrentValue.objects.filter(sensor__pole=alert.pole).select_related("sensor")
    return [
        ValueRow(
            OBSERVED[one.sensor.observed].words,
            one.sensor.key,
            one.value,
            one.sensor.unit,
            one.at,
            one.value != 0 and now - one.since > STUCK,
        )
        for one in rows.order_by("sensor__key", "sensor__observed")
    ]
