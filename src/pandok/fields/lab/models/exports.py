"""Requests to take files out of the lab, what is asked to leave, and the votes on it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.fields.lab.models.projects import LabProject
from pandok.fields.lab.states.export_states import Choice, ExportState, Vote


class ExportRequest(models.Model):
    """Only pandok.fields.lab.acts.exports changes it. `sums` is the hash of names and contents of all its files:
    votes name it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True, help_text="2026-X-000001")
    title = models.CharField(max_length=200)
    purpose = models.TextField()
    legal_basis = models.CharField(max_length=300)
    project = models.ForeignKey(LabProject, null=True, blank=True, on_delete=models.PROTECT, related_name="exports")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="exports_asked")
    receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="exports_received"
    )
    state = models.CharField(max_length=20, choices=[(one.value, one.value) for one in ExportState])
    state_since = models.DateTimeField()
    made_at = models.DateTimeField()
    sums = models.CharField(max_length=64, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["state", "-made_at"], name="export_state")]

    @property
    def stands(self) -> ExportState:
        return ExportState(self.state)

    def __str__(self) -> str:
        return f"{self.number} {self.state}"


class ExportFile(models.Model):
    """One file, sealed in the lab's own folder; taken out or exchanged only while the author has the request."""

    request = models.ForeignKey(ExportRequest, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    is_model = models.BooleanField(default=False, help_text="May hold memorised records: decided separately")
    added_at = models.DateTimeField()
    findings = models.JSONField(default=list, help_text="What the automatic checks found; counts and places, no values")

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["request", "name"], name="one_export_file_a_name")]

    def __str__(self) -> str:
        return self.name


class ExportVote(AppendOnly):
    """One checker's answer to one state of the files."""

    request = models.ForeignKey(ExportRequest, on_delete=models.PROTECT, related_name="votes")
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sums = models.CharField(max_length=64)
    choice = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Choice])
    models_too = models.BooleanField(default=False, help_text="The model files were looked at and may go")
    findings_seen = models.BooleanField(default=False, help_text="The findings were looked at")
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["request", "sums", "voter"], name="one_export_vote_each")]

    @property
    def value(self) -> Vote:
        return Vote(str(self.voter_id), self.sums, Choice(self.choice), self.models_too)

    def __str__(self) -> str:
        return f"{self.request_id} {self.choice}"


class ExportEvent(AppendOnly):
    """One step of a request."""

    request = models.ForeignKey(ExportRequest, on_delete=models.PROTECT, related_name="events")
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.to_state}"


class SealedPrints(AppendOnly):
    """Keyed prints of one sealed file, against which exports are held. They tell nothing without the ledger's key, and
    stay when the object is deleted."""

    object_id = models.CharField(max_length=40, db_index=True, help_text="The VaultObject")
    member = models.CharField(max_length=300, blank=True, help_text="The file inside, where the object is a bundle")
    file_print = models.BinaryField()
    points = models.BinaryField()
    rows = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["object_id", "member"], name="one_print_a_sealed_file")]

    def __str__(self) -> str:
        return f"{self.object_id} {self.member}"
