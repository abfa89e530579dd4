"""For which organisation an account hands in models: the company it belongs to, else another party, else itself.

The people of one company share submissions and budget; nobody sees another organisation's. A budget follows the people:
who joined or left a company, or submitted under an account of their own before, brings no new one.
"""

from __future__ import annotations

from dataclasses import dataclass

from pandok.common.models import Account, Party, PartyMember
from pandok.core.whole_number import whole_number
from pandok.fields.lab.models import Submission

_PARTY, _ACCOUNT = "party:", "account:"


@dataclass(frozen=True)
class Organisation:
    key: str
    name: str


def organisation_of(account: Account) -> Organisation:
    """The first party in which the account is a member and that is active; else the account stands for itself."""
    found = PartyMember.objects.filter(account=account, party__active=True).select_related("party").order_by("pk")
    membership = min(found, key=lambda one: (one.party.kind != Party.COMPANY, one.pk), default=None)
    if membership is not None:
        return Organisation(f"{_PARTY}{membership.party_id}", membership.party.name)
    return Organisation(f"{_ACCOUNT}{account.pk}", account.get_full_name() or account.get_username())


def hold(organisation: Organisation) -> None:
    """One request of an organisation at a time, until the transaction ends: what is counted stays true."""
    kind, _, number = organisation.key.partition(":")
    model = Party if f"{kind}:" == _PARTY else Account
    model.objects.select_for_update(no_key=True).get(pk=int(number))


def one_budget(key: str) -> frozenset[str]:
    """The keys of all organisations that are one with this one: those of its people, now and whenever they handed in.

    A person who hands in for two companies makes them one for the budget; that is what one budget a company means.
    """
    keys, accounts = {key}, set[int]()
    while True:
        people = _people(keys) - accounts
        accounts |= people
        by_them = set(Submission.objects.filter(by__in=people).values_list("submitter", flat=True))
        fresh = (by_them | {f"{_ACCOUNT}{one}" for one in people}) - keys
        if not fresh:
            return frozenset(keys)
        keys |= fresh


def _people(keys: set[str]) -> set[int]:
    parties = _numbers(keys, _PARTY)
    found = set(Submission.objects.filter(submitter__in=keys).values_list("by_id", flat=True))
    found |= set(PartyMember.objects.filter(party__in=parties).values_list("account_id", flat=True))
    return found | _numbers(keys, _ACCOUNT)


def _numbers(keys: set[str], kind: str) -> set[int]:
    named = (one.removeprefix(kind) for one in keys if one.startswith(kind))
    return {number for one in named if (number := whole_number(one)) is not None}
