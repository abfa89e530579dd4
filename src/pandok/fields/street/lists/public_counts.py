"""What the first address says of streetlights: how many trials were registered, and since when."""

from __future__ import annotations

from django.db.models import Count, Min

from pandok.common.declared import PublicCount
from pandok.fields.street.models import Trial


def trials_registered() -> PublicCount:
    kept = Trial.objects.aggregate(number=Count("pk"), since=Min("registered_at"))
    return PublicCount(kept["number"], kept["since"])
