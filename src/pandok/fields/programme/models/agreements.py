"""Agreements: who agreed on what with whom, versions of the KPI sheet with their signatures, milestones."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.fields.programme.agreement_states import AgreementState, Side, VersionState
from pandok.fields.programme.models.problems import FieldProblem
from pandok.fields.programme.models.state_history import StateHistory


class Agreement(models.Model):
    """`lines`: of the KPI sheet as it is drafted, then of the version that is locked. `version`: that one, 0 before."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True, help_text="2026-AG-000012")
    problem = models.ForeignKey(FieldProblem, on_delete=models.PROTECT, related_name="agreements")
    state = models.CharField(max_length=12, choices=[(one.value, one.value) for one in AgreementState])
    state_since = models.DateTimeField()
    title = models.CharField(max_length=120)
    lead = models.CharField(max_length=200, help_text="Who carries the trial out")
    members = models.TextField(blank=True, help_text="Further bodies, one a line")
    field_owner_post = models.CharField(max_length=200, blank=True)
    field_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="owned_agreements"
    )
    protocol = models.TextField(blank=True, help_text="How it is measured")
    operation_payer = models.CharField(max_length=200, blank=True)
    fate = models.CharField(max_length=20, blank=True, help_text="Of what was tried, where it is not proven")
    remeasurement_post = models.CharField(max_length=200, blank=True)
    lines = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "programme_agreement"
        ordering = ["-made_at", "-id"]
        indexes = [
            models.Index(fields=["state", "-made_at"], name="agreement_by_state"),
            models.Index(fields=["-made_at", "-id"], name="agreement_newest"),
        ]

    def __str__(self) -> str:
        return self.number


class AgreementEvent(StateHistory):
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="events")
    what = models.CharField(max_length=40, blank=True, help_text="What happened where the state stayed")

    class Meta(StateHistory.Meta):
        db_table = "programme_agreementevent"
        constraints = [models.UniqueConstraint(fields=["agreement", "sequence"], name="one_agreement_event_a_number")]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.sequence}"


class AgreementVersion(models.Model):
    """The KPI sheet as it is offered for signature. `lock`: what it was locked to; `sha256` of that."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=[(one.value, one.value) for one in VersionState])
    lines = models.JSONField()
    terms = models.JSONField(help_text="What is agreed besides the sheet, as it was offered")
    reason = models.TextField()
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    lock = models.JSONField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    locked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "programme_agreementversion"
        ordering = ["version", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"], condition=models.Q(state="offered"), name="one_version_offered_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["agreement", "version"], condition=models.Q(state="locked"), name="one_locked_version_a_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.version}"


class AgreementSignature(AppendOnly):
    """`agrees` false: a member of the committee voted against an amendment. `content`: sha256 of what was signed."""

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Side])
    post = models.CharField(max_length=200)
    body = models.CharField(max_length=200)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    agrees = models.BooleanField(default=True)
    reason = models.TextField(blank=True)
    content = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    class Meta:
        db_table = "programme_agreementsignature"
        ordering = ["signed_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="each_signs_a_version_once")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.person_id}"


class Milestone(models.Model):
    """What is done until when; `evidence`: what shows that it was. `data_set`: by its number; it is reached only by a
    report on that data set's quality that meets its plan."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="milestones")
    title = models.CharField(max_length=200)
    due_on = models.DateField()
    data_set = models.CharField(max_length=20, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    evidence = models.TextField(blank=True)

    class Meta:
        db_table = "programme_milestone"
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.title


class Remeasurement(AppendOnly):
    """To be measured again, by a post, months after the measuring day; there from the first lock on."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="remeasurements")
    months = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    post = models.CharField(max_length=200)
    scheduled_at = models.DateTimeField()

    class Meta:
        db_table = "programme_remeasurement"
        ordering = ["due_on"]
        constraints = [models.UniqueConstraint(fields=["agreement", "months"], name="one_remeasurement_a_term")]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.months}"
