"""Work orders to crews, and what happened to them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.fields.street.models.alerts import Alert
from pandok.fields.street.models.places import Device, Pole
from pandok.fields.street.work_states import WorkKind, WorkState


class WorkOrder(models.Model):
    """What has to be done at a pole or along a feeder. Only pandok.fields.street.acts.work_moves changes its state,
    always together with a WorkOrderEvent."""

    number = models.CharField(max_length=20, unique=True)
    alert = models.ForeignKey(Alert, null=True, blank=True, on_delete=models.PROTECT, related_name="works")
    pole = models.ForeignKey(Pole, null=True, blank=True, on_delete=models.PROTECT, related_name="works")
    feeder = models.CharField(max_length=40, blank=True, help_text="Where it is of a whole feeder")
    device = models.ForeignKey(Device, null=True, blank=True, on_delete=models.PROTECT, related_name="works")
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in WorkKind])
    what = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    crew = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=[(one.value, one.value) for one in WorkState])
    state_since = models.DateTimeField()
    found = models.TextField(blank=True, help_text="What the crew found")
    ends_with_fault = models.BooleanField(
        default=False, help_text="A repair: withdrawn by itself when its fault is gone before a crew was at it"
    )
    replaced = models.TextField(blank=True, help_text="What it replaced; nothing where it is empty")

    class Meta:
        db_table = "street_workorder"
        ordering = ["-number"]
        indexes = [
            models.Index(fields=["state", "due_at"], name="street_work_due"),
            models.Index(fields=["crew", "state", "due_at"], name="street_work_of_crew"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def stands(self) -> WorkState:
        return WorkState(self.state)


class WorkOrderEvent(AppendOnly):
    """One step of a work order; `crew`: who had it after the step."""

    work = models.ForeignKey(WorkOrder, on_delete=models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    crew = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    from_state = models.CharField(max_length=12, blank=True)
    to_state = models.CharField(max_length=12)
    reason = models.TextField(blank=True)

    class Meta:
        db_table = "street_workorderevent"
        ordering = ["sequence"]
        constraints = [models.UniqueConstraint(fields=["work", "sequence"], name="one_work_event_a_place")]
