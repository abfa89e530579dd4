"""Measurements of the KPIs of an agreement, as they came out."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.core.programme.evidence import Evidence, Occasion
from pandok.fields.programme.models.agreements import Agreement, AgreementVersion, Remeasurement


class Measurement(AppendOnly):
    """`values`: the whole of it (`core/programme/evidence`), `sha256` of that. `again`: which one after the end.
    `measured_by` None: at the command line."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True, help_text="2026-KM-000012")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="measurements")
    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="measurements")
    again = models.ForeignKey(
        Remeasurement, null=True, blank=True, on_delete=models.PROTECT, related_name="measurements"
    )
    occasion = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Occasion])
    values = models.JSONField()
    sha256 = models.CharField(max_length=64)
    measured_at = models.DateTimeField()
    measured_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "programme_measurement"
        ordering = ["-measured_at", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["version"], condition=models.Q(occasion="final"), name="one_final_measurement_a_version"
            ),
            models.UniqueConstraint(
                fields=["again"], condition=models.Q(again__isnull=False), name="one_measurement_a_term_afterwards"
            ),
        ]

    @property
    def evidence(self) -> Evidence:
        return Evidence.model_validate(self.values)

    def __str__(self) -> str:
        return self.number
