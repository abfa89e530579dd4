"""What was asked and answered after the end of a trial."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.fields.programme.models.agreements import Remeasurement
from pandok.fields.programme.models.evidence import Measurement
from pandok.fields.programme.use_states import UseState


class AskedAgain(AppendOnly):
    """The post was asked what became of it; once a term."""

    again = models.OneToOneField(Remeasurement, on_delete=models.PROTECT, related_name="asked")
    asked_at = models.DateTimeField()

    class Meta:
        db_table = "programme_askedagain"

    def __str__(self) -> str:
        return f"{self.again_id}"


class UseAnswer(AppendOnly):
    """The newest one counts; the ones before stay. `measurement` None: it could not be measured."""

    again = models.ForeignKey(Remeasurement, on_delete=models.PROTECT, related_name="answers")
    use = models.CharField(max_length=12, choices=[(one.value, one.value) for one in UseState])
    reason = models.TextField()
    measurement = models.ForeignKey(Measurement, null=True, on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        db_table = "programme_useanswer"
        ordering = ["answered_at", "pk"]

    def __str__(self) -> str:
        return f"{self.again_id} {self.use}"
