"""Courses: how long a picture stands, how long a sitting lasts, what has to be reached."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.core.text import Text
from pandok.fields.academy.kinds import CourseKind


class Course(models.Model):
    """`pass_d_a`: the lower bound of d_a that a certificate asks for; None: the course gives none. `test_pictures`: of
    each of its tests. `machine_class`: of its pictures; blank: of any."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title_ko = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in CourseKind])
    machine_class = models.CharField(max_length=12, blank=True)
    seconds = models.PositiveSmallIntegerField(help_text="That a picture stands: 3 to 60")
    minutes = models.PositiveSmallIntegerField(default=20, help_text="Of a sitting")
    threat_share = models.FloatField(default=0.5)
    test_pictures = models.PositiveSmallIntegerField(default=120)
    pass_d_a = models.FloatField(null=True, blank=True)
    valid_months = models.PositiveSmallIntegerField(default=12)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "academy_course"
        ordering = ["made_at", "title_ko"]
        constraints = [
            models.CheckConstraint(condition=models.Q(seconds__gte=3, seconds__lte=60), name="seconds_of_a_picture"),
            models.CheckConstraint(
                condition=models.Q(threat_share__gt=0, threat_share__lt=1), name="threats_and_harmless"
            ),
        ]

    def __str__(self) -> str:
        return self.title_en

    @property
    def title(self) -> Text:
        return Text(ko=self.title_ko, en=self.title_en)
