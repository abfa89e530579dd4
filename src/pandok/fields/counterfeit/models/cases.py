"""A case: one signal's way through the loop. The row says where it stands; its events say how it came there."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Cast, Substr

from pandok.common.models.append_only import AppendOnly
from pandok.common.models.parties import Party, Site
from pandok.fields.counterfeit.outcomes import Disposition, Finding
from pandok.fields.counterfeit.states import Turn
from pandok.fields.designs.models.signals import ReadingRecord, Signal
from pandok.fields.register.models import Design


class Case(models.Model):
    """Where a case stands now. Only pandok.fields.counterfeit.acts.cases changes it, always together with a
    CaseEvent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True, help_text="2026-000123")
    serial = models.GeneratedField(
        expression=Cast(Substr("number", 1, 4), models.BigIntegerField()) * 10_000_000
        + Cast(Substr("number", 6), models.BigIntegerField()),
        output_field=models.BigIntegerField(),
        db_persist=True,
        unique=True,
    )
    """The number as a whole number: breaks ties in lists, and is the row number of the search index."""
    signal = models.OneToOneField(Signal, on_delete=models.PROTECT, related_name="case")
    reading = models.ForeignKey(ReadingRecord, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="cases")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="cases")
    opened_at = models.DateTimeField()
    law_version = models.CharField(max_length=20)

    state = models.CharField(max_length=24, help_text="A value of pandok.fields.counterfeit.states.State")
    state_since = models.DateTimeField()
    turn = models.CharField(max_length=12, choices=[(turn.value, turn.value) for turn in Turn])
    due_at = models.DateTimeField(null=True, blank=True, help_text="The next running clock's end")
    closed_at = models.DateTimeField(null=True, blank=True)

    item_name = models.CharField(max_length=200, blank=True)
    hs_code = models.CharField(max_length=10, blank=True)
    parcel_number = models.CharField(max_length=60, blank=True)
    bl_number = models.CharField(max_length=60, blank=True)
    value_krw = models.CharField(max_length=12, blank=True, default="", help_text="Declared value: digits, whole won")
    quantity = models.CharField(max_length=7, blank=True, default="", help_text="Declared pieces: digits")

    design = models.ForeignKey(Design, null=True, blank=True, on_delete=models.PROTECT, related_name="cases")
    locarno_class = models.CharField(max_length=5, blank=True)
    candidate_rank = models.PositiveSmallIntegerField(null=True, blank=True)
    candidate_probability = models.FloatField(null=True, blank=True)
    holder = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="held_cases")
    importer = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="import_cases")
    appraiser = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="appraisals")

    finding = models.CharField(max_length=20, blank=True, choices=[(one.value, one.value) for one in Finding])
    disposition = models.CharField(max_length=12, blank=True, choices=[(one.value, one.value) for one in Disposition])
    words = models.TextField(blank=True, help_text="What free text search looks at, normalised")

    class Meta:
        db_table = "desk_case"
        ordering = ["-opened_at"]
        indexes = [
            # Each work list is read in order from one of these; tests/fields/counterfeit/acts/cases/test_plans.py
            # looks at the plans.
            models.Index(fields=["officer", "turn", "due_at"], name="case_mine"),
            models.Index(fields=["officer", "-opened_at", "-serial"], name="case_officer"),
            models.Index(fields=["site", "-opened_at", "-serial"], name="case_site"),
            models.Index(fields=["site", "state", "-opened_at", "-serial"], name="case_site_state"),
            models.Index(fields=["site", "turn", "-opened_at", "-serial"], name="case_site_turn"),
            models.Index(fields=["state", "-opened_at", "-serial"], name="case_state"),
            models.Index(fields=["turn", "-opened_at", "-serial"], name="case_turn"),
            models.Index(fields=["holder", "-opened_at", "-serial"], name="case_holder"),
            models.Index(fields=["importer", "state"], name="case_importer"),
            models.Index(fields=["appraiser", "state"], name="case_appraiser"),
            models.Index(
                Substr("locarno_class", 1, 2),
                models.F("opened_at").desc(),
                models.F("serial").desc(),
                name="case_class",
            ),
            models.Index(fields=["-opened_at", "-serial"], name="case_opened"),
            models.Index(fields=["due_at"], name="case_due", condition=models.Q(due_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.number


class CaseEvent(AppendOnly):
    """One step of a case. `actor` is null where the clock or the reader moved it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.CharField(max_length=12, help_text="The turn in which the actor acted")
    kind = models.CharField(max_length=40)
    from_state = models.CharField(max_length=24, blank=True)
    to_state = models.CharField(max_length=24)
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        db_table = "desk_caseevent"
        ordering = ["sequence"]
        constraints = [models.UniqueConstraint(fields=["case", "sequence"], name="one_event_a_place")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.sequence} {self.kind}"


class CaseClock(models.Model):
    """A legal term that runs or ran for a case. `rule` is an id of the case's law version."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clocks")
    rule = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    days = models.PositiveIntegerField(null=True, blank=True, help_text="Its length as it started; null: by the rule")
    extended_days = models.PositiveIntegerField(default=0, help_text="Days of the same kind that customs added")
    owner = models.CharField(max_length=12)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.CharField(
        max_length=10, blank=True, help_text="How it ended: pandok.fields.counterfeit.acts.cases.clocks"
    )

    class Meta:
        db_table = "desk_caseclock"
        ordering = ["due_at"]
        indexes = [models.Index(fields=["due_at"], name="clock_running", condition=models.Q(stopped_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.case_id} {self.rule} {self.due_at}"


class ClockReminder(models.Model):
    """A reminder that was given, so that none is given twice."""

    clock = models.ForeignKey(CaseClock, on_delete=models.CASCADE, related_name="reminders")
    days_before = models.SmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "desk_clockreminder"
        constraints = [models.UniqueConstraint(fields=["clock", "days_before"], name="one_reminder_each")]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.days_before}"
