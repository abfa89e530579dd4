"""What stood open at a moment of the past: each alert as its last step up to that moment left it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import OuterRef, QuerySet, Subquery

from pandok.fields.street.models import Alert, AlertEvent
from pandok.fields.street.states import OPEN

BACK = timedelta(days=30)
"""Alerts that were raised longer before the moment are not looked for."""


def alerts_then(at: datetime) -> QuerySet[Alert]:
    """The highest first, with `level_then` and `state_then`."""
    steps = AlertEvent.objects.filter(alert=OuterRef("pk"), at__lte=at).order_by("-sequence")
    found = Alert.objects.filter(raised_at__lte=at, raised_at__gte=at - BACK)
    return (
        found.annotate(
            level_then=Subquery(steps.values("level")[:1]), state_then=Subquery(steps.values("to_state")[:1])
        )
        .filter(level_then__gt=0, state_then__in=[one.value for one in OPEN])
        .select_related("pole__test_bed")
        .order_by("-level_then", "onset_at", "pk")
    )
