"""Where a person belongs: the site they work at, the parties they act for."""

from __future__ import annotations

from django.db.models import QuerySet

from pandok.common.models import Account, Party, Site, SiteMember


def site_of(account: Account) -> Site | None:
    """The customs office that a person works at."""
    membership = SiteMember.objects.filter(account=account).select_related("site").first()
    return membership.site if membership else None


def parties_of(account: Account) -> QuerySet[Party]:
    """The active parties that a person acts for."""
    return Party.objects.filter(active=True, members__account=account)
