"""Sessions: kept while used, ended by idleness, by the length of a shift, by hand; and ended for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from pandok.common.models import Account, AuditEntry, PersonSession
from pandok.common.people import sessions
from pandok.web.session_store import SessionStore

NOON = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
IDLE = timedelta(minutes=60)
pytestmark = pytest.mark.django_db


@pytest.fixture
def kim() -> Account:
    return Account.objects.create_user("kim")


@dataclass(frozen=True)
class Begun:
    """A session, and its key as the cookie has it."""

    row: PersonSession
    key: str


def begin(account: Account, at: datetime = NOON) -> Begun:
    store = SessionStore()
    store["_auth_user_id"] = str(account.pk)
    store.create()
    key, agent = store.session_key or "", "Mozilla/5.0 (Linux; Android 15) Chrome/142.0"
    return Begun(
        sessions.begin_session(account=account, session_key=key, user_agent=agent, method="password", now=at), key
    )


def keeps(session: Begun, at: datetime) -> bool:
    return sessions.keep_session(account=session.row.account, session_key=session.key, user_agent="", idle=IDLE, now=at)


def test_use_keeps_a_session_and_idleness_ends_it(kim: Account) -> None:
    session = begin(kim)
    assert keeps(session, NOON + timedelta(minutes=59))
    assert keeps(session, NOON + timedelta(minutes=110))
    assert not keeps(session, NOON + timedelta(minutes=171))
    assert not SessionStore().exists(session.key)
    assert AuditEntry.objects.get(action="session.ended").reason == "idle"


def test_no_session_outlives_a_shift(kim: Account) -> None:
    session = begin(kim)
    at = NOON
    while at <= NOON + sessions.LONGEST:
        assert keeps(session, at)
        at += timedelta(minutes=50)
    assert not keeps(session, NOON + sessions.LONGEST + timedelta(seconds=1))
    assert AuditEntry.objects.get(action="session.ended").reason == "shift"


def test_an_ended_session_stays_ended(kim: Account) -> None:
    session = begin(kim)
    told = {"account": kim, "session_id": session.row.id, "actor": kim, "reason": "by hand", "now": NOON}
    assert sessions.end_session(**told)
    assert not sessions.end_session(**told)
    assert not SessionStore().exists(session.key)
    assert not keeps(session, NOON)
    assert AuditEntry.objects.filter(action="session.ended").count() == 1


def test_a_session_of_somebody_else_is_not_ended(kim: Account) -> None:
    session = begin(kim)
    other = Account.objects.create_user("lee")
    assert not sessions.end_session(account=other, session_id=session.row.id, actor=other, reason="by hand", now=NOON)
    assert keeps(session, NOON)


def test_a_key_does_not_serve_another_account(kim: Account) -> None:
    session = begin(kim)
    other = Account.objects.create_user("lee")
    assert not sessions.keep_session(account=other, session_key=session.key, user_agent="", idle=IDLE, now=NOON)


def test_all_others_end_and_this_one_stays(kim: Account) -> None:
    first, second, third = (begin(kim) for _ in range(3))
    assert sessions.end_all_sessions(account=kim, actor=kim, reason="by hand", now=NOON, but=second.key) == 2
    assert [session.id for session in sessions.open_sessions(kim, idle=IDLE, now=NOON)] == [second.row.id]
    assert (keeps(first, NOON), keeps(second, NOON), keeps(third, NOON)) == (False, True, False)


def test_the_audit_log_names_the_device_and_the_way_but_no_key(kim: Account) -> None:
    session = begin(kim)
    entry = AuditEntry.objects.get(action="sign_in.done")
    assert entry.details == {"method": "password", "device": "Chrome · Android", "session": str(session.row.id)}
    assert session.key not in str(entry.link())
