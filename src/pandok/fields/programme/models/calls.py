"""Calls: what is asked for, by when, with which money, and by which criteria it is judged."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.fields.programme.call_kinds import CallKind
from pandok.fields.programme.call_states import CallState
from pandok.fields.programme.call_text import NamesShown
from pandok.fields.programme.models.problems import FieldProblem
from pandok.fields.programme.models.state_history import StateHistory


class Call(models.Model):
    """`sha256`: of all that it said when it was published; it is not changed after that."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True, help_text="2026-CA-000001")
    state = models.CharField(max_length=12, choices=[(one.value, one.value) for one in CallState])
    state_since = models.DateTimeField()
    kind = models.CharField(max_length=16, choices=[(one.value, one.value) for one in CallKind])
    title = models.CharField(max_length=120)
    body = models.TextField()
    problems = models.ManyToManyField(FieldProblem, blank=True, related_name="calls")
    eligible = models.TextField(help_text="Who may apply")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    money_krw = models.BigIntegerField(null=True, blank=True)
    money_on = models.DateField(null=True, blank=True)
    money_source = models.CharField(max_length=200, blank=True)
    criteria = models.JSONField(help_text="Key, name, weight and what is looked at; the weights come to 100")
    tie_years = models.PositiveSmallIntegerField(help_text="For how many years a tie of a reviewer still counts")
    least_reviewers = models.PositiveSmallIntegerField()
    places = models.PositiveSmallIntegerField(help_text="How many are selected at most")
    names_shown = models.CharField(max_length=10, choices=[(one.value, one.value) for one in NamesShown])
    sha256 = models.CharField(max_length=64, blank=True)
    scores_due_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "programme_call"
        ordering = ["-made_at", "-id"]
        indexes = [
            models.Index(fields=["state", "-made_at"], name="call_by_state"),
            models.Index(fields=["-made_at", "-id"], name="call_newest"),
            models.Index(fields=["-published_at"], name="call_published"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens_at__lt=models.F("closes_at")), name="a_call_closes_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CallEvent(StateHistory):
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="events")
    what = models.CharField(max_length=40, blank=True, help_text="What happened where the state stayed")

    class Meta(StateHistory.Meta):
        db_table = "programme_callevent"
        constraints = [models.UniqueConstraint(fields=["call", "sequence"], name="one_call_event_a_number")]

    def __str__(self) -> str:
        return f"{self.call_id} {self.sequence}"
