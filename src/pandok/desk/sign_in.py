"""Lock-out after repeated failures: kept in the database, so that it holds for all server processes.

An account name rests for 15 minutes after 5 failures, an address after 50 (a customs house shares one address).
Unknown names count too: the answer must not tell which names exist.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from pandok.desk.models import SignInFailure

WINDOW = timedelta(minutes=15)
MOST_FAILURES_A_NAME = 5
MOST_FAILURES_AN_ADDRESS = 50


def is_locked(username: str, address: str | None, now: datetime) -> bool:
    """Whether a sign-in must be refused without looking at the password."""
    recent = SignInFailure.objects.filter(at__gt=now - WINDOW)
    if recent.filter(username=_normal(username)).count() >= MOST_FAILURES_A_NAME:
        return True
    return address is not None and recent.filter(address=address).count() >= MOST_FAILURES_AN_ADDRESS


def record_failure(username: str, address: str | None, now: datetime) -> None:
    """Count one refused sign-in; drops counts that have expired."""
    SignInFailure.objects.filter(at__lte=now - WINDOW).delete()
    SignInFailure.objects.create(username=_normal(username), address=address, at=now)


def forget_failures(username: str) -> None:
    """After a right password the count of this name starts again."""
    SignInFailure.objects.filter(username=_normal(username)).delete()


def _normal(username: str) -> str:
    return username.strip().casefold()[:150]
