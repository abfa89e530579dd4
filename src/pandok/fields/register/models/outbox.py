"""What the vector index has to follow, in the order in which it happened."""

from __future__ import annotations

from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.fields.register.models.rights import View


class RegisterChange(AppendOnly):
    """`kind`: "added" (a new view), "withdrawn" (its vector must go), "filter" (class, status or recordal changed)."""

    change_id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=10)
    view = models.ForeignKey(View, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.change_id} {self.kind}"
