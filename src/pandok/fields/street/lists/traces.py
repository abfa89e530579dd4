"""The newest readings of a pole's sensor, oldest first: what the officer sees rise or fall."""

from __future__ import annotations

from datetime import UTC, datetime

from pandok.fields.street.models import Pole, TakenMessage

MESSAGES = 240
"""Read at most; older ones are in the files of history."""


def trace_of(pole: Pole, observed: frozenset[str]) -> dict[tuple[str, str], list[tuple[datetime, float]]]:
    """By sensor and property, for the properties asked for: moment by the corrected clock, and value."""
    rows = TakenMessage.objects.filter(pole=pole).order_by("-pk").values_list("offset_ms", "readings")[:MESSAGES]
    found: dict[tuple[str, str], list[tuple[datetime, float]]] = {}
    for offset_ms, readings in rows:
        for sensor, name, at_ms, value in readings:
            if name in observed:
                at = datetime.fromtimestamp((at_ms + offset_ms) / 1000, UTC)
                found.setdefault((sensor, name), []).append((at, value))
    return {key: sorted(values) for key, values in sorted(found.items())}
