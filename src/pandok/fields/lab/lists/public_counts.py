"""What the first address says of the lab: how many proofs it has made, and since when."""

from __future__ import annotations

from django.db.models import Count, Min

from pandok.common.declared import PublicCount
from pandok.fields.lab.models import ProofRecord


def proofs_made() -> PublicCount:
    made = ProofRecord.objects.filter(origin=ProofRecord.MADE).aggregate(number=Count("pk"), since=Min("kept_at"))
    return PublicCount(made["number"], made["since"])
