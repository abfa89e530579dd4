"""Boundaries that a site put under its map."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly


class MapBoundaries(AppendOnly):
    """Outlines of districts as GeoJSON, whole as they are drawn. The newest counts; older ones stay."""

    shapes = models.JSONField(help_text="A FeatureCollection of polygons; each with `name` alone")
    credit = models.CharField(max_length=200, help_text="Whose they are: shown on the map")
    sha256 = models.CharField(max_length=64, help_text="Of the file that was given")
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "street_mapboundaries"
        ordering = ["-pk"]
