"""Whether anything changed since a page was made: one number that grows with every step of any alert; of one alert's
page also the newest reading of its pole."""

from __future__ import annotations

from django.db.models import Max

from pandok.fields.street.models import Alert, AlertEvent, CurrentValue


def change_mark() -> int:
    return AlertEvent.objects.aggregate(last=Max("pk"))["last"] or 0


def alert_mark(alert: Alert) -> str:
    steps = alert.events.aggregate(last=Max("pk"))["last"] or 0
    newest = CurrentValue.objects.filter(sensor__pole=alert.pole).aggregate(at=Max("at"))["at"] if alert.pole else None
    return f"{steps}-{round(newest.timestamp() * 1000) if newest else 0}"
