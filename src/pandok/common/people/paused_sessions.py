"""Back after a pause: a session that ended because nobody used it goes on with the password alone, within its shift.

Whoever wears gloves types no code every hour. The browser still holds what the whole sign-in of this shift left in it,
so the password stands beside something one has (NIST SP 800-63B, 4.2.3). The shift is not longer for it, a session can
be come back to once, and not at all after it was ended otherwise, or after the second step was set up again.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pandok.common.models import Account, PersonSession, SecondStep
from pandok.common.people.sessions import CLOCK_SKEW, LONGEST


def paused_session(session_id: UUID, now: datetime) -> PersonSession | None:
    """The session where it ended for want of use and its shift is not over; else None."""
    session = (
        PersonSession.objects.filter(id=session_id, ended_reason="idle", account__is_active=True)
        .select_related("account")
        .first()
    )
    if session is None or not now - LONGEST < session.started_at <= now + CLOCK_SKEW:
        return None
    return session


def take_up_again(session: PersonSession, account: Account, now: datetime) -> datetime | None:
    """When the shift of `account` began, where its password is enough to go on; None where the second step is due.

    Afterwards nobody goes on with this session again."""
    was_whole = "+" in session.method or session.method == "passkey"
    if session.account_id != account.pk or not was_whole or paused_session(session.id, now) is None:
        return None
    if not SecondStep.objects.filter(account=account, set_up_at__lte=session.started_at).exists():
        return None
    again = PersonSession.objects.filter(pk=session.pk, ended_reason="idle").update(ended_reason="came back")
    return session.started_at if again else None
