"""Filters of the work list that a person gave a name."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class SavedFilter(models.Model):
    """One person's own; `query` holds the fields of pandok.fields.counterfeit.lists.cases.CaseFilter that are set."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters")
    name = models.CharField(max_length=60)
    query = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "desk_savedfilter"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["account", "name"], name="one_filter_a_name")]

    def __str__(self) -> str:
        return self.name
