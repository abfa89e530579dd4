"""Webhooks: where an agency's system wants to be told of events, and what it was told."""

from __future__ import annotations

import json
import uuid

from django.conf import settings
from django.db import models

from pandok.common.models.deliveries import Delivery


class WebhookEndpoint(models.Model):
    """One address. It is told only of cases that its account may see. Only pandok.common.messages.webhooks changes
    it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="webhooks")
    title = models.CharField(max_length=100)
    url = models.CharField(max_length=2000)
    events = models.JSONField(default=list)
    sealed_secret = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "desk_webhookendpoint"
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.title


class WebhookDelivery(models.Model):
    """One event for one endpoint. Sending again makes another row with the same `event_id`; how far it came stands in
    `delivery`."""

    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.CASCADE, related_name="deliveries")
    delivery = models.OneToOneField(Delivery, on_delete=models.PROTECT, related_name="webhook")
    event = models.CharField(max_length=30)
    event_id = models.UUIDField()
    round = models.PositiveIntegerField(default=1, help_text="How often it was asked for")
    case_id = models.UUIDField(null=True, help_text="The record of a field that the event is about")
    sequence = models.PositiveIntegerField(help_text="Place in the history of the case")
    at = models.DateTimeField()

    class Meta:
        db_table = "desk_webhookdelivery"
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["endpoint", "event_id", "round"], name="one_webhook_a_turn")]

    @property
    def number(self) -> str:
        """Of the case that was told of, as it was told; "" for a test and for a text that was erased."""
        try:
            return str((json.loads(self.delivery.body_text)["case"] or {}).get("number", ""))
        except (ValueError, KeyError):
            return ""

    def __str__(self) -> str:
        return f"{self.event} {self.event_id}"
