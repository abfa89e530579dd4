"""Readings against what can be, and the newest value of every sensor."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from pandok.fields.street.acts.plain_rows import put_rows
from pandok.fields.street.messages import ReadingSent
from pandok.fields.street.models import CurrentValue
from pandok.fields.street.observed import ANY, OBSERVED, OWN

AHEAD_MS = 120_000
"""A reading may be dated this much behind its arrival in the future, by the corrected clock; more cannot be true."""
OLDEST_MS = 400 * 86_400_000
"""Older than a spool can be."""


class SensorNow(NamedTuple):
    """A sensor with its newest value, `at` None where it has none: as a plain row, of which a batch reads thousands."""

    pk: int
    pole_id: int
    key: str
    observed: str
    unit: str
    at: datetime | None
    value: float
    since: datetime


COLUMNS_NOW = ("pk", "pole_id", "key", "observed", "unit", "current__at", "current__value", "current__since")


class Sensed(Protocol):
    @property
    def observed(self) -> str: ...
    @property
    def unit(self) -> str: ...


def checked(
    reading: ReadingSent,
    sensor: Sensed | None,
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


def keep_current(readings: Mapping[SensorNow, Sequence[tuple[datetime, float, int]]]) -> dict[int, int]:
    """Move the newest values on, each with the number of its observation; gives how many readings of a sensor
    were older than a newer one."""
    changed: list[tuple[int, datetime, float, datetime, int]] = []
    late: dict[int, int] = {}
    for sensor, found in readings.items():
        newest = None if sensor.at is None else (sensor.pk, sensor.at, sensor.value, sensor.since, 0)
        before = newest
        for at, value, observation in found:
            if newest is not None and at < newest[1]:
                late[sensor.pk] = late.get(sensor.pk, 0) + 1
                continue
            since = newest[3] if newest is not None and newest[2] == value else at
            newest = (sensor.pk, at, value, since, observation)
        if newest is not None and newest is not before:
            changed.append(newest)
    put_rows(CurrentValue, ["sensor"], ["at", "value", "since", "observation"], changed)
    return late
