"""Forms that were taken, so that one that is sent twice acts once."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class FormTaken(models.Model):
    """The number that a form carried; the row is made in the transaction of what the form did."""

    id = models.UUIDField(primary_key=True, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "desk_formtaken"

    def __str__(self) -> str:
        return str(self.id)
