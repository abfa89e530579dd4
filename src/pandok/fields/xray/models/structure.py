"""Empty containers of a site, and what comparing with them found of masses that were put into their scans."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.common.models.parties import Site


class EmptyContainer(models.Model):
    """The scan of one empty container: what is usual in the structure of its type. Only the plane that is compared is
    kept; `digest`: of the files that it came in. One that was taken for empty by mistake is withdrawn."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="empty_containers")
    container_type = models.CharField(max_length=4, help_text="ISO 6346: 22G1")
    response = models.CharField(max_length=60, help_text="Spectra of the machine, by their name")
    from_generator = models.BooleanField(default=False, help_text="Its scan was computed, not taken")
    rows = models.PositiveIntegerField()
    columns = models.PositiveIntegerField()
    planes_sha256 = models.CharField(max_length=64, db_index=True)
    penetration_limit = models.FloatField()
    air_share = models.FloatField(help_text="Relative noise in air")
    digest = models.CharField(max_length=64, db_index=True)
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "xray_emptycontainer"
        ordering = ["imported_at"]
        indexes = [models.Index(fields=["site", "container_type"], name="empty_container_type")]

    def __str__(self) -> str:
        return f"{self.container_type} {self.digest[:8]}"


class StructureFigure(AppendOnly):
    """How many of the masses that were computed into scans of a site's empty containers stood out, at the limit that
    one in a hundred of them exceeds. `by_zone`: found and all, by zone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="structure_figures")
    container_type = models.CharField(max_length=4)
    response = models.CharField(max_length=60)
    from_generator = models.BooleanField(default=False)
    measured_at = models.DateTimeField()
    measured_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    seed = models.PositiveIntegerField()
    empties = models.PositiveIntegerField(help_text="Empty containers, each with one mass")
    limit = models.FloatField(help_text="z beyond which a place is named")
    alarms = models.PositiveIntegerField(help_text="Empty containers beyond the limit, without a mass")
    found = models.PositiveIntegerField()
    by_zone = models.JSONField(default=dict)
    depth_mm = models.FloatField()
    density_g_cm3 = models.FloatField()

    class Meta:
        db_table = "xray_structurefigure"
        ordering = ["-measured_at"]

    def __str__(self) -> str:
        return f"{self.container_type} {self.found}/{self.empties}"
