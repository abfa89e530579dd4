"""An inspection: one parcel, bag or container on its way through the loop. The row says where it stands; its events say
how it came there."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.common.models.parties import Site
from pandok.fields.xray.states import InspectionState


class Inspection(models.Model):
    """Where an inspection stands now. Only pandok.fields.xray.acts.inspection_moves changes it, always together with an
    InspectionEvent.

    `help_withheld` and `opened_by_draw` are drawn when it is made, before anybody sees the scan, and are shown to
    nobody until it was read: what help brings, and what readers miss, can be measured by nothing else.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True, help_text="2026-X-000123")
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="inspections")
    begun_at = models.DateTimeField()

    state = models.CharField(
        max_length=12,
        choices=[(one.value, one.value) for one in InspectionState],
        default=InspectionState.WAITING.value,
    )
    state_since = models.DateTimeField()
    due_at = models.DateTimeField(
        null=True, blank=True, help_text="When what was stopped is to be opened at the latest"
    )

    consignment = models.CharField(max_length=60, blank=True, help_text="Parcel, bag or container number, as declared")
    container_type = models.CharField(max_length=4, blank=True, help_text="ISO 6346: 22G1; of containers alone")
    goods = models.CharField(max_length=300, blank=True)
    hs_code = models.CharField(max_length=10, blank=True)
    origin = models.CharField(max_length=2, blank=True, help_text="ISO 3166-1 alpha-2")
    quantity = models.CharField(max_length=7, blank=True, help_text="Declared pieces: digits")
    mass_g = models.PositiveIntegerField(null=True, blank=True, help_text="Declared gross mass")
    value_krw = models.CharField(max_length=12, blank=True, help_text="Declared value: digits, whole won")

    help_withheld = models.BooleanField()
    opened_by_draw = models.BooleanField()
    from_generator = models.BooleanField(default=False, help_text="Its scan was computed, not taken")

    class Meta:
        db_table = "xray_inspection"
        ordering = ["begun_at", "number"]
        indexes = [
            models.Index(fields=["site", "state", "begun_at", "number"], name="inspection_site_state"),
            models.Index(fields=["state", "begun_at", "number"], name="inspection_state"),
            models.Index(fields=["hs_code", "begun_at"], name="inspection_hs"),
            models.Index(fields=["due_at"], name="inspection_due", condition=models.Q(due_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def stands(self) -> InspectionState:
        return InspectionState(self.state)


class InspectionEvent(AppendOnly):
    """One step of an inspection. `actor` is null where the draw or the clock led it."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    from_state = models.CharField(max_length=12, blank=True)
    to_state = models.CharField(max_length=12)
    reason = models.TextField(blank=True)

    class Meta:
        db_table = "xray_inspectionevent"
        ordering = ["sequence"]
        constraints = [models.UniqueConstraint(fields=["inspection", "sequence"], name="one_inspection_event_a_place")]

    def __str__(self) -> str:
        return f"{self.inspection_id} {self.sequence} {self.to_state}"
