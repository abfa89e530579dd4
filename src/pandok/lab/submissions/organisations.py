"""For which organisation an account hands in models: the party it belongs to, else itself.

Two people of one party share submissions and budget; nobody sees another organisation's.
"""

from __future__ import annotations

from dataclasses import dataclass

from pandok.desk.models import Account, PartyMember


@dataclass(frozen=True)
class Organisation:
    key: str
    name: str


def organisation_of(account: Account) -> Organisation:
    """The first party in which the account is a member and that is active; else the account stands for itself."""
    membership = (
        PartyMember.objects.filter(account=account, party__active=True).select_related("party").order_by("pk").first()
    )
    if membership is not None:
        return Organisation(f"party:{membership.party_id}", membership.party.name)
    return Organisation(f"account:{account.pk}", account.get_full_name() or account.get_username())
