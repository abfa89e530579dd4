"""For which body somebody speaks: a site, a party, or nobody but themselves."""

from __future__ import annotations

from dataclasses import dataclass

from pandok.common.models import Account
from pandok.common.parties.belonging import parties_of, site_of


@dataclass(frozen=True)
class Body:
    key: str
    name: str


def body_of(account: Account) -> Body:
    """The customs office that they work at, else the first party that they act for, else their department, else
    themselves; the name of a person is nobody's body, and stays empty."""
    if site := site_of(account):
        return Body(f"site:{site.pk}", site.name_ko)
    if party := parties_of(account).order_by("pk").first():
        return Body(f"party:{party.pk}", party.name)
    return Body(f"account:{account.pk}", account.department)
