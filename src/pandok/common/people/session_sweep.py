"""Sessions that nobody came back to: ended when their shift is over, their rows kept for a month.

The audit trail keeps when each began and ended.
"""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

from django.conf import settings

from pandok.common.jobs.registry import every
from pandok.common.jobs.work import Work
from pandok.common.models import PersonSession
from pandok.common.people.sessions import LONGEST, end_sessions

ROWS_KEPT = timedelta(days=30)
AT_ONCE = 500


@every(3600, by_clock=True)
def sweep_sessions(work: Work) -> None:
    now = work.now
    left = PersonSession.objects.filter(ended_at=None, started_at__lt=now - LONGEST).select_related("account")
    end_sessions(left[:AT_ONCE], actor=None, reason="shift", now=now)
    PersonSession.objects.filter(ended_at__lt=now - ROWS_KEPT).delete()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
