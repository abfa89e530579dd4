"""After somebody changed their own password."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.people.invitations import close_invitations
from pandok.common.people.sessions import end_all_sessions, renamed_session


def password_changed(*, account: Account, old_key: str | None, new_key: str, now: datetime) -> None:
    """Leave it in the audit log; this session goes on under its new key, every other one and every open link ends."""
    with transaction.atomic():
        close_invitations(account, now)
        renamed_session(old_key=old_key, new_key=new_key)
        audit.tell(account, "account.password_changed", f"account:{account.username}", "", now)
        end_all_sessions(account=account, actor=account, reason="password changed", now=now, but=new_key)
