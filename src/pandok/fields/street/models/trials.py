"""Trials of a test bed: what is asked and how it is measured, written before they begin; and what came of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.fields.street.hazard_kinds import HazardKind
from pandok.fields.street.models.places import TestBed
from pandok.fields.street.trial_measures import Measure


class Trial(AppendOnly):
    """Registered before its first day, and never changed. `sha256`: of what was registered."""

    test_bed = models.ForeignKey(TestBed, on_delete=models.PROTECT, related_name="trials")
    hazard = models.CharField(max_length=12, choices=[(one.value, one.value) for one in HazardKind])
    question = models.TextField()
    plan = models.TextField(help_text="How it is measured, and against what")
    measure = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Measure])
    threshold = models.FloatField()
    first_on = models.DateField()
    last_on = models.DateField()
    sha256 = models.CharField(max_length=64)
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "street_trial"
        ordering = ["-registered_at", "-pk"]


class TrialResult(AppendOnly):
    """What came of it, by its own measure. `value` null: it could not be measured, or it was given up."""

    trial = models.OneToOneField(Trial, on_delete=models.PROTECT, related_name="result")
    value = models.FloatField(null=True)
    figures = models.JSONField(help_text="Counts behind the value")
    given_up = models.BooleanField(default=False)
    learnt = models.TextField(help_text="What was learnt, also where it was not reached")
    concluded_at = models.DateTimeField()
    concluded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "street_trialresult"
