"""A party for which something runs keeps an account that can act for it: asked wherever an account would end, lose its
role or leave the party."""

from __future__ import annotations

from pandok.common.models import Account, Party, PartyMember
from pandok.common.parties.still_running import still_running
from pandok.common.people.roles import Role
from pandok.core.errors import RequestError
from pandok.core.text import Text

MEMBER_ROLES = {
    Party.HOLDER: Role.HOLDER,
    Party.IMPORTER: Role.IMPORTER,
    Party.ASSOCIATION: Role.APPRAISER,
    Party.COMPANY: Role.SUBMITTER,
}
MOST_LISTED = 20
"""Lines of what still runs that a refusal names; it counts the others."""


def must_leave_one(party: Party, leaving: Account) -> None:
    """Raises RequestError where `leaving` is the last account that can act for this party, and something runs for it.

    Inside a transaction that holds the party: two at once would each see the other stay.
    """
    role = MEMBER_ROLES[party.kind].value
    able = PartyMember.objects.filter(party=party, account__is_active=True, account__groups__name=role)
    last = able.filter(account=leaving).exists() and not able.exclude(account=leaving).exists()
    if party.active and last and (running := still_running(party)):
        raise _last_account(party, running)


def must_leave_one_each(leaving: Account, *, roles: frozenset[Role] = frozenset()) -> None:
    """The same for every party that this account acts for, where it ends, or keeps only `roles`. In a transaction."""
    mine = Party.objects.filter(members__account=leaving, active=True)
    for party in mine.select_for_update(of=("self",)).order_by("pk"):
        if MEMBER_ROLES[party.kind] not in roles:
            must_leave_one(party, leaving)


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
