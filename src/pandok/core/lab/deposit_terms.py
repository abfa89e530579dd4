"""The terms of a deposit (기탁): whose data, on what legal ground, for what, until when."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AwareDatetime, Field, StringConstraints

from pandok.core.lab.strict_value import StrictValue

MOST_YEARS = 10
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]
Paragraph = Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=2000)]


class DepositTerms(StrictValue):
    name: Line
    owner: Line
    """The body that answers for the data."""
    legal_basis: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=300)]
    """Law and article, or the agreement, by which the lab may hold the data."""
    purpose: Paragraph
    licence: Line
    description: Annotated[str, StringConstraints(strip_whitespace=True, max_length=5000)] = ""
    source: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = ""
    expires_at: AwareDatetime
    keep_keys_days: int = Field(default=30, ge=0, le=365)
    """Days from expiry, when access closes, to the destruction of the key."""

    def acceptable_at(self, now: datetime) -> bool:
        """The term lies ahead, and not so far that nobody will remember why."""
        return now < self.expires_at and (self.expires_at - now).days <= MOST_YEARS * 366
