"""What veterans said of pictures, composed and real ones mixed and unmarked. Rows are added, never changed."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.fields.academy.kinds import Realism
from pandok.fields.academy.models.pictures import Picture
from pandok.fields.xray.models import Scan


class RealismReview(AppendOnly):
    """Of a picture of the academy, or of a scan of a machine that stood among them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    picture = models.ForeignKey(
        Picture, null=True, blank=True, on_delete=models.PROTECT, related_name="realism_reviews"
    )
    scan = models.ForeignKey(Scan, null=True, blank=True, on_delete=models.PROTECT, related_name="realism_reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    said = models.CharField(max_length=4, choices=[(one.value, one.value) for one in Realism])
    reason = models.TextField(blank=True, help_text="What gave it away")
    seconds = models.FloatField(null=True, blank=True)

    class Meta:
        db_table = "academy_realismreview"
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(picture__isnull=False, scan=None) | models.Q(picture=None, scan__isnull=False),
                name="a_review_is_of_one_image",
            ),
            models.UniqueConstraint(
                fields=["picture", "reviewer"],
                condition=models.Q(picture__isnull=False),
                name="one_realism_review_a_picture",
            ),
            models.UniqueConstraint(
                fields=["scan", "reviewer"], condition=models.Q(scan__isnull=False), name="one_realism_review_a_scan"
            ),
        ]
