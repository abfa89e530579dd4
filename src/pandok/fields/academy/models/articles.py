"""Articles: what a threat or a harmless object is. A picture shows one of them in one bag."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.core.text import Text
from pandok.fields.academy.kinds import ArticleKind, ArticleSource, PictureSet
from pandok.fields.academy.states import LessonState


class Article(models.Model):
    """Its pictures are shown while it is in use. `look_alike`: the innocent one that is taken for it, or the threat
    that it is taken for. `set`: an article stands in one set alone, so that what is trained is never tested."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name_ko = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in ArticleKind])
    set = models.CharField(max_length=12, choices=[(one.value, one.value) for one in PictureSet])
    look_alike = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="look_alikes")
    source = models.CharField(max_length=12, choices=[(one.value, one.value) for one in ArticleSource])
    recipe = models.JSONField(default=dict, help_text="Of the generator: name, sizes, seed; of a cut: where it was")
    inspection_number = models.CharField(max_length=20, blank=True, help_text="Of a seizure: 2026-X-000123")
    lesson = models.TextField(blank=True, help_text="What to look for, in words")

    state = models.CharField(
        max_length=12,
        choices=[(one.value, one.value) for one in LessonState],
        default=LessonState.DRAFT.value,
    )
    state_since = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        db_table = "academy_article"
        ordering = ["made_at", "name_ko"]
        indexes = [models.Index(fields=["state", "set", "kind"], name="academy_article_use")]

    def __str__(self) -> str:
        return self.name_en

    @property
    def words(self) -> Text:
        return Text(ko=self.name_ko, en=self.name_en)

    @property
    def stands(self) -> LessonState:
        return LessonState(self.state)
