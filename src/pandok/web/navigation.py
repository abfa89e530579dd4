"""The main links, in the order in which they stand; each is shown to who may follow it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.urls import reverse

from pandok.common.declared import Link, Waiting, declared, named
from pandok.common.models import Account
from pandok.common.web.requests import AccountRequest


@dataclass(frozen=True)
class ShownLink:
    address: str
    words: str
    current: bool
    count: int = 0
    """What waits there for this person; `late`: how much of it is near or over its term."""
    late: int = 0


@cache
def links() -> tuple[Link, ...]:
    """The links of all fields."""
    return tuple(sorted((link for field in declared() for link in field.links), key=lambda link: link.place))


def waiting_for(account: Account, now: datetime) -> dict[str, Waiting]:
    """By the name of a link; counted again for each page."""
    found: dict[str, Waiting] = {}
    for field in declared():
        if field.waiting:
            found |= named(field.waiting)(account, now)
    return found


def links_for(request: AccountRequest, language: str, waiting: Mapping[str, Waiting]) -> list[ShownLink]:
    """The links that the person of this request may follow, with what waits there."""
    here = getattr(request.resolver_match, "url_name", None)
    return [
        ShownLink(
            reverse(link.name),
            link.words.in_language(language),
            _stands_in(link, here, request.path),
            count=waiting.get(link.name, Waiting()).mine,
            late=waiting.get(link.name, Waiting()).late,
        )
        for link in links()
        if request.user.may(link.action)
    ]


def _stands_in(link: Link, here: str | None, path: str) -> bool:
    return here == link.name or here in link.also or (link.below and path.startswith(reverse(link.name)))


def first_page(account: Account) -> str:
    """The URL name of the first main link that a person may follow; their own account where there is none."""
    return next((link.name for link in links() if account.may(link.action)), "account")
