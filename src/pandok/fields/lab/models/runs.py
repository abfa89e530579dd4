"""Runs: one submission on one sealed part under one registration, where it stands, and every step it took."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from pandok.common.models.append_only import AppendOnly
from pandok.core.lab.problem import Part
from pandok.fields.lab.models.problems import LockedRegistration
from pandok.fields.lab.models.submissions import Submission
from pandok.fields.lab.states.run_states import RunState

IN_HANDS = (RunState.LEASED, RunState.CHECKING, RunState.RUNNING, RunState.SCORING)
"""A worker holds these, under a lease."""


class Run(models.Model):
    """Where a run stands. Only pandok.fields.lab.acts.runs.run_moves changes it, always together with a RunEvent.

    `fencing` rises with every lease; whoever comes with an older number changes nothing. `charged`: it counts against
    the submitter's budget. `died_at_case` is for the operator only.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="runs")
    registration = models.ForeignKey(LockedRegistration, on_delete=models.PROTECT, related_name="runs")
    submitter = models.CharField(max_length=40, help_text="As of the submission; budgets are counted by it")
    part = models.CharField(max_length=10, choices=[(part.value, part.value) for part in Part])
    state = models.CharField(max_length=20, choices=[(one.value, one.value) for one in RunState])
    state_since = models.DateTimeField()
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True, help_text="First lease")
    ended_at = models.DateTimeField(null=True, blank=True, help_text="Scored, or ended otherwise")
    fencing = models.PositiveIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0, help_text="How often a worker took it")
    leased_by = models.CharField(max_length=120, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    charged = models.BooleanField(default=True)
    checked_at = models.DateTimeField(null=True, blank=True, help_text="The checks on public cases were passed")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    sandbox_level = models.PositiveSmallIntegerField(null=True, blank=True)
    environment = models.JSONField(default=dict, help_text="Versions that the outputs depend on")
    refusal_code = models.CharField(max_length=40, blank=True, help_text="Why it ended badly, by a code")
    refusals = models.JSONField(default=list, help_text="[{code, where, said}]: of the model and public cases only")
    died_at = models.CharField(max_length=20, blank=True, help_text="Stage in which it ended badly")
    died_at_case = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-queued_at"]
        indexes = [
            models.Index(fields=["queued_at"], name="run_queued", condition=Q(state=RunState.QUEUED.value)),
            models.Index(fields=["lease_until"], name="run_leased", condition=Q(lease_until__isnull=False)),
            models.Index(fields=["registration", "part", "submitter"], name="run_budget"),
        ]

    @property
    def stands(self) -> RunState:
        return RunState(self.state)

    def __str__(self) -> str:
        return f"{self.pk} {self.part} {self.state}"


class RunEvent(AppendOnly):
    """One step of a run. `actor` is null where a worker or the clock moved it."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField()
    at = models.DateTimeField()
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20)
    fencing = models.PositiveIntegerField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    worker = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["sequence"]
        constraints = [models.UniqueConstraint(fields=["run", "sequence"], name="one_run_event_a_place")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.sequence} {self.to_state}"


class CaseOutput(AppendOnly):
    """What the model answered in one sealed case. Never shown to a submitter, in no form.

    `value` is `Answer.values` as a list (pandok.core.lab.case), `output_sha256` the hash of the raw output tensor;
    where there is none, `missing` says why, by a code.
    """

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="outputs")
    number = models.PositiveIntegerField(help_text="Place of the case in the order of case_id")
    case_id = models.CharField(max_length=200)
    output_sha256 = models.CharField(max_length=64, blank=True)
    value = models.JSONField(null=True)
    ms = models.FloatField(default=0.0)
    missing = models.CharField(max_length=40, blank=True)
    fencing = models.PositiveIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "case_id"], name="one_output_a_case"),
            models.UniqueConstraint(fields=["run", "number"], name="one_output_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.number}"
