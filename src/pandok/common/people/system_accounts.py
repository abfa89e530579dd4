"""Accounts of an agency's systems: no person, no password, only tokens; made and closed by an administrator."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from pandok.common.audit import writing as audit
from pandok.common.models import Account, Site, SiteMember, SystemAccount
from pandok.common.people.accounts_admin import create_account
from pandok.common.people.invitations import close_invitations
from pandok.common.roles import AnyRole
from pandok.core.errors import RequestError
from pandok.core.text import Text

LONGEST_TITLE = 100


def make_system_account(
    *,
    username: str,
    title: str,
    roles: frozenset[AnyRole],
    actor: Account,
    reason: str,
    now: datetime,
    site: Site | None = None,
) -> SystemAccount:
    """A new account that no person can sign in to. Raises RequestError for a wrong name, title or reason."""
    title = " ".join(title.split())
    if not 0 < len(title) <= LONGEST_TITLE:
        raise RequestError(
            Text(ko="시스템 이름이 없거나 너무 깁니다.", en="The name of the system is missing or too long."),
            Text(ko="100자까지 적으십시오.", en="Write up to 100 letters."),
            code="system.title",
        )
    with transaction.atomic():
        account, _ = create_account(username=username, roles=roles, actor=actor, reason=reason, now=now)
        # Nobody may set a password for it: the invitation that comes with a new account is closed at once.
        close_invitations(account, now)
        if site is not None:
            SiteMember.objects.create(account=account, site=site)
        system = SystemAccount.objects.create(account=account, title=title, made_by=actor, made_at=now)
        details = {"title": title, "site": site.code if site else ""}
        audit.tell(actor, "system.made", f"account:{account.get_username()}", reason.strip(), now, details)
        return system


def system_accounts() -> QuerySet[SystemAccount]:
    return SystemAccount.objects.select_related("account").order_by("title")
