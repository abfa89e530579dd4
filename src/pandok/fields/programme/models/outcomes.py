"""The ledger of outcomes (성과 원장): what came of an agreement, with its evidence, and who else checked it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.fields.programme.models.agreements import Agreement
from pandok.fields.programme.outcome_kinds import OutcomeKind


class Outcome(AppendOnly):
    """`registration`: the number by which it is known elsewhere, in one form. `figure`: of an effect, in the unit of
    its kind. `share_percent`: how much of it is owed to this agreement. From `owner` on: the table of who owns it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True, help_text="2026-OC-000012")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="outcomes")
    kind = models.CharField(max_length=16, choices=[(one.value, one.value) for one in OutcomeKind])
    title = models.CharField(max_length=300)
    registration = models.CharField(max_length=100, blank=True)
    happened_on = models.DateField()
    figure = models.FloatField(null=True)
    share_percent = models.FloatField()
    source = models.CharField(max_length=300, help_text="Where it can be looked up")
    owner = models.CharField(max_length=200)
    maker = models.CharField(max_length=200)
    licence = models.CharField(max_length=200, blank=True)
    state_right = models.CharField(max_length=200, blank=True, help_text="What the state may do with it")
    territory = models.CharField(max_length=100, blank=True)
    expires_on = models.DateField(null=True)
    filename = models.CharField(max_length=200)
    media_type = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        db_table = "programme_outcome"
        ordering = ["-entered_at", "-number"]
        indexes = [models.Index(fields=["kind", "registration"], name="outcome_by_registration")]

    def __str__(self) -> str:
        return self.number


class OutcomeCheck(AppendOnly):
    """By another person than who entered it. `holds` false: it counts nowhere."""

    outcome = models.OneToOneField(Outcome, on_delete=models.PROTECT, related_name="check_made")
    holds = models.BooleanField()
    reason = models.TextField()
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()

    class Meta:
        db_table = "programme_outcomecheck"

    def __str__(self) -> str:
        return f"{self.outcome_id} {self.holds}"
