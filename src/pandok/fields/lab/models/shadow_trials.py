"""Shadow trials and their history. Only pandok.fields.lab.acts.shadow changes a trial, always together with a
TrialEvent."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.core.lab.assisted_trial import AssistedProtocol
from pandok.core.lab.trial import ANY_PROTOCOL, TrialProtocol, TrialRegistration
from pandok.fields.lab.states.trial_states import TrialState


class ShadowTrial(models.Model):
    """One comparison of a candidate with today's practice on the live desk."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=20, choices=[(one.value, one.value) for one in TrialState])
    state_since = models.DateTimeField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    protocol = models.JSONField()
    """pandok.core.lab.trial.TrialProtocol; open to change while the trial is a draft, then a copy of what is locked."""
    registration = models.JSONField(default=dict)
    """pandok.core.lab.trial.TrialRegistration, once locked."""
    registration_sha256 = models.CharField(max_length=64, blank=True)
    seed_sealed = models.TextField(blank=True)
    seed_opened = models.CharField(max_length=64, blank=True, help_text="Hexadecimal; after unblinding")
    prepared_at = models.DateTimeField(null=True, help_text="When the candidate had its index of the register")
    report = models.JSONField(default=dict)
    report_sha256 = models.CharField(max_length=64, blank=True)
    proof_pack = models.CharField(
        max_length=64, blank=True, help_text="sha256 of the signed report, a file of the blobs"
    )

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.id} {self.state}"

    @property
    def locked(self) -> TrialRegistration:
        return TrialRegistration.model_validate(self.registration)

    @property
    def any_plan(self) -> TrialProtocol | AssistedProtocol:
        """The locked protocol, once there is one."""
        return self.locked.protocol if self.registration else ANY_PROTOCOL.validate_python(self.protocol)

    @property
    def plan(self) -> TrialProtocol:
        """Of a blind trial."""
        plan = self.any_plan
        assert isinstance(plan, TrialProtocol)
        return plan

    @property
    def assisted(self) -> AssistedProtocol:
        plan = self.any_plan
        assert isinstance(plan, AssistedProtocol)
        return plan

    @property
    def is_assisted(self) -> bool:
        return bool(self.protocol["mode"] == "assisted")


class TrialEvent(AppendOnly):
    """One move of a trial. `actor` is null where the registered rule moved it."""

    trial = models.ForeignKey(ShadowTrial, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20)
    reason = models.TextField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.trial_id} {self.to_state}"


class MonitorLook(AppendOnly):
    """The monitor was asked: how far it could look, and whether a boundary was crossed. Never by how much."""

    trial = models.ForeignKey(ShadowTrial, on_delete=models.PROTECT, related_name="looks")
    at = models.DateTimeField()
    cases = models.PositiveIntegerField(help_text="Cases, or clusters, that the monitor has bet on")
    benefit = models.BooleanField()
    harm = models.BooleanField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.trial_id} {self.cases}"
