"""Whether anything changed since a page was made: one number that grows with every step of any alert."""

from __future__ import annotations

from django.db.models import Max

from pandok.fields.street.models import AlertEvent


def change_mark() -> int:
    return AlertEvent.objects.aggregate(last=Max("pk"))["last"] or 0
