"""Cases of the counterfeit desk, by their events: how far each had come until a moment, and how soon."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from pandok.core.text import Text
from pandok.fields.counterfeit.models import CaseEvent
from pandok.fields.counterfeit.states import State
from pandok.fields.programme.sources.kpi_source import KpiSource, Row
from pandok.proof.kpi.columns import Kind


def _rows(until: datetime) -> list[Row]:
    events = CaseEvent.objects.filter(at__lte=until).order_by("case_id", "sequence")
    told = events.values_list("case_id", "at", "to_state", "case__site__code")
    found: list[Row] = []
    for _, some in groupby(told, key=lambda one: one[0]):
        history = list(some)
        first, last = history[0], history[-1]
        notified = next((one for one in history if one[2] == State.NOTIFIED.value), None)
        states = {one[2] for one in history}
        found.append(
            {
                "case": str(first[0]),
                "site": first[3] or "",
                "day": first[1].date().isoformat(),
                "state": last[2],
                "nothing_close": State.NOTHING_CLOSE.value in states,
                "closed": last[2] == State.CLOSED.value,
                "minutes_to_notified": None if notified is None else (notified[1] - first[1]).total_seconds() / 60,
            }
        )
    return found


SOURCE = KpiSource(
    "desk_cases",
    Text(ko="위조물품 사건", en="Cases of the counterfeit desk"),
    {
        "case": Kind.TEXT,
        "site": Kind.TEXT,
        "day": Kind.TEXT,
        "state": Kind.TEXT,
        "nothing_close": Kind.TRUTH,
        "closed": Kind.TRUTH,
        "minutes_to_notified": Kind.NUMBER,
    },
    _rows,
    keys=("case",),
)
