"""A party for which something runs keeps an account that can act for it: asked wherever an account would end, lose its
role or leave the party."""

from __future__ import annotations

from pandok.common import declared
from pandok.common.models import Account, Party, PartyMember
from pandok.common.parties.still_running import still_running
from pandok.common.roles import AnyRole
from pandok.core.errors import RequestError
from pandok.core.text import Text

MOST_LISTED = 20
"""Lines of what still runs that a refusal names; it counts the others."""


def role_of_members(kind: str) -> AnyRole:
    """The role of the accounts that act for parties of this kind. Raises ValueError for a kind of no field's."""
    for role in declared.roles():
        if role.facts.acts_for == kind:
            return role
    raise ValueError(f"nobody acts for a party of kind {kind!r}")


def must_leave_one(party: Party, leaving: Account) -> None:
    """Raises RequestError where `leaving` is the last account that can act for this party, and something runs for it.

    Inside a transaction that holds the party: two at once would each see the other stay.
    """
    if running := _left_running(party, leaving):
        raise _last_account(party, running)


def must_leave_one_each(leaving: Account, *, roles: frozenset[AnyRole] = frozenset()) -> None:
    """The same for every party that this account acts for, where it ends, or keeps only `roles`. In a transaction."""
    for party, running in left_alone(leaving, roles=roles):
        raise _last_account(party, running)


def left_alone(leaving: Account, *, roles: frozenset[AnyRole]) -> list[tuple[Party, list[Text]]]:
    """The parties without any account that can act, with what runs for them, once `leaving` has only `roles`.

    Asked before the change, in its transaction, which holds these parties from here on.
    """
    mine = Party.objects.filter(members__account=leaving, active=True)
    found = mine.select_for_update(of=("self",)).order_by("pk")
    losing = [party for party in found if role_of_members(party.kind) not in roles]
    return [(party, running) for party in losing if (running := _left_running(party, leaving))]


def _left_running(party: Party, leaving: Account) -> list[Text]:
    """What runs for `party` where `leaving` is the last account that can act for it; else empty."""
    role = role_of_members(party.kind).value
    able = PartyMember.objects.filter(party=party, account__is_active=True, account__groups__name=role)
    last = able.filter(account=leaving).exists() and not able.exclude(account=leaving).exists()
    return still_running(party) if party.active and last else []


def listed(running: list[Text]) -> Text:
    shown, more = running[:MOST_LISTED], len(running) - MOST_LISTED
    ko, en = "; ".join(one.ko for one in shown), "; ".join(one.en for one in shown)
    return Text(ko=f"{ko} 외 {more}건", en=f"{en}; and {more} more") if more > 0 else Text(ko=ko, en=en)


def _last_account(party: Party, running: list[Text]) -> RequestError:
    said = listed(running)
    return RequestError(
        Text(
            ko=f"'{party.name}'에 진행 중인 일이 있어 마지막 계정을 뺄 수 없습니다: {said.ko}",
            en=f"The last account of '{party.name}' cannot be taken out while this runs: {said.en}",
        ),
        Text(ko="먼저 다른 계정을 추가하십시오.", en="Add another account first."),
        code="party.last_account",
    )
