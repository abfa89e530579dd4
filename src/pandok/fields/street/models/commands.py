"""Commands to devices on poles, and what the devices say of themselves."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.fields.street.command_states import CommandState
from pandok.fields.street.models.alerts import Alert
from pandok.fields.street.models.places import Pole
from pandok.fields.street.orders import DeviceKind


class DeviceCommand(models.Model):
    """One order to one device. Only pandok.fields.street.acts.command_moves changes its state.

    `number` rises within a pole: a device never goes back to an older order. `leased_until`: until when the process
    that sent it waits for the answer before it, or another one, sends it again; the device knows it by its `id`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pole = models.ForeignKey(Pole, on_delete=models.PROTECT, related_name="commands")
    number = models.PositiveIntegerField()
    device = models.CharField(max_length=12, choices=[(one.value, one.value) for one in DeviceKind])
    order = models.JSONField()
    hold_s = models.PositiveIntegerField(help_text="How long it stands before the pole's own rule counts again")
    alert = models.ForeignKey(Alert, null=True, blank=True, on_delete=models.PROTECT, related_name="commands")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reason = models.TextField()
    second = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(db_index=True)
    state = models.CharField(max_length=12, choices=[(one.value, one.value) for one in CommandState])
    state_since = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    answer = models.CharField(max_length=200, blank=True, help_text="Why the device refused it")

    class Meta:
        db_table = "street_devicecommand"
        ordering = ["-asked_at", "-number"]
        constraints = [models.UniqueConstraint(fields=["pole", "number"], name="one_command_a_number")]
        indexes = [models.Index(fields=["state", "expires_at"], name="street_command_due")]

    def __str__(self) -> str:
        return f"{self.pole_id} {self.number} {self.device}"

    @property
    def stands(self) -> CommandState:
        return CommandState(self.state)


class DeviceState(models.Model):
    """What a device last said of itself. `own_rule`: the pole decided so, by its own rule."""

    pole = models.ForeignKey(Pole, on_delete=models.PROTECT, related_name="device_states")
    device = models.CharField(max_length=12)
    order = models.JSONField()
    own_rule = models.BooleanField()
    said_at = models.DateTimeField(help_text="When it was heard here")

    class Meta:
        db_table = "street_devicestate"
        ordering = ["pole", "device"]
        constraints = [models.UniqueConstraint(fields=["pole", "device"], name="one_state_a_device")]
