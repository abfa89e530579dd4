"""What nobody ended is ended with the shift, and forgotten after a month."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session

from pandok.common.jobs.registry import periodic
from pandok.common.jobs.work import Work
from pandok.common.models import Account, AuditEntry, PersonSession
from pandok.common.people.session_sweep import ROWS_KEPT, sweep_sessions
from pandok.common.people.sessions import LONGEST, begin_session
from pandok.web.session_store import SessionStore
from tests.fields.designs.fakes import NOON

pytestmark = pytest.mark.django_db


def sweep(now: datetime) -> None:
    unused: Any = None
    sweep_sessions(Work(lambda: now, random.Random(0), unused, unused, "", unused))


def test_a_forgotten_session_ends_with_the_shift_and_its_row_goes_after_a_month() -> None:
    account = Account.objects.create_user("kim")
    store = SessionStore()
    store.create()
    begun = begin_session(account=account, session_key=store.session_key, user_agent="", method="password", now=NOON)
    assert Session.objects.exists()
    sweep(NOON + LONGEST)
    begun.refresh_from_db()
    assert begun.ended_at is None
    late = NOON + LONGEST + timedelta(seconds=1)
    sweep(late)
    sweep(late)
    begun.refresh_from_db()
    assert begun.ended_at == late
    assert not Session.objects.exists()
    assert AuditEntry.objects.filter(action="session.ended", reason="shift").count() == 1
    sweep(late + ROWS_KEPT)
    assert PersonSession.objects.exists()
    sweep(late + ROWS_KEPT + timedelta(seconds=1))
    assert not PersonSession.objects.exists()


def test_it_returns_every_hour() -> None:
    assert periodic()["common.people.session_sweep.sweep_sessions"].seconds == 3600
