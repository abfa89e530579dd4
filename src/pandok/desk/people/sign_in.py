"""Lock-out after repeated failures: kept in the database, so that it holds for all server processes.

An account name rests for 15 minutes after 5 failures, an address after 50 (a customs house shares one address).
Unknown names count too: the answer must not tell which names exist. A wrong code of the second step counts like a
wrong password, and only a whole sign-in starts the count again.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from pandok.core.audit import AuditEvent
from pandok.desk.models import Account, SignInFailure
from pandok.register.audit import record

WINDOW = timedelta(minutes=15)
MOST_FAILURES_A_NAME = 5
MOST_FAILURES_AN_ADDRESS = 50
NOBODY = "anonymous"
"""Actor in the audit log of what happens before a person is known."""


def is_locked(username: str, address: str | None, now: datetime) -> bool:
    """Whether a sign-in must be refused without looking at the password."""
    recent = SignInFailure.objects.filter(at__gt=now - WINDOW)
    if recent.filter(username=_normal(username)).count() >= MOST_FAILURES_A_NAME:
        return True
    return address is not None and recent.filter(address=address).count() >= MOST_FAILURES_AN_ADDRESS


def record_failure(username: str, address: str | None, now: datetime, *, step: str = "password") -> None:
    """Count one refused sign-in and leave it in the audit log; drops counts that have expired.

    What was typed as a name is logged only where it is one: people type passwords into the wrong field.
    """
    with transaction.atomic():
        SignInFailure.objects.filter(at__lte=now - WINDOW).delete()
        SignInFailure.objects.create(username=_normal(username), address=address, at=now)
        known = Account.objects.filter(username__iexact=username.strip()).values_list("username", flat=True).first()
        what = f"account:{known}" if known else "account:unknown"
        record(AuditEvent(known or NOBODY, "sign_in.refused", what, "", now, {"step": step}))
        recent = SignInFailure.objects.filter(at__gt=now - WINDOW)
        if recent.filter(username=_normal(username)).count() == MOST_FAILURES_A_NAME:
            record(AuditEvent(NOBODY, "sign_in.locked", what, "", now, {"what": "name"}))
        if address is not None and recent.filter(address=address).count() == MOST_FAILURES_AN_ADDRESS:
            record(AuditEvent(NOBODY, "sign_in.locked", "address", "", now, {"what": "address"}))


def refused_at_provider(*, why: str, now: datetime) -> None:
    """A sign-in through the identity provider that could not be confirmed."""
    record(AuditEvent(NOBODY, "sign_in.refused", "account:unknown", "", now, {"step": "openid", "why": why}))


def forget_failures(username: str) -> None:
    """After a whole sign-in the count of this name starts again."""
    SignInFailure.objects.filter(username=_normal(username)).delete()


def _normal(username: str) -> str:
    return username.strip().casefold()[:150]
