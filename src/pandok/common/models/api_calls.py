"""Calls of the API that carried an idempotency key, with their answer, so that asking again repeats nothing."""

from __future__ import annotations

from django.db import models


class ApiCall(models.Model):
    """One call that changed something. Kept in the transaction of its change; forgotten after a day."""

    caller = models.CharField(max_length=60, help_text="token:<id> or account:<id>")
    key = models.CharField(max_length=100)
    request_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    answer = models.JSONField(null=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "desk_apicall"
        constraints = [models.UniqueConstraint(fields=["caller", "key"], name="one_call_a_key")]

    def __str__(self) -> str:
        return f"{self.caller} {self.key}"
