"""What bears its time for good is not done while the clock is in doubt."""

from __future__ import annotations

from datetime import datetime

from pandok.common.trust import doubts


def must_know_the_time(now: datetime) -> None:
    """Before something is measured, certified or signed. Raises RequestError: evidence.clock."""
    doubts.must_know_the_time(now, code="evidence.clock")
