"""Scans of an article by itself, out of which it is put into bags. Rows are added, never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.fields.academy.models.articles import Article


class ArticleScan(AppendOnly):
    """`sha256`: of the files as they came (pandok.fields.xray.acts.keeping.digest_of), which are not kept; `response`:
    spectra of the machine, by their name."""

    article = models.OneToOneField(Article, on_delete=models.PROTECT, related_name="scan")
    sha256 = models.CharField(max_length=64, db_index=True)
    format = models.CharField(max_length=40)
    machine = models.CharField(max_length=120)
    response = models.CharField(max_length=60)
    taken_at = models.DateTimeField(null=True, blank=True)
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "academy_articlescan"
        ordering = ["imported_at"]

    def __str__(self) -> str:
        return f"{self.machine} {self.sha256[:8]}"


class ArticleScanView(AppendOnly):
    """One direction of it on the standard scale, as `PictureView`."""

    scan = models.ForeignKey(ArticleScan, on_delete=models.PROTECT, related_name="views")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    rows = models.PositiveIntegerField()
    columns = models.PositiveIntegerField()
    pitch_row_mm = models.FloatField(null=True, blank=True)
    pitch_column_mm = models.FloatField(null=True, blank=True)
    planes = models.JSONField(default=list)
    planes_sha256 = models.CharField(max_length=64, db_index=True)
    preview_sha256 = models.CharField(max_length=64, db_index=True)

    class Meta:
        db_table = "academy_articlescanview"
        ordering = ["scan", "position"]
        constraints = [models.UniqueConstraint(fields=["scan", "position"], name="one_article_scan_view_a_position")]

    def __str__(self) -> str:
        return f"{self.scan_id} {self.position}"
