"""How a notice reached its party: the day from which its terms count, and how that is known."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.fields.counterfeit.models.notices import Notice


class NoticeService(AppendOnly):
    """A notice was served: by mail that a server took, by its page that the party opened, or as an officer recorded.

    The first one counts; a later one is kept beside it. `failed`: the mail came to nobody, so that an earlier record
    of this mail does not hold.
    """

    MAIL, PAGE, HAND, POST, OTHER, FAILED = "mail", "page", "hand", "post", "other", "failed"
    WAYS = [(way, way) for way in (MAIL, PAGE, HAND, POST, OTHER, FAILED)]

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="services")
    way = models.CharField(max_length=8, choices=WAYS)
    served_at = models.DateTimeField()
    proof = models.TextField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "desk_noticeservice"
        ordering = ["recorded_at", "pk"]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.way} {self.served_at}"
