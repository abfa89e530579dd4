"""A test bed of a few poles, messages as poles send them, and a hazard reader that is simple enough to be followed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from pandok.core.text import Text
from pandok.fields.street.acts.alerting import Found, keep_found
from pandok.fields.street.acts.registering import PoleFacts, SensorFacts, open_test_bed, register_pole
from pandok.fields.street.acts.taking import Arrived
from pandok.fields.street.hazards import Hazard, PoleToRead, Said, Seen, alert_id
from pandok.fields.street.messages import PoleMessage
from pandok.fields.street.models import Alert, Pole

NOON = datetime(2026, 7, 1, 3, 0, tzinfo=UTC)
SPOOL = "0" * 31 + "1"
WATER = (SensorFacts("level-1", "depth_cm"), SensorFacts("rain-1", "rain_mm_h"))


def ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def pole(key: str = "buk-1", feeder: str = "", now: datetime = NOON) -> Pole:
    bed = open_test_bed(code="buk", name_ko="북구", name_en="Buk-gu", question="", actor=None, now=now)
    return register_pole(bed, PoleFacts(key=key, feeder=feeder, sensors=WATER), actor=None, now=now)


def reading(value: float = 3.0, at: datetime = NOON, **other: Any) -> dict[str, Any]:
    return {"sensor": "level-1", "property": "depth_cm", "unit": "cm", "at_ms": ms(at), "value": value} | other


def message(sequence: int, *readings: dict[str, Any], sent: datetime = NOON, spool: str = SPOOL) -> PoleMessage:
    body = {"spool": spool, "sequence": sequence, "sent_ms": ms(sent), "readings": list(readings)}
    return PoleMessage.model_validate_json(json.dumps(body))


def arrived(of: str, sent: PoleMessage, at: datetime = NOON) -> Arrived:
    return Arrived(of, sent, at)


@dataclass
class Deep:
    """Above 15 cm: raised; below 10: cleared. Its state is the onset."""

    pole: str
    name: str = "flood-level"
    left_out: int = 0
    onset_ms: int | None = None
    cleared: list[int] = field(default_factory=list)

    def take(self, seen: Seen) -> list[Said]:
        if seen.observed != "depth_cm":
            return []
        if self.onset_ms is None and seen.value >= 15:
            self.onset_ms = seen.at_ms
            return [self._said(seen, "raised", 3)]
        if self.onset_ms is not None and seen.value < 10:
            said = self._said(seen, "cleared", 0)
            self.onset_ms = None
            return [said]
        return []

    def _said(self, seen: Seen, change: str, level: int) -> Said:
        assert self.onset_ms is not None
        why = Text(ko=f"수심 {seen.value:g} cm", en=f"Depth {seen.value:g} cm")
        found = alert_id(self.pole, self.name, "1", self.onset_ms)
        return Said(found, self.name, "1", self.onset_ms, seen.at_ms, change, level, seen.value, why)

    def saved(self) -> str:
        return json.dumps(self.onset_ms)

    def restore(self, saved: str) -> None:
        self.onset_ms = json.loads(saved)


def deep(pole: PoleToRead) -> Sequence[Hazard]:
    return [Deep(pole.key)] if pole.count("depth_cm") else []


def raised(at: datetime = NOON) -> Alert:
    """An alert that waits for the control room."""
    from django.db import transaction

    found = Pole.objects.filter(key="buk-1").first() or pole()
    onset = ms(at)
    why = Text(ko="수심 16 cm", en="Depth 16 cm")
    said = Said(
        alert_id(found.key, "flood-level", "1", onset), "flood-level", "1", onset, onset, "raised", 3, 16.0, why
    )
    with transaction.atomic():
        keep_found([Found(said, found)], now=at)
    return Alert.objects.get(pk=said.alert_id)


def later(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)
