"""An inspection begins: it is numbered, and what must be drawn beforehand is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from pandok.common.models import Account, Site
from pandok.common.records.numbering import next_of_year
from pandok.fields.xray.acts.inspection_moves import INSPECTIONS
from pandok.fields.xray.declaration import Declaration
from pandok.fields.xray.models import Inspection
from pandok.fields.xray.states import InspectionState


@dataclass(frozen=True)
class Shares:
    """Of all inspections: read without help, and opened whatever readers say. Each from 0 to 1."""

    without_help: float
    opened_by_draw: float


def begin_inspection(
    *,
    declaration: Declaration,
    site: Site | None,
    actor: Account | None,
    now: datetime,
    shares: Shares,
    chance: Callable[[], float],
    from_generator: bool = False,
) -> Inspection:
    """A new inspection that waits for its reader. `chance` gives numbers from 0 up to 1, two for each inspection;
    nobody may foresee them."""
    with transaction.atomic():
        inspection = Inspection.objects.create(
            number=next_of_year("X", width=6, given=Inspection.objects.all(), now=now),
            site=site,
            begun_at=now,
            state=InspectionState.WAITING.value,
            state_since=now,
            help_withheld=chance() < shares.without_help,
            opened_by_draw=chance() < shares.opened_by_draw,
            from_generator=from_generator,
            **declaration.model_dump(),
        )
        # What was drawn is not told: the trail is read by people who read scans.
        INSPECTIONS.begin(inspection, actor=actor, reason="", now=now, action="inspection.begun")
    return inspection
