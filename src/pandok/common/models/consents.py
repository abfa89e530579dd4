"""Whether a party agreed to be served by electronic means: its own word, with the address that it named."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.common.models.parties import Party


class ServiceConsent(AppendOnly):
    """A party agreed to electronic service, or took that back; the newest one counts.

    `address`: the mail address that it named; empty: its pages here alone. `proof`: what shows it where the party did
    not say so itself on its page.
    """

    PAGE, LINK, PAPER = "page", "link", "paper"
    WAYS = [(way, way) for way in (PAGE, LINK, PAPER)]

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="consents")
    given = models.BooleanField()
    address = models.EmailField(blank=True)
    way = models.CharField(max_length=8, choices=WAYS)
    proof = models.TextField(blank=True)
    said_on = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "desk_serviceconsent"
        ordering = ["recorded_at", "pk"]

    def __str__(self) -> str:
        return f"{self.party_id} {'agrees' if self.given else 'does not agree'}"
