"""Days off that are told to a site after its calendar was shipped: elections, temporary and substitute holidays."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class DatedHoliday(models.Model):
    """One day of one year. `off`: terms do not count it and do not end on it. `working`: the calendar calls it a
    holiday, and it is none. A day that is withdrawn stays here with who, when and why."""

    OFF, WORKING = "off", "working"
    KINDS = [(OFF, OFF), (WORKING, WORKING)]

    day = models.DateField()
    kind = models.CharField(max_length=8, choices=KINDS)
    name = models.CharField(max_length=100)
    reason = models.TextField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    """Null: the operator at the command line."""
    added_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.TextField(blank=True)

    class Meta:
        db_table = "desk_datedholiday"
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["day"], condition=models.Q(withdrawn_at__isnull=True), name="one_holiday_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.name}"
