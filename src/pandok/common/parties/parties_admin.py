"""Parties, kept by supervisors and administrators: every change with a reason, in the audit chain.

Companies that hand in models are kept by administrators alone: who belongs to one decides on whose budget a model runs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q, QuerySet

from pandok.common.audit import writing as audit
from pandok.common.declared import party_kinds
from pandok.common.models import Account, Party, PartyMember
from pandok.common.models.locking import locked
from pandok.common.parties.last_account import listed, must_leave_one, role_of_members
from pandok.common.parties.still_running import NAMED_IN, still_running
from pandok.common.reasons import checked_reason
from pandok.common.roles import AnyRole, Role
from pandok.core.errors import RequestError
from pandok.core.text import Text

LONGEST_NAME = 300
OTHER_NAMES: list[Callable[[str], QuerySet[Any]]] = []
"""Ids of parties by a part of a name that a field keeps of them; fields add theirs when they are ready."""
_PHONE = re.compile(r"[0-9+() .\-]{0,40}")


@dataclass(frozen=True)
class PartyFacts:
    """What is entered of a party; `kind` cannot change once it has cases."""

    kind: str
    name: str
    email: str = ""
    phone: str = ""
    language: str = "ko"


def find_parties(*, text: str = "", kind: str = "", active_only: bool = False) -> QuerySet[Party]:
    """By a part of the name, of the mail address or of another name that a field knows."""
    found = Party.objects.order_by("name", "id")
    if kind in dict(Party.KINDS):
        found = found.filter(kind=kind)
    if active_only:
        found = found.filter(active=True)
    for word in text.split()[:5]:
        also = [Q(id__in=names(word)) for names in OTHER_NAMES]
        found = found.filter(reduce(or_, also, Q(name__icontains=word) | Q(email__icontains=word)))
    return found


def create_party(*, facts: PartyFacts, actor: Account, reason: str, now: datetime) -> Party:
    reason, facts = checked_reason(reason), _checked(facts)
    _must_keep(facts.kind, actor)
    with transaction.atomic():
        same = Party.objects.filter(kind=facts.kind, name=facts.name, active=True).first()
        if same is not None:
            raise RequestError(
                Text(ko=f"'{facts.name}'은(는) 이미 있습니다.", en=f"'{facts.name}' is there already."),
                Text(ko="있는 당사자를 고치거나 이름을 구별하십시오.", en="Edit that one, or make the names differ."),
                code="party.exists",
            )
        party = Party.objects.create(
            kind=facts.kind,
            name=facts.name,
            email=facts.email,
            phone=facts.phone,
            language=facts.language,
            added_at=now,
        )
        record_change(
            "party.created", f"party:{party.id}", actor, reason, now, {"kind": party.kind, "name": party.name}
        )
        return party


def change_party(*, party: Party, facts: PartyFacts, actor: Account, reason: str, now: datetime) -> Party:
    """Names and addresses; the mail address itself is not written in the audit chain, only that it changed."""
    reason, facts = checked_reason(reason), _checked(facts)
    with transaction.atomic():
        party = locked(Party, party.pk)
        _must_keep(party.kind, actor)
        _must_keep(facts.kind, actor)
        changed = [name for name in facts.__dataclass_fields__ if getattr(party, name) != getattr(facts, name)]
        if "kind" in changed and any(named(party) for named in NAMED_IN):
            raise _wrong_kind(
                Text(
                    ko="사건이 있는 당사자의 종류는 바꿀 수 없습니다.",
                    en="The kind of a party with cases cannot be changed.",
                ),
                Text(ko="새 당사자를 등록하십시오.", en="Add another party."),
            )
        if changed:
            for name in changed:
                setattr(party, name, getattr(facts, name))
            party.save(update_fields=changed)
            details = {"changed": ",".join(changed), "name": party.name}
            record_change("party.changed", f"party:{party.id}", actor, reason, now, details)
        return party


def set_active(*, party: Party, active: bool, actor: Account | None, reason: str, now: datetime) -> Party:
    """A party that is not active sees nothing more and cannot be named in cases; its history stays.

    Actor None: the operator at the command line. Raises RequestError with the list of what runs where a case that
    names the party is open, or a run of the company has not ended: it could not answer in its term.
    """
    reason = checked_reason(reason)
    with transaction.atomic():
        party = locked(Party, party.pk)
        _must_keep(party.kind, actor)
        if party.active and not active and (running := still_running(party)):
            raise _still_running(party, running)
        if party.active != active:
            party.active = active
            party.save(update_fields=["active"])
            action = "party.activated" if active else "party.deactivated"
            record_change(action, f"party:{party.id}", actor, reason, now, {"name": party.name})
        return party


def add_member(*, party: Party, username: str, actor: Account, reason: str, now: datetime) -> None:
    """Let an account act for a party; it needs the role that goes with the kind of party."""
    reason = checked_reason(reason)
    _must_keep(party.kind, actor)
    with transaction.atomic():
        account = account_with(username, (role_of_members(party.kind),))
        other = PartyMember.objects.filter(account=account, party__kind=party.kind, party__active=True)
        if party_kinds()[party.kind].of_administrators and other.exclude(party=party).exists():
            raise RequestError(
                Text(ko="이미 다른 회사에 속한 계정입니다.", en="The account belongs to another company already."),
                Text(ko="먼저 그 회사에서 빼십시오.", en="Take it out of that company first."),
                code="party.other_company",
            )
        _, new = PartyMember.objects.get_or_create(party=party, account=account)
        if new:
            record_change("party.member_added", f"party:{party.id}", actor, reason, now, {"member": account.username})


def remove_member(*, party: Party, account_id: int, actor: Account, reason: str, now: datetime) -> None:
    reason = checked_reason(reason)
    _must_keep(party.kind, actor)
    with transaction.atomic():
        party = Party.objects.select_for_update(no_key=True).get(
            pk=party.pk
        )  # two at once would each see the other stay
        member = PartyMember.objects.select_related("account").filter(party=party, account_id=account_id).first()
        if member is not None:
            must_leave_one(party, member.account)
            details = {"member": member.account.username}
            record_change("party.member_removed", f"party:{party.id}", actor, reason, now, details)
            member.delete()


def _still_running(party: Party, running: list[Text]) -> RequestError:
    said = listed(running)
    return RequestError(
        Text(
            ko=f"'{party.name}'에 진행 중인 일이 있어 사용을 중지할 수 없습니다: {said.ko}",
            en=f"'{party.name}' cannot be taken out of use while this runs: {said.en}",
        ),
        Text(
            ko="먼저 그 사건을 끝내거나, 사건 화면에서 다른 당사자를 지정하십시오.",
            en="End these first, or name another party on the page of the case.",
        ),
        code="party.running",
    )


def _must_keep(kind: str, actor: Account | None) -> None:
    """Raises RequestError where the person may not keep parties of this kind."""
    if actor is None:
        return
    if kind in party_kinds() and party_kinds()[kind].of_administrators and Role.ADMINISTRATOR not in actor.roles:
        raise RequestError(
            Text(
                ko="모델 제출 회사는 관리자만 관리합니다.",
                en="Only administrators manage companies that submit models.",
            ),
            Text(ko="관리자에게 요청하십시오.", en="Ask an administrator."),
            code="party.company",
        )


def _checked(facts: PartyFacts) -> PartyFacts:
    name, email, phone = " ".join(facts.name.split()), facts.email.strip(), " ".join(facts.phone.split())
    if facts.kind not in party_kinds() or facts.language not in ("ko", "en"):
        raise _wrong_kind(
            Text(ko="당사자의 종류나 언어가 올바르지 않습니다.", en="Kind or language of the party is not right."),
            Text(ko="목록에서 고르십시오.", en="Choose from the list."),
        )
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise RequestError(
            Text(ko="이름이 없거나 너무 깁니다.", en="The name is missing or too long."),
            Text(ko=f"{LONGEST_NAME}자 이하로 적으십시오.", en=f"Give at most {LONGEST_NAME} characters."),
            code="party.name",
        )
    if not _PHONE.fullmatch(phone):
        raise RequestError(
            Text(ko="전화번호가 올바르지 않습니다.", en="That is not a telephone number."),
            Text(ko="숫자와 + - ( ) 만 적으십시오.", en="Use digits and + - ( ) only."),
            code="party.phone",
        )
    return PartyFacts(facts.kind, name, _checked_address(email), phone, facts.language)


def _checked_address(email: str) -> str:
    try:
        if email:
            validate_email(email)
    except ValidationError as error:
        raise RequestError(
            Text(ko=f"'{email[:80]}'은(는) 메일 주소가 아닙니다.", en=f"'{email[:80]}' is no mail address."),
            Text(ko="주소를 확인하거나 비워 두십시오.", en="Check the address, or leave it empty."),
            code="party.email",
        ) from error
    return email


def account_with(username: str, roles: tuple[AnyRole, ...]) -> Account:
    account = Account.objects.filter(username=username.strip(), is_active=True).first()
    if account is None or not account.roles & set(roles):
        wanted = Text(
            ko="·".join(role.title.ko for role in roles), en=" or ".join(role.title.en.lower() for role in roles)
        )
        raise RequestError(
            Text(
                ko=f"'{username[:60]}' 계정이 없거나 역할({wanted.ko})이 없습니다.",
                en=f"There is no account '{username[:60]}' with the role {wanted.en}.",
            ),
            Text(ko="계정 이름과 역할을 확인하십시오.", en="Check the name and the role of the account."),
            code="party.account",
        )
    return account


def record_change(
    action: str, what: str, actor: Account | None, reason: str, now: datetime, details: dict[str, str]
) -> None:
    audit.tell(actor, action, what, reason, now, details)


def _wrong_kind(what: Text, next_step: Text, **fields: Any) -> RequestError:
    """The kind of the party is none, or cannot be changed."""
    return RequestError(what, next_step, code="party.kind", **fields)
