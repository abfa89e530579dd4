"""What the goods of a scan look like as a whole: held against the declaration and earlier scans of the heading."""

from __future__ import annotations

import uuid

from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.fields.xray.models.scans import Scan


class ScanLook(AppendOnly):
    """pandok.readers.xray.help.goods_look.GoodsLook of a scan; of several views that of the greatest mass."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scan = models.ForeignKey(Scan, on_delete=models.PROTECT, related_name="looks")
    made_at = models.DateTimeField()
    mass_g = models.FloatField(help_text="At the pitch of the detectors: at most so much")
    opaque_share = models.FloatField(help_text="Of the area of the goods, lets nothing through")
    pieces = models.PositiveIntegerField()
    index = models.FloatField(help_text="Median of the material index, by mass")
    alike_share = models.FloatField(help_text="Of the mass, near that index")
    profile = models.JSONField(help_text="Shares of the mass by index, of the area by amount")

    class Meta:
        db_table = "xray_scanlook"
        ordering = ["-made_at"]
