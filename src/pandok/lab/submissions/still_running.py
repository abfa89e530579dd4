"""Runs that have not ended hold their company in use."""

from __future__ import annotations

from pandok.core.lab.run_states import RunState
from pandok.core.text import Text
from pandok.desk.models import Party
from pandok.lab.models import Run


def runs_of(party: Party) -> list[Text]:
    """A line for each run of the people of this party that has not ended; its state is not told here."""
    if party.kind != Party.COMPANY:
        return []
    ended = [one.value for one in RunState if one.ended]
    runs = Run.objects.filter(submission__by__party_memberships__party=party).exclude(state__in=ended)
    return [Text(ko=f"진행 중인 평가 {run.pk}", en=f"run {run.pk} under way") for run in runs.order_by("pk").distinct()]
