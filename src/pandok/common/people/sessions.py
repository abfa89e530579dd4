"""Sessions of persons: begun at sign-in, kept while used, and ended so that the cookie is worth nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account, PersonSession
from pandok.common.people.session_keys import kept_key
from pandok.common.reasons import checked_reason
from pandok.core.device import device_name

LONGEST = timedelta(hours=10)
"""A session lasts one shift, however busy it is."""
CLOCK_SKEW = timedelta(minutes=1)
_SEEN_EVERY = timedelta(minutes=1)


def begin_session(
    *,
    account: Account,
    session_key: str,
    user_agent: str,
    method: str,
    now: datetime,
    shift_began: datetime | None = None,
) -> PersonSession:
    """Remember a sign-in. `method` says how: password, password+app, password+recovery, passkey, openid, openid+app…

    `shift_began`: of somebody back after a pause (`paused_sessions`); the shift is not longer for it.
    """
    with transaction.atomic():
        session = _add(account, session_key, user_agent, now, method, shift_began or now)
        details = {"method": method, "device": session.device, "session": str(session.id)}
        audit.tell(account, "sign_in.done", f"account:{account.username}", "", now, details)
    return session


def keep_session(*, account: Account, session_key: str, user_agent: str, idle: timedelta, now: datetime) -> bool:
    """Called for every request: whether the session still holds. Notes, once a minute, that it was used."""
    session = PersonSession.objects.filter(session_key=kept_key(session_key)).first()
    if session is None:
        try:
            with transaction.atomic():
                _add(account, session_key, user_agent, now)
        except IntegrityError:  # two first requests at once
            pass
        return True
    if session.ended_at is not None or session.account_id != account.pk:
        return False
    if session.started_at > now + CLOCK_SKEW:  # begun under a wrong clock: it would last until that day
        end_sessions([session], actor=account, reason="clock", now=now)
        return False
    if session.last_seen_at > now + CLOCK_SKEW:
        PersonSession.objects.filter(pk=session.pk, ended_at=None).update(last_seen_at=now)
    if now - session.last_seen_at > idle or now - session.started_at > LONGEST:
        end_sessions([session], actor=account, reason="idle" if now - session.last_seen_at > idle else "shift", now=now)
        return False
    if now - session.last_seen_at >= _SEEN_EVERY:
        PersonSession.objects.filter(pk=session.pk, ended_at=None).update(last_seen_at=now)
    return True


def open_sessions(account: Account, *, idle: timedelta, now: datetime) -> list[PersonSession]:
    """The sessions of a person that still hold, the newest use first."""
    sessions = PersonSession.objects.filter(account=account, ended_at=None, last_seen_at__gte=now - idle)
    return list(sessions.filter(started_at__gte=now - LONGEST))


def end_session(*, account: Account, session_id: UUID, actor: Account, reason: str, now: datetime) -> bool:
    """End one session of `account`; False where there is no such open session."""
    found = list(PersonSession.objects.filter(account=account, id=session_id, ended_at=None))
    end_sessions(found, actor=actor, reason=reason, now=now)
    return bool(found)


def end_all_sessions(
    *, account: Account, actor: Account | None, reason: str, now: datetime, but: str | None = None
) -> int:
    """End every session of `account` except the one with the key `but`; returns how many.

    Nobody comes back to an earlier one with a password alone, either."""
    PersonSession.objects.filter(account=account, ended_reason="idle").update(ended_reason=reason[:40])
    found = list(PersonSession.objects.filter(account=account, ended_at=None).exclude(session_key=kept_key(but or "")))
    end_sessions(found, actor=actor, reason=reason, now=now)
    return len(found)


def end_sessions_of(*, account: Account, actor: Account, reason: str, now: datetime) -> int:
    """An administrator ends every session of somebody, with a reason; returns how many."""
    return end_all_sessions(account=account, actor=actor, reason=checked_reason(reason), now=now)


def end_this_session(*, account: Account, session_key: str | None, reason: str, now: datetime) -> None:
    """End the session that a request came with."""
    found = PersonSession.objects.filter(account=account, session_key=kept_key(session_key or ""), ended_at=None)
    end_sessions(found, actor=account, reason=reason, now=now)


def renamed_session(*, old_key: str | None, new_key: str) -> None:
    """The session got a new key (after a change of password) and stays the same session."""
    PersonSession.objects.filter(session_key=kept_key(old_key or "")).update(session_key=kept_key(new_key))


def end_sessions(sessions: Iterable[PersonSession], *, actor: Account | None, reason: str, now: datetime) -> None:
    """End sessions here and in Django's store, each with an audit event."""
    with transaction.atomic():
        for session in sessions:
            if not PersonSession.objects.filter(pk=session.pk, ended_at=None).update(
                ended_at=now, ended_reason=reason[:40]
            ):
                continue
            Session.objects.filter(session_key=session.session_key).delete()
            details = {"session": str(session.id)}
            what = f"account:{session.account.username}"
            audit.tell(actor, "session.ended", what, reason, now, details)


def _add(
    account: Account,
    session_key: str,
    user_agent: str,
    now: datetime,
    method: str = "",
    shift_began: datetime | None = None,
) -> PersonSession:
    return PersonSession.objects.create(
        account=account,
        session_key=kept_key(session_key),
        device=device_name(user_agent),
        started_at=shift_began or now,
        last_seen_at=now,
        method=method[:40],
    )
