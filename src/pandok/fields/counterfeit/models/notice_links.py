"""One-time links to a notice, for an importer whom nobody knows yet."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.fields.counterfeit.models.notices import Notice


class NoticeLink(models.Model):
    """Opened once, by somebody who knows what only the importer's papers say. Neither token nor answer is kept, only
    their hashes. A newer link of the same notice closes the older one."""

    DECLARATION, BL, BUSINESS = "declaration", "bl", "business"
    CHECKS = [(one, one) for one in (DECLARATION, BL, BUSINESS)]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="links")
    token_sha256 = models.CharField(max_length=64, unique=True)
    check_kind = models.CharField(max_length=12, choices=CHECKS)
    check_mac = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "desk_noticelink"
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.made_at}"
