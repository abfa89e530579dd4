"""What somebody wrote into a form while the session was over, kept until that person is back."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class KeptForm(models.Model):
    """The fields of one form, for its own account only. Never a password, code or file."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=500)
    """Where the form goes."""
    page = models.CharField(max_length=500, blank=True)
    """The page on which it stood."""
    fields = models.JSONField(default=list)
    """Names and values in their order."""
    had_files = models.BooleanField(default=False)
    at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "desk_keptform"

    def __str__(self) -> str:
        return str(self.id)
