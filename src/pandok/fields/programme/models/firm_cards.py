"""A firm's card: what it says of itself, and whether everybody sees it. What it has proven stands elsewhere."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models import Party
from pandok.fields.programme.card_states import CardState
from pandok.fields.programme.models.state_history import StateHistory


class FirmCard(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True, help_text="2026-FC-000001")
    party = models.OneToOneField(Party, on_delete=models.PROTECT, related_name="programme_card")
    state = models.CharField(max_length=12, choices=[(one.value, one.value) for one in CardState])
    state_since = models.DateTimeField()
    text_ko = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "programme_firmcard"
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.number


class FirmCardEvent(StateHistory):
    """`wording`: what it said before this event changed it, or nothing."""

    card = models.ForeignKey(FirmCard, on_delete=models.PROTECT, related_name="events")
    wording = models.JSONField(default=dict)

    class Meta(StateHistory.Meta):
        db_table = "programme_firmcardevent"
        constraints = [models.UniqueConstraint(fields=["card", "sequence"], name="one_card_event_a_number")]

    def __str__(self) -> str:
        return f"{self.card_id} {self.sequence}"
