"""The second look at a picture that people are measured or tested with. Rows are added, never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.fields.academy.models.pictures import Picture


class PictureLook(AppendOnly):
    """Of somebody who made neither the picture nor its article: whether it may be measured or tested with. Nobody meets
    it in a sitting before. Once a picture: what was rejected stays out of its set."""

    picture = models.OneToOneField(Picture, on_delete=models.PROTECT, related_name="look")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    accepted = models.BooleanField()
    reason = models.TextField(blank=True, help_text="Why it was rejected")

    class Meta:
        db_table = "academy_picturelook"
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.picture_id} {self.accepted}"
