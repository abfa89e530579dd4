"""Readings against what can be, and the newest value of every sensor."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from pandok.fields.street.messages import ReadingSent
from pandok.fields.street.models import CurrentValue, Sensor
from pandok.fields.street.observed import ANY, OBSERVED, OWN

AHEAD_MS = 120_000
"""A reading may be dated this much behind its arrival in the future, by the corrected clock; more cannot be true."""
OLDEST_MS = 400 * 86_400_000
"""Older than a spool can be."""


def checked(
    reading: ReadingSent,
    sensor: Sensor | None,
    offset_ms: int,
    received_ms: int,
    near_ms: Collection[int] = (),
    is_live: bool = True,
) -> str:
    """Why it is not taken, in a word for the operator; empty: it is. `near_ms`: times of the same sensor and property
    that were taken with it."""
    if sensor is None:
        return f"no sensor {reading.sensor} {reading.property}"[:60]
    known = OBSERVED.get(sensor.observed, ANY if sensor.observed.startswith(OWN) else None)
    if known is None or reading.unit != sensor.unit or known.unit not in (reading.unit, ANY.unit):
        return f"unit {reading.unit} of {reading.sensor}"[:60]
    if not known.lowest <= reading.value <= known.highest:
        return f"value {reading.value:g} of {reading.sensor}"[:60]
    if known.least_ms and any(abs(reading.at_ms - at_ms) < known.least_ms for at_ms in near_ms):
        return f"too often: {reading.sensor}"[:60]
    at_ms = reading.at_ms + offset_ms
    if at_ms > received_ms + AHEAD_MS:
        return f"from the future: {reading.sensor}"[:60]
    oldest_ms = received_ms - OLDEST_MS if is_live else 0
    return f"too old: {reading.sensor}"[:60] if at_ms < oldest_ms else ""


def keep_current(readings: Mapping[Sensor, Sequence[tuple[datetime, float, int]]]) -> dict[int, int]:
    """Move the newest values on, each with the number of its observation; gives how many readings of a sensor
    were older than a newer one."""
    changed: list[CurrentValue] = []
    late: dict[int, int] = {}
    for sensor, found in readings.items():
        current: CurrentValue | None = getattr(sensor, "current", None)
        for at, value, observation in found:
            if current is not None and at < current.at:
                late[sensor.pk] = late.get(sensor.pk, 0) + 1
                continue
            since = current.since if current is not None and current.value == value else at
            current = CurrentValue(sensor=sensor, at=at, value=value, since=since, observation=observation)
        if current is not None:
            changed.append(current)
    CurrentValue.objects.bulk_create(
        changed,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["sensor"],
        update_fields=["at", "value", "since", "observation"],
    )
    return late
