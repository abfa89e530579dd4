"""The ledger of training minutes: a chain of hashes for each trainee. Rows are added, never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.fields.academy.models.sittings import Sitting


class TrainingMinutes(AppendOnly):
    """What counts of one stretch of a sitting, from its start or the last pause to the next pause or its end.

    `hash`: SHA-256 over all other columns and `previous`, the hash of the trainee's row before; `answers_sha256`: over
    the answers of the stretch, so that a changed answer shows as well (pandok.fields.academy.ledger_chain).
    """

    trainee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="training_minutes")
    sequence = models.PositiveIntegerField(help_text="From 1, without gaps")
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="minutes")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    seconds = models.PositiveIntegerField(help_text="That count: gaps up to 60 s")
    pictures = models.PositiveIntegerField()
    first_number = models.PositiveIntegerField(help_text="Of the answers of the stretch")
    answers_sha256 = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "academy_trainingminutes"
        ordering = ["trainee", "sequence"]
        constraints = [models.UniqueConstraint(fields=["trainee", "sequence"], name="one_training_row_a_place")]
