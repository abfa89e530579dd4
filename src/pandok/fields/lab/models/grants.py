"""Grants (이용승인), uses and what left: who may open what, and who did."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.fields.lab.models.deposits import Deposit, VaultObject
from pandok.fields.lab.models.projects import LabProject


class Grant(models.Model):
    """A project may open a deposit for a time. Only its end changes, once: by being revoked.

    `people` are named persons; `role` stands for everybody with it; `runner`: the lab's own runs, in the sandbox, which
    show nothing to anybody.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(LabProject, on_delete=models.PROTECT, related_name="grants")
    deposit = models.ForeignKey(Deposit, on_delete=models.PROTECT, related_name="grants")
    purpose = models.TextField()
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="vault_grants", blank=True)
    role = models.CharField(max_length=30, blank=True)
    runner = models.BooleanField(default=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    reason = models.TextField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    revoke_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-starts_at"]
        indexes = [models.Index(fields=["deposit", "project", "ends_at"], name="vault_grant_standing")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.deposit_id}"


class Use(AppendOnly):
    """One object was opened. `actor` is null where the lab's runner opened it for a run."""

    object = models.ForeignKey(VaultObject, on_delete=models.PROTECT, related_name="uses")
    keyed_hash = models.CharField(max_length=64, db_index=True, help_text="Of the object's plain bytes")
    project = models.ForeignKey(LabProject, null=True, on_delete=models.PROTECT, related_name="uses")
    grant = models.ForeignKey(Grant, null=True, on_delete=models.PROTECT, related_name="uses")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=200)
    run_id = models.CharField(max_length=64, blank=True)
    model_sha256 = models.CharField(max_length=64, blank=True)
    what_left = models.CharField(max_length=300, blank=True, help_text="Where this very look let something out")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["object", "at"], name="vault_use_object"),
            models.Index(fields=["run_id"], name="vault_use_run"),
        ]

    def __str__(self) -> str:
        return f"{self.object_id} {self.at}"


class WhatLeft(AppendOnly):
    """Something left the lab that was made in a run or by a project: a verdict, a table, a model. Never a record."""

    run_id = models.CharField(max_length=64, blank=True, db_index=True)
    project = models.ForeignKey(LabProject, null=True, on_delete=models.PROTECT, related_name="what_left")
    what = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.what
