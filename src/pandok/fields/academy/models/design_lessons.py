"""Lessons from closed cases of the desk: which register entry is it, or is nothing close?"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.fields.academy.states import LessonState
from pandok.fields.counterfeit.models import Case
from pandok.fields.register.models import Design


class DesignLesson(models.Model):
    """One closed case. `photograph_sha256`: what is shown. `choices`: ids of the five register entries, in the order in
    which they stand. `answer`: the one that was confirmed; None: nothing was close. `program_said`: what the reader
    program answered, shown after the trainee's own answer alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="lessons")
    photograph_sha256 = models.CharField(max_length=64, db_index=True)
    choices = models.JSONField(default=list)
    answer = models.ForeignKey(Design, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    program_said = models.JSONField(default=dict)
    note_ko = models.TextField(blank=True, help_text="What tells them apart, in words")
    note_en = models.TextField(blank=True)

    state = models.CharField(
        max_length=12,
        choices=[(one.value, one.value) for one in LessonState],
        default=LessonState.DRAFT.value,
    )
    state_since = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        db_table = "academy_designlesson"
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=~models.Q(state=LessonState.RETIRED.value),
                name="one_standing_lesson_a_case",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"

    @property
    def stands(self) -> LessonState:
        return LessonState(self.state)


class DesignAnswer(AppendOnly):
    """`chosen` None: nothing is close. `right`: as the closed case says."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lesson = models.ForeignKey(DesignLesson, on_delete=models.PROTECT, related_name="answers")
    trainee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="design_answers")
    chosen = models.ForeignKey(Design, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    right = models.BooleanField()
    confidence = models.PositiveSmallIntegerField(null=True, blank=True)
    shown_at = models.DateTimeField()
    answered_at = models.DateTimeField()

    class Meta:
        db_table = "academy_designanswer"
        ordering = ["answered_at"]
        indexes = [models.Index(fields=["trainee", "answered_at"], name="academy_design_answers")]
