"""Sittings: twenty minutes of training, or a test. At most one picture stands open in each."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models.parties import Site
from pandok.fields.academy.kinds import Said, SittingMode
from pandok.fields.academy.models.certificates import CertificateForm
from pandok.fields.academy.models.courses import Course
from pandok.fields.academy.models.pictures import Picture
from pandok.fields.academy.states import OPEN, SittingState


class Sitting(models.Model):
    """Where a sitting stands now. Only pandok.fields.academy.acts.sitting_moves changes its state.

    `spent_s`: of its minutes, up to `touched_at`. `order`: pictures of a fixed test, in the order in which this person
    is shown them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    trainee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="academy_sittings")
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="sittings")
    mode = models.CharField(max_length=10, choices=[(one.value, one.value) for one in SittingMode])
    form = models.ForeignKey(CertificateForm, null=True, blank=True, on_delete=models.PROTECT, related_name="sittings")
    state = models.CharField(
        max_length=10,
        choices=[(one.value, one.value) for one in SittingState],
        default=SittingState.RUNNING.value,
    )
    state_since = models.DateTimeField()
    begun_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    spent_s = models.FloatField(default=0.0)
    seed = models.BigIntegerField()
    order = models.JSONField(default=list)

    class Meta:
        db_table = "academy_sitting"
        ordering = ["-begun_at"]
        indexes = [models.Index(fields=["trainee", "-begun_at"], name="academy_sitting_mine")]
        constraints = [
            models.UniqueConstraint(
                fields=["trainee"],
                condition=models.Q(state__in=sorted(one.value for one in OPEN)),
                name="one_open_sitting_a_trainee",
            )
        ]

    def __str__(self) -> str:
        return f"{self.mode} {self.begun_at}"

    @property
    def stands(self) -> SittingState:
        return SittingState(self.state)


class Shown(models.Model):
    """The picture that comes next or stands on the screen. `shown_at` None: it was chosen, and its bytes may have been
    fetched, sealed; nobody saw it. `said` blank: not answered yet; else the confidence is awaited, and the answer
    becomes a TrialAnswer."""

    sitting = models.OneToOneField(Sitting, on_delete=models.CASCADE, primary_key=True, related_name="shown")
    number = models.PositiveIntegerField(help_text="From 1 within the sitting")
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="+")
    returns = models.BooleanField(default=False, help_text="Its article was missed and comes back")
    chosen_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True, blank=True)
    said = models.CharField(max_length=10, blank=True, choices=[(one.value, one.value) for one in Said])
    said_at = models.DateTimeField(null=True, blank=True)
    marks = models.JSONField(default=list)
    functions = models.JSONField(default=list)

    class Meta:
        db_table = "academy_shown"

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.number}"
