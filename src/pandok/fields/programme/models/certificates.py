"""Certificates of trials: what is certified, by whom, and whether it still holds."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.fields.programme.certificate_states import CertificateKind, CertificateState
from pandok.fields.programme.models.agreements import Agreement
from pandok.fields.programme.models.evidence import Measurement
from pandok.fields.programme.models.state_history import StateHistory


class TrialCertificate(models.Model):
    """`content`: the facts as they were issued, `sha256` of them, `envelope`: the same signed with the site's key.
    `code`: whoever has it with the number may see what is certified; it cannot be guessed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True, help_text="2026-TC-000012")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="certificates")
    measurement = models.ForeignKey(Measurement, on_delete=models.PROTECT, related_name="certificates")
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in CertificateKind])
    state = models.CharField(max_length=12, choices=[(one.value, one.value) for one in CertificateState])
    state_since = models.DateTimeField()
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    code = models.CharField(max_length=30, blank=True)
    content = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, blank=True)
    envelope = models.JSONField(default=dict)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(null=True)
    withdrawal_reason = models.TextField(blank=True)
    withdrawal_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "programme_trialcertificate"
        ordering = ["-drafted_at", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["measurement", "kind"],
                condition=models.Q(state__in=["drafted", "issued", "withdrawing"]),
                name="one_certificate_of_a_kind_a_measurement",
            )
        ]

    def __str__(self) -> str:
        return self.number


class TrialCertificateEvent(StateHistory):
    certificate = models.ForeignKey(TrialCertificate, on_delete=models.PROTECT, related_name="events")

    class Meta(StateHistory.Meta):
        db_table = "programme_trialcertificateevent"
        constraints = [
            models.UniqueConstraint(fields=["certificate", "sequence"], name="one_certificate_event_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.sequence}"
