"""Saying which names of the register are a party: with a reason, in the audit chain."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from pandok.common.models import Account, Party
from pandok.common.parties.parties_admin import record_change
from pandok.common.reasons import checked_reason
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.register.models import Holder, PartyHolder


def parties_called(word: str) -> QuerySet[Any]:
    """Ids of the parties that a name of the register with this part is linked to."""
    return PartyHolder.objects.filter(holder__name__icontains=word).values("party_id")


def find_holders(text: str) -> QuerySet[Holder]:
    """Names of the register, for a link."""
    found = Holder.objects.order_by("name").select_related("party_link__party")
    for word in text.split()[:5]:
        found = found.filter(name__icontains=word)
    return found if text.strip() else found.none()


def link_holder(*, party: Party, holder: Holder, actor: Account, reason: str, now: datetime) -> None:
    """Say that a name of the register is this party. Raises RequestError where it is another one."""
    reason = checked_reason(reason)
    if party.kind != Party.HOLDER:
        raise RequestError(
            Text(ko="권리자만 등록부의 이름과 연결합니다.", en="Only right holders are linked to the register."),
            Text(ko="권리자를 고르십시오.", en="Choose a right holder."),
            code="party.not_holder",
        )
    with transaction.atomic():
        link = PartyHolder.objects.select_related("party").filter(holder=holder).first()
        if link is not None and link.party_id != party.id:
            raise RequestError(
                Text(
                    ko=f"'{holder.name}'은(는) 이미 '{link.party.name}'에 연결되어 있습니다.",
                    en=f"'{holder.name}' is linked to '{link.party.name}'.",
                ),
                Text(ko="먼저 그 연결을 끊으십시오.", en="Undo that link first."),
                code="party.linked",
            )
        if link is None:
            PartyHolder.objects.create(party=party, holder=holder)
            record_change("party.linked", f"party:{party.id}", actor, reason, now, {"holder": holder.name})


def unlink_holder(*, party: Party, holder_id: int, actor: Account, reason: str, now: datetime) -> None:
    reason = checked_reason(reason)
    with transaction.atomic():
        link = PartyHolder.objects.select_related("holder").filter(party=party, holder_id=holder_id).first()
        if link is not None:
            record_change("party.unlinked", f"party:{party.id}", actor, reason, now, {"holder": link.holder.name})
            link.delete()
