"""Problem packs as brought in, where their parts lie, and the registrations that lock them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.core.lab.problem import Part, Problem
from pandok.core.lab.registration import Manifest, Registration
from pandok.fields.lab.models.deposits import Deposit, VaultObject
from pandok.fields.lab.models.projects import LabProject

SEALED_PARTS = [(part.value, part.value) for part in (Part.FEEDBACK, Part.CONFIRM)]


class ProblemPack(AppendOnly):
    """One version of one problem, as its field owner brought it in. Another margin is another version.

    The public part lies as a plain zip among the blobs, to be handed out; the others lie in the vault (SealedPart).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    problem_id = models.CharField(max_length=61)
    version = models.PositiveIntegerField()
    problem_values = models.JSONField(help_text="problem.toml as it was checked")
    manifest_values = models.JSONField()
    plan_values = models.JSONField(null=True, help_text="Power by simulation, as it was when the pack came in")
    root = models.CharField(max_length=64, db_index=True, help_text="The manifest's root hash")
    deposit = models.ForeignKey(Deposit, on_delete=models.PROTECT, related_name="problem_packs")
    project = models.ForeignKey(LabProject, on_delete=models.PROTECT, related_name="problem_packs")
    public_sha256 = models.CharField(max_length=64, help_text="The public part as a zip, a file of the blob store")
    public_bytes = models.PositiveBigIntegerField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="problem_packs")
    brought_at = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        ordering = ["problem_id", "-version"]
        constraints = [models.UniqueConstraint(fields=["problem_id", "version"], name="one_pack_a_version")]

    @property
    def problem(self) -> Problem:
        return Problem.model_validate(self.problem_values)

    @property
    def manifest(self) -> Manifest:
        return Manifest.model_validate(self.manifest_values)

    @property
    def locked(self) -> LockedRegistration | None:
        """The registration, once there is one."""
        return self.registrations.first()

    def __str__(self) -> str:
        return f"{self.problem_id} {self.version}"


class SealedPart(AppendOnly):
    """One sealed bundle of a pack: inputs and truths never lie in the same one, so that a run opens only inputs."""

    INPUTS, LABELS = "inputs", "labels"

    pack = models.ForeignKey(ProblemPack, on_delete=models.PROTECT, related_name="sealed_parts")
    part = models.CharField(max_length=10, choices=SEALED_PARTS)
    kind = models.CharField(max_length=10, choices=[(one, one) for one in (INPUTS, LABELS)])
    number = models.PositiveIntegerField(help_text="Bundles of one part in the order of case_id")
    case_ids = models.JSONField(help_text="In order. A case_id tells nothing of the truth")
    object = models.ForeignKey(VaultObject, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["part", "kind", "number"]
        constraints = [models.UniqueConstraint(fields=["pack", "part", "kind", "number"], name="one_sealed_bundle")]

    def __str__(self) -> str:
        return f"{self.pack_id} {self.part} {self.kind} {self.number}"


class LockedRegistration(AppendOnly):
    """A registration (사전등록): made once for a pack, by another person than the field owner; never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pack = models.ForeignKey(ProblemPack, on_delete=models.PROTECT, related_name="registrations")
    registration_values = models.JSONField()
    sha256 = models.CharField(max_length=64, unique=True)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="registrations")
    registered_at = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        ordering = ["-registered_at"]
        constraints = [models.UniqueConstraint(fields=["pack"], name="one_registration_a_pack")]

    @property
    def registration(self) -> Registration:
        return Registration.model_validate(self.registration_values)

    def __str__(self) -> str:
        return f"{self.pack_id} {self.sha256[:12]}"
