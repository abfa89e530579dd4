"""Whether somebody may score an application: `core/programme/conflicts` asked with what is known here of ties.

A firm is known again by its registration number and by its name, so that a firm that is renamed stays the same one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pandok.common.models import Account, PartyMember
from pandok.core.dates import day_short
from pandok.core.programme.conflicts import Behind, Bid, Bond, Conflict, Tie, conflict_of
from pandok.core.text import Text
from pandok.fields.programme.firm_keys import firm_keys
from pandok.fields.programme.models import CallApplication, FirmBehind, ReviewerTie


@dataclass(frozen=True)
class KnownTies:
    """All ties and owners that are known, read once for many questions. `names`: of firms, by their keys."""

    ties: tuple[Tie, ...]
    behind: tuple[Behind, ...]
    names: Mapping[str, str]

    def conflict(self, account: Account, application: CallApplication, *, on: date) -> Conflict | None:
        return conflict_of(
            account.get_username(),
            bid_of(application),
            ties=self.ties,
            behind=self.behind,
            on=on,
            counts_for_years=application.call.tie_years,
        )

    def words(self, account: Account, application: CallApplication, *, on: date) -> Text | None:
        """Why somebody may not, or None."""
        found = self.conflict(account, application, on=on)
        return None if found is None else self._said(found, application)

    def _said(self, found: Conflict, application: CallApplication) -> Text:
        if found.bond is None:
            return Text(ko="신청한 기업의 계정입니다", en="the account acts for the firm that applies")
        names = {key: one.name for one in application.said.members for key in firm_keys(one.name, one.number)}
        firm = names.get(found.firm, found.firm)
        tied = self.names.get(found.through, found.through) if found.through else firm
        until = day_short(found.until, weekday=False) if found.until else Text(ko="지금까지", en="now")
        through = Text(ko=f" ({firm} 뒤의 기업)", en=f" (behind {firm})") if tied != firm else Text(ko="", en="")
        return Text(
            ko=f"{tied}{through.ko}: {found.bond.words.ko}, {until.ko}",
            en=f"{tied}{through.en}: {found.bond.words.en}, until {until.en}",
        )


def known_ties(*people: Account) -> KnownTies:
    """Of these people; of everybody where none is named."""
    told = ReviewerTie.objects.filter(taken_back_at=None).select_related("person")
    if people:
        told = told.filter(person__in=people)
    ties, behind, names = [], [], dict[str, str]()
    for one in told:
        for key in firm_keys(one.firm, one.firm_number):
            names[key] = one.firm
            ties.append(
                Tie(person=one.person.get_username(), firm=key, bond=Bond(one.bond), since=one.since, until=one.until)
            )
    for fact in FirmBehind.objects.all():
        for firm in firm_keys(fact.firm, fact.firm_number):
            for owner in firm_keys(fact.owner, fact.owner_number):
                names |= {firm: fact.firm, owner: fact.owner}
                behind.append(Behind(firm=firm, owner=owner, since=fact.since, until=fact.until))
    return KnownTies(tuple(ties), tuple(behind), names)


def bid_of(application: CallApplication) -> Bid:
    """Each member by its number and by its name, and the firm as it is called today too; with its people."""
    keys: dict[str, None] = {}
    for one in application.said.members:
        keys |= dict.fromkeys(firm_keys(one.name, one.number))
    keys |= dict.fromkeys((*firm_keys(application.party_name), *firm_keys(application.party.name)))
    people = PartyMember.objects.filter(party=application.party_id).values_list("account__username", flat=True)
    by = [one.get_username() for one in (application.made_by, application.submitted_by) if one]
    return Bid(number=application.number, firms=tuple(keys), people=tuple(dict.fromkeys([*by, *people])))
