"""The register of problems: what hurts whom, who has it too, and what became of it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.fields.programme.models.state_history import StateHistory
from pandok.fields.programme.problem_text import NAMES, ProblemSaid
from pandok.fields.programme.states import ProblemState
from pandok.fields.programme.topics import KoreanRegion, Topic


class FieldProblem(models.Model):
    """`body`: whose problem it is, as a key (`body_of`); `body_name`: as it was called then. `shared_by`: how many
    bodies besides have said that they have it too. `published`: shown to everybody, without its proposer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True, help_text="2026-FP-000123")
    state = models.CharField(max_length=12, choices=[(one.value, one.value) for one in ProblemState])
    state_since = models.DateTimeField()
    title = models.CharField(max_length=120)
    topic = models.CharField(max_length=16, choices=[(one.value, one.value) for one in Topic])
    region = models.CharField(max_length=12, choices=[(one.value, one.value) for one in KoreanRegion])
    place = models.CharField(max_length=200, blank=True, help_text="Where exactly")
    who_suffers = models.TextField()
    how_often = models.CharField(max_length=200)
    today_value = models.FloatField(null=True, blank=True)
    today_unit = models.CharField(max_length=60, blank=True)
    counted_on = models.DateField(null=True, blank=True)
    counted_how = models.TextField(blank=True)
    decision = models.TextField(help_text="The decision that would change")
    data_there = models.TextField(blank=True)
    operator = models.CharField(max_length=200, blank=True, help_text="Who would run it and pay for it")
    legal_limits = models.TextField(blank=True)
    body = models.CharField(max_length=60)
    body_name = models.CharField(max_length=300)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="field_problems")
    proposed_at = models.DateTimeField()
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    shared_by = models.PositiveIntegerField(default=0)
    published = models.BooleanField(default=False)

    class Meta:
        db_table = "programme_fieldproblem"
        ordering = ["-proposed_at", "-id"]
        indexes = [
            models.Index(fields=["-proposed_at", "-id"], name="problem_newest"),
            models.Index(fields=["state", "-proposed_at"], name="problem_by_state"),
            models.Index(fields=["topic", "-proposed_at"], name="problem_by_topic"),
            models.Index(fields=["region", "-proposed_at"], name="problem_by_region"),
            models.Index(fields=["published", "-shared_by"], name="problem_public"),
            models.Index(fields=["proposed_by", "-proposed_at"], name="problem_own"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(published=False) | models.Q(state__in=["accepted", "answered"]),
                name="what_is_public_was_accepted",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def said(self) -> ProblemSaid:
        return ProblemSaid(**{name: getattr(self, name) for name in NAMES})


class ProblemEvent(StateHistory):
    """History of a problem. `wording`: what it said before this event changed it, or nothing."""

    problem = models.ForeignKey(FieldProblem, on_delete=models.PROTECT, related_name="events")
    wording = models.JSONField(default=dict)

    class Meta(StateHistory.Meta):
        db_table = "programme_problemevent"
        constraints = [models.UniqueConstraint(fields=["problem", "sequence"], name="one_problem_event_a_number")]

    def __str__(self) -> str:
        return f"{self.problem_id} {self.sequence}"


class ProblemShare(models.Model):
    """We have this too (우리도 있음): a body says it once, and may take it back."""

    problem = models.ForeignKey(FieldProblem, on_delete=models.PROTECT, related_name="shares")
    body = models.CharField(max_length=60)
    body_name = models.CharField(max_length=300)
    region = models.CharField(max_length=12, choices=[(one.value, one.value) for one in KoreanRegion])
    note = models.TextField(help_text="How it is there")
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "programme_problemshare"
        ordering = ["said_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["problem", "body"], condition=models.Q(until=None), name="one_share_of_a_problem_a_body"
            )
        ]

    def __str__(self) -> str:
        return f"{self.problem_id} {self.body}"
