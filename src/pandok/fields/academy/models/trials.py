"""What a trainee answered to one picture. Rows are added, never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.fields.academy.kinds import Said
from pandok.fields.academy.models.articles import Article
from pandok.fields.academy.models.pictures import Picture
from pandok.fields.academy.models.sittings import Sitting


class TrialAnswer(AppendOnly):
    """`said`: stop, clear, or timed out; `confidence`: 1 to 5, None where it timed out. `located`: a mark touches the
    article. `threat` and `article` are those of the picture, for counting."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="answers")
    number = models.PositiveIntegerField(help_text="From 1 within the sitting")
    trainee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="trial_answers")
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="answers")
    article = models.ForeignKey(Article, null=True, blank=True, on_delete=models.PROTECT, related_name="answers")
    threat = models.BooleanField()
    shown_at = models.DateTimeField()
    said_at = models.DateTimeField()
    answered_at = models.DateTimeField(help_text="When the confidence came and the row was kept")
    said = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Said])
    marks = models.JSONField(default=list, help_text="View and box in pixels of the standard view")
    located = models.BooleanField()
    confidence = models.PositiveSmallIntegerField(null=True, blank=True)
    functions = models.JSONField(default=list, help_text="Image functions that were used, in order")
    returns = models.BooleanField(default=False, help_text="Its article was missed before and came back")

    class Meta:
        db_table = "academy_trialanswer"
        ordering = ["answered_at", "id"]
        constraints = [models.UniqueConstraint(fields=["sitting", "number"], name="one_answer_a_picture_shown")]
        indexes = [models.Index(fields=["trainee", "answered_at"], name="academy_answer_mine")]

    @property
    def stopped(self) -> bool:
        return bool(self.said == Said.STOP)

    @property
    def seconds(self) -> float:
        return (self.said_at - self.shown_at).total_seconds()
