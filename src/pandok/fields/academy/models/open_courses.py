"""Open courses: what somebody answered, and that they got to the end."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.core.text import Text
from pandok.fields.lab.models import Submission


class CourseAnswer(AppendOnly):
    """One answer to a question of an open course, right or not. `course` and `question`: their names
    (pandok.fields.academy.open_courses)."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    course = models.CharField(max_length=40)
    question = models.CharField(max_length=40)
    given = models.FloatField()
    right = models.BooleanField()
    answered_at = models.DateTimeField()

    class Meta:
        db_table = "academy_courseanswer"
        ordering = ["answered_at"]
        indexes = [models.Index(fields=["account", "course", "question"], name="course_answer_own")]

    def __str__(self) -> str:
        return f"{self.course} {self.question} {self.right}"


class CourseCompletion(AppendOnly):
    """All questions answered, and a model handed in to the course's problem. `name`: of the person, as it was then."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True, help_text="2026-C-000001")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    course = models.CharField(max_length=40)
    title_ko = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    answers = models.JSONField(default=list, help_text="Question in both languages, answer, unit; as they were then")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    completed_at = models.DateTimeField()

    class Meta:
        db_table = "academy_coursecompletion"
        ordering = ["completed_at"]
        constraints = [models.UniqueConstraint(fields=["account", "course"], name="one_completion_a_course")]

    def __str__(self) -> str:
        return self.number

    @property
    def title(self) -> Text:
        return Text(ko=self.title_ko, en=self.title_en)
