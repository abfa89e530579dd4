"""Photographs of closed cases that later readings are compared with."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.fields.counterfeit.models.cases import Case
from pandok.fields.designs.models import SignalPhotograph
from pandok.fields.register.models import View


class ConfirmedView(models.Model):
    """A photograph of a closed case as a further view of the design that the case showed it to be. Only
    pandok.fields.counterfeit.acts.learning.confirming writes it; what is taken back stays, with who, when and why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="confirmed_views")
    photograph = models.ForeignKey(SignalPhotograph, on_delete=models.PROTECT, related_name="confirmed_views")
    view = models.OneToOneField(View, on_delete=models.PROTECT, related_name="confirmation")
    """What is searched and shown: the goods, cut from the photograph."""
    sketch = models.BinaryField(help_text="By which other savings of the photograph are known; 32 numbers")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()
    reason = models.TextField()
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdraw_reason = models.TextField(blank=True)

    class Meta:
        db_table = "desk_confirmedview"
        ordering = ["confirmed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["photograph"], condition=models.Q(withdrawn_at=None), name="one_standing_confirmation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.photograph_id}"
