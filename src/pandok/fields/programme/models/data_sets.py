"""The catalogue of data sets: what each is for and under which plan, and every report on its quality."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.fields.lab.models import Deposit
from pandok.fields.programme.data_states import DataSetState, DataSource
from pandok.fields.programme.models.agreements import Agreement
from pandok.fields.programme.models.state_history import StateHistory


class DataSet(models.Model):
    """`version`: the newest of its versions. `deposit`: where it stands in the lab's vault."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True, help_text="2026-DS-000012")
    state = models.CharField(max_length=12, choices=[(one.value, one.value) for one in DataSetState])
    state_since = models.DateTimeField()
    title = models.CharField(max_length=200)
    purpose = models.TextField()
    licence = models.CharField(max_length=200)
    owner_body = models.CharField(max_length=200)
    region = models.CharField(max_length=20)
    source = models.CharField(max_length=300, blank=True, help_text="Where its data come from")
    agreement = models.ForeignKey(Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="data_sets")
    deposit = models.ForeignKey(Deposit, null=True, blank=True, on_delete=models.PROTECT, related_name="catalogued_as")
    version = models.PositiveIntegerField(default=1)
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "programme_dataset"
        ordering = ["-made_at", "-id"]
        indexes = [
            models.Index(fields=["state", "-made_at"], name="data_set_by_state"),
            models.Index(fields=["-made_at", "-id"], name="data_set_newest"),
        ]

    def __str__(self) -> str:
        return self.number


class DataSetEvent(StateHistory):
    data_set = models.ForeignKey(DataSet, on_delete=models.PROTECT, related_name="events")
    what = models.CharField(max_length=40, blank=True, help_text="What happened where the state stayed")

    class Meta(StateHistory.Meta):
        db_table = "programme_datasetevent"
        constraints = [models.UniqueConstraint(fields=["data_set", "sequence"], name="one_data_set_event_a_number")]

    def __str__(self) -> str:
        return f"{self.data_set_id} {self.sequence}"


class DataSetVersion(AppendOnly):
    """`plan`: what is agreed of its columns, counts and targets (core/programme/data_plan)."""

    data_set = models.ForeignKey(DataSet, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    note = models.TextField(blank=True)
    plan = models.JSONField()
    plan_sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "programme_datasetversion"
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["data_set", "version"], name="one_data_set_version_a_number")]

    def __str__(self) -> str:
        return f"{self.data_set_id} v{self.version}"


class QualityReport(AppendOnly):
    """What was found in the files, against one plan. `quality`: core/programme/data_quality, `sha256` of that."""

    version = models.ForeignKey(DataSetVersion, on_delete=models.PROTECT, related_name="reports")
    source = models.CharField(max_length=10, choices=[(one.value, one.value) for one in DataSource])
    table = models.CharField(max_length=300)
    quality = models.JSONField()
    sha256 = models.CharField(max_length=64)
    table_sha256 = models.CharField(max_length=64)
    files_sha256 = models.CharField(max_length=64, blank=True)
    meets = models.BooleanField(help_text="All that the plan asks was measured and is so")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "programme_qualityreport"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.version_id} {self.made_at}"


class QualityRun(models.Model):
    """A report that was asked for: how far it is, and what came of it. `failed`: why none did, in words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(DataSetVersion, on_delete=models.PROTECT, related_name="runs")
    source = models.CharField(max_length=10, choices=[(one.value, one.value) for one in DataSource])
    table = models.CharField(max_length=300)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    failed = models.JSONField(default=dict, blank=True)
    report = models.OneToOneField(QualityReport, null=True, blank=True, on_delete=models.PROTECT, related_name="run")

    class Meta:
        db_table = "programme_qualityrun"
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return str(self.pk)
