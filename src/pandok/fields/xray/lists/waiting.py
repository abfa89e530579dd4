"""What waits to be read, in the order in which it is given to readers."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from pandok.common.models import Account
from pandok.fields.xray.lists.visible import inspections_visible_to
from pandok.fields.xray.models import Inspection, Scan, ScanAhead, ShownScan
from pandok.fields.xray.states import READABLE, InspectionState

KEPT_FOR = timedelta(minutes=3)
"""A scan that was shown and not decided on goes to the next reader after so long: whoever had it went away."""


def readable_by(reader: Account, now: datetime) -> QuerySet[Inspection]:
    """What this person may read now, in no order: this is what every page counts for its menu."""
    readable = inspections_visible_to(reader).filter(
        Exists(Scan.objects.filter(inspection=OuterRef("pk"))), state__in=[one.value for one in READABLE]
    )
    own = Inspection.objects.filter(state=InspectionState.SECOND_LOOK.value, readings__reader=reader)
    elsewhere = ShownScan.objects.filter(shown_at__gt=now - KEPT_FOR).exclude(reader=reader)
    return readable.exclude(pk__in=own.values("pk")).exclude(pk__in=elsewhere.values("inspection_id"))


def waiting_for(reader: Account, now: datetime) -> QuerySet[Inspection]:
    """What this person may read now, the oldest first; second looks of others before all else. What another reader's
    browser fetched ahead comes last, so that two do not fetch the same; where nothing else waits, anybody reads it."""
    ahead = ScanAhead.objects.filter(inspection=OuterRef("pk"), asked_at__gt=now - KEPT_FOR).exclude(reader=reader)
    ordered = readable_by(reader, now).annotate(ahead_elsewhere=Exists(ahead))
    return ordered.order_by("ahead_elsewhere", "state", "begun_at", "number")


def on_screen_of(reader: Account, now: datetime) -> Inspection | None:
    """What stands on this reader's screen and can still be decided on."""
    mine = list(
        ShownScan.objects.filter(reader=reader, shown_at__gt=now - KEPT_FOR).values_list("inspection_id", flat=True)
    )
    return waiting_for(reader, now).filter(pk__in=mine).first() if mine else None
