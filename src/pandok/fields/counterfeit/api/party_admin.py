"""Parties as supervisors and administrators keep them: addresses, names in the register, people. Every change has a
reason."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal, TypedDict

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import BaseModel, Field

from pandok.common.api.parties import router
from pandok.common.declared import party_kinds
from pandok.common.models import Account, Party
from pandok.common.parties import parties_admin as use
from pandok.common.parties.electronic import consent_of
from pandok.common.roles import Action
from pandok.fields.counterfeit.acts.notices.consenting import record_on_paper
from pandok.fields.register.acts import holders as of_register
from pandok.fields.register.models import Holder
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Asked, Day, FullReason, Key, Limit, Reason, one_of

__all__ = ["holders", "router"]

holders = Router(tags=["parties"])
_KEEPS = may(Action.MANAGE_PARTIES)
Kind = Annotated[str, one_of(*party_kinds())]


class _Why(TypedDict):
    actor: Account
    reason: str
    now: datetime


class HolderName(BaseModel):
    """A name as the register has it; `party_id`: whose name it is, null where nobody has said."""

    id: int
    name: str
    party_id: int | None


class Member(BaseModel):
    account_id: int
    username: str


class PartyRecord(BaseModel):
    id: int
    kind: Kind
    name: str
    email: str
    phone: str
    language: Annotated[str, one_of("ko", "en")]
    active: bool
    agreed_to_electronic_service_on: date | None = Field(
        description="Null: it is served on paper, and no mail begins a term"
    )
    electronic_address: str = Field(description="The mail address that it named; empty: its pages alone")
    holder_names: list[HolderName]
    members: list[Member]


class FactsIn(Asked):
    kind: Kind
    name: str = Field(min_length=1, max_length=use.LONGEST_NAME)
    email: str = Field(default="", max_length=254)
    phone: str = Field(default="", max_length=40)
    language: Literal["ko", "en"] = "ko"
    reason: Reason

    def facts(self) -> use.PartyFacts:
        return use.PartyFacts(self.kind, self.name, self.email, self.phone, self.language)


class ElectronicIn(Asked):
    """`day` and `proof`: of the paper on which the party said it."""

    agrees: bool
    day: Day
    proof: FullReason


class ActiveIn(Asked):
    active: bool
    reason: Reason


class HolderIn(Asked):
    holder_id: Key
    linked: bool = Field(description="True: this name is the party; false: it is not, or no longer")
    reason: Reason


class MemberIn(Asked):
    username: str = Field(min_length=1, max_length=150)
    member: bool = Field(description="True: the account acts for the party; false: no longer")
    reason: Reason


class NameQuery(BaseModel):
    name: str = Field(min_length=1, max_length=200, description="Parts of the name, with blanks between")
    limit: Limit = 20


@router.post("", auth=_KEEPS, response=answers(PartyRecord, 201), summary="Add a party")
@once(status=201)
def add_party(request: HttpRequest, asked: FactsIn) -> PartyRecord:
    return _record(use.create_party(facts=asked.facts(), **_why(request, asked)))


@holders.get("", auth=_KEEPS, response=answers(list[HolderName]), summary="Find names of holders")
def find_holders(request: HttpRequest, asked: Query[NameQuery]) -> list[HolderName]:  # noqa: ARG001
    return [_name(holder) for holder in of_register.find_holders(asked.name)[: asked.limit]]


@router.get("/{party_id}/record", auth=_KEEPS, response=answers(PartyRecord), summary="All that is kept of a party")
def get_party_record(request: HttpRequest, party_id: Key) -> PartyRecord:  # noqa: ARG001
    return _record(_found(party_id))


@router.post("/{party_id}/facts", auth=_KEEPS, response=answers(PartyRecord), summary="Change name or addresses")
@once
def change_party_facts(request: HttpRequest, party_id: Key, asked: FactsIn) -> PartyRecord:
    return _record(use.change_party(party=_found(party_id), facts=asked.facts(), **_why(request, asked)))


@router.post("/{party_id}/active", auth=_KEEPS, response=answers(PartyRecord), summary="Close a party, or open it")
@once
def set_party_active(request: HttpRequest, party_id: Key, asked: ActiveIn) -> PartyRecord:
    """Who is closed sees nothing more and cannot be named; the history stays."""
    return _record(use.set_active(party=_found(party_id), active=asked.active, **_why(request, asked)))


@router.post(
    "/{party_id}/electronic-service",
    auth=_KEEPS,
    response=answers(PartyRecord),
    summary="Record on paper: a party agrees to electronic service, or no longer",
)
@once
def set_electronic_service(request: HttpRequest, party_id: Key, asked: ElectronicIn) -> PartyRecord:
    """Only who agreed is served by mail or page (Administrative Procedures Act, article 14(3))."""
    party = _found(party_id)
    record_on_paper(
        party=party,
        given=asked.agrees,
        said_on=asked.day,
        proof=asked.proof,
        actor=actor_of(request),
        now=timezone.now(),
    )
    return _record(party)


@router.post("/{party_id}/holder-names", auth=_KEEPS, response=answers(PartyRecord), summary="Link a register's name")
@once
def link_holder_name(request: HttpRequest, party_id: Key, asked: HolderIn) -> PartyRecord:
    party, holder = _found(party_id), Holder.objects.filter(pk=asked.holder_id).first()
    if holder is None:
        raise not_found()
    if asked.linked:
        of_register.link_holder(party=party, holder=holder, **_why(request, asked))
    else:
        of_register.unlink_holder(party=party, holder_id=holder.pk, **_why(request, asked))
    return _record(party)


@router.post("/{party_id}/members", auth=_KEEPS, response=answers(PartyRecord), summary="Who acts for a party")
@once
def set_party_member(request: HttpRequest, party_id: Key, asked: MemberIn) -> PartyRecord:
    """The account needs the role that goes with the kind of party."""
    party = _found(party_id)
    if asked.member:
        use.add_member(party=party, username=asked.username, **_why(request, asked))
    else:
        account = Account.objects.filter(username=asked.username).first()
        if account is None:
            raise not_found()
        use.remove_member(party=party, account_id=account.pk, **_why(request, asked))
    return _record(party)


def _why(request: HttpRequest, asked: FactsIn | ActiveIn | HolderIn | MemberIn) -> _Why:
    return {"actor": actor_of(request), "reason": asked.reason, "now": timezone.now()}


def _found(party_id: int) -> Party:
    party = Party.objects.filter(pk=party_id).first()
    if party is None:
        raise not_found()
    return party


def _record(party: Party) -> PartyRecord:
    consent = consent_of(party)
    links = party.holder_names.select_related("holder").order_by("holder__name")
    members = party.members.select_related("account").order_by("account__username")
    return PartyRecord(
        id=party.pk,
        kind=party.kind,
        name=party.name,
        email=party.email,
        phone=party.phone,
        language=party.language,
        active=party.active,
        agreed_to_electronic_service_on=consent.said_on if consent else None,
        electronic_address=consent.address if consent else "",
        holder_names=[HolderName(id=one.holder_id, name=one.holder.name, party_id=party.pk) for one in links],
        members=[Member(account_id=one.account_id, username=one.account.get_username()) for one in members],
    )


def _name(holder: Holder) -> HolderName:
    link = getattr(holder, "party_link", None)
    return HolderName(id=holder.pk, name=holder.name, party_id=link.party_id if link else None)
