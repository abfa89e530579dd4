"""What readers told, alert by alert, as the control room would have kept it; in one byte form, to be compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pandok.core.canonical import digest
from pandok.fields.street.hazards import Hazard, Said, Seen
from pandok.fields.street.models import Alert


@dataclass
class Told:
    """One alert. `changes`: (change, level, reason in Korean) in order; `raised_ms`: the observation that raised it."""

    alert_id: str
    pole: str
    reader: str
    version: str
    onset_ms: int
    raised_ms: int
    cleared_ms: int | None = None
    changes: list[tuple[str, int, str]] = field(default_factory=list)

    @property
    def level(self) -> int:
        return self.changes[-1][1]


def told_by(hazards: Sequence[Hazard], pole: str, seen: Iterable[Seen]) -> list[Told]:
    """By onset. The rule for what is a step of an alert is that of acts/alerting."""
    found: dict[str, Told] = {}
    for one in seen:
        for hazard in hazards:
            for said in hazard.take(one):
                _keep(found, pole, said)
    return sorted(found.values(), key=lambda told: (told.onset_ms, told.alert_id))


def _keep(found: dict[str, Told], pole: str, said: Said) -> None:
    told = found.get(said.alert_id)
    if told is None:
        if said.level:
            told = Told(said.alert_id, pole, said.reader, said.version, said.onset_ms, said.at_ms)
            found[said.alert_id] = told
            told.changes.append(("raised", said.level, said.reason.ko))
        return
    if said.change == "raised" or said.level == told.level:
        return
    told.cleared_ms = said.at_ms if said.level == 0 else None
    told.changes.append((said.change, said.level, said.reason.ko))


def told_live(pole: str, readers: Iterable[str]) -> list[Told]:
    """What was kept of a pole when it happened."""
    found = []
    for alert in Alert.objects.filter(pole__key=pole, reader__in=list(readers)).order_by("onset_at", "pk"):
        onset = round(alert.onset_at.timestamp() * 1000)
        told = Told(alert.pk, pole, alert.reader, alert.version, onset, onset)
        steps = alert.events.filter(own=True).order_by("sequence")
        told.changes = list(steps.values_list("change", "level", "reason"))
        found.append(told)
    return found


def fingerprint(told: Iterable[Told]) -> str:
    """The same for the same alerts, steps and words."""
    rows: list[Any] = [
        [one.alert_id, one.pole, one.reader, one.version, one.onset_ms, [list(change) for change in one.changes]]
        for one in sorted(told, key=lambda each: (each.pole, each.onset_ms, each.alert_id))
    ]
    return digest(rows)
