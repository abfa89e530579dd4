"""Alerts of streetlights, by their events: what each was said to be until a moment, and how soon."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from pandok.core.text import Text
from pandok.fields.programme.sources.kpi_source import KpiSource, Row
from pandok.fields.street.models import AlertEvent
from pandok.fields.street.states import AlertState
from pandok.proof.kpi.columns import Kind

_DECIDED = (AlertState.CONFIRMED.value, AlertState.REJECTED.value)


def _rows(until: datetime) -> list[Row]:
    events = AlertEvent.objects.filter(at__lte=until).order_by("alert_id", "sequence")
    told = events.values_list("alert_id", "at", "to_state", "alert__reader", "alert__pole_id")
    found: list[Row] = []
    for _, some in groupby(told, key=lambda one: one[0]):
        history = list(some)
        first, last = history[0], history[-1]
        decided = next((one for one in history if one[2] in _DECIDED), None)
        confirmed = next((one for one in history if one[2] == AlertState.CONFIRMED.value), None)
        found.append(
            {
                "alert": first[0],
                "reader": first[3],
                "pole": str(first[4] or ""),
                "day": first[1].date().isoformat(),
                "state": last[2],
                "false_alarm": None if decided is None else decided[2] == AlertState.REJECTED.value,
                "minutes_to_confirmed": None if confirmed is None else (confirmed[1] - first[1]).total_seconds() / 60,
            }
        )
    return found


SOURCE = KpiSource(
    "street_alerts",
    Text(ko="가로등 경보", en="Alerts of streetlights"),
    {
        "alert": Kind.TEXT,
        "reader": Kind.TEXT,
        "pole": Kind.TEXT,
        "day": Kind.TEXT,
        "state": Kind.TEXT,
        "false_alarm": Kind.TRUTH,
        "minutes_to_confirmed": Kind.NUMBER,
    },
    _rows,
    keys=("alert",),
)
