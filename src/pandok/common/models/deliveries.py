"""Messages that leave the house: what was sent to whom by which channel, and how far it came."""

from __future__ import annotations

import uuid

from django.db import models


class DeliveryState(models.TextChoices):
    """`sending` is stored before the message leaves; what is still so after a crash may or may not have left.

    `filed`: this site has no mail server, so the mail was written to a file and has reached nobody.
    """

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FILED = "filed"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Delivery(models.Model):
    """One message to one recipient; the same `key` is the same message. Only pandok.common.messages changes it."""

    class Channel(models.TextChoices):
        MAIL = "mail"
        WEBHOOK = "webhook"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    key = models.CharField(max_length=200, unique=True)
    recipient = models.CharField(max_length=2000, help_text="Mail address, or address of the webhook")
    endpoint = models.CharField(max_length=100, blank=True, help_text="Whose secret signs a webhook")
    subject = models.CharField(max_length=300, blank=True)
    body_text = models.TextField(blank=True)
    sealed = models.BooleanField(default=False)
    """Whether `body_text` is sealed: it holds a link that opens something, and is erased once the mail has left."""
    body_html_sha256 = models.CharField(max_length=64, blank=True)
    body_sha256 = models.CharField(max_length=64)
    attachments = models.JSONField(default=list)
    """For each attachment `sha256` (of the stored file), `filename` and `media_type`."""
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    provider_message_id = models.CharField(max_length=300, blank=True)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    sending_since = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "desk_delivery"
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "-created_at"], name="delivery_state")]

    def __str__(self) -> str:
        return f"{self.channel} {self.state} {self.key}"
