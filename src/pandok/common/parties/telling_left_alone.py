"""A party for which something runs has lost its last account from outside, by the word of its organisation.

Here nobody can refuse: a role that the organisation took away is not kept. So the party and the administrators are
told, with what runs, and it is on record. Nothing else changes: terms run on, and papers reach the officer on every
other way.
"""

from __future__ import annotations

from datetime import datetime

from pandok.common.audit import writing as audit
from pandok.common.messages.deliveries import queue_mail
from pandok.common.models import Account, Party
from pandok.common.parties.last_account import listed
from pandok.common.roles import Role
from pandok.core.audit import Detail
from pandok.core.text import Text


def tell_left_alone(
    *, party: Party, running: list[Text], left_by: Account, actor: str, reason: str, now: datetime
) -> None:
    """In the transaction in which `left_by` lost its role."""
    details: dict[str, Detail] = {"name": party.name, "member": left_by.username, "running": len(running)}
    audit.tell(actor, "party.left_alone", f"party:{party.pk}", reason, now, details)
    said = listed(running)
    if party.email:
        _mail(
            party.email,
            "[판독] 로그인할 수 있는 계정이 없습니다 · No account can sign in",
            Text(
                ko=f"'{party.name}'의 마지막 계정({left_by.username})의 역할이 소속 기관에서 해제되었습니다."
                f" 진행 중인 일: {said.ko}\n기한은 그대로 진행됩니다. 세관 담당자에게 연락하여 다른 계정을 만들거나"
                " 서면으로 답하십시오.",
                en=f"The last account of '{party.name}' ({left_by.username}) has lost its role at its organisation."
                f" Running: {said.en}\nTerms run on. Call the customs office for another account, or answer on paper.",
            ),
            f"left-alone:{party.pk}:party:{now.timestamp():.6f}",
            actor,
            now,
        )
    unreached = Text(
        ko="" if party.email else "\n당사자의 메일 주소가 없어 알리지 못했습니다. 전화나 우편으로 알려 주십시오.",
        en="" if party.email else "\nThe party has no mail address and was not told. Tell it by telephone or post.",
    )
    administrators = Account.objects.filter(groups__name=Role.ADMINISTRATOR.value, is_active=True).exclude(email="")
    for one in administrators:
        _mail(
            one.email,
            f"[판독] 당사자 {party.name}: 계정 없음 · A party without an account",
            Text(
                ko=f"'{party.name}'의 마지막 계정({left_by.username})의 역할이 소속 기관에서 해제되었습니다."
                f" 진행 중인 일: {said.ko}\n다른 담당자를 추가하거나 당사자에게 연락하십시오.{unreached.ko}",
                en=f"The last account of '{party.name}' ({left_by.username}) has lost its role at its organisation."
                f" Running: {said.en}\nAdd another member, or call the party.{unreached.en}",
            ),
            f"left-alone:{party.pk}:{one.pk}:{now.timestamp():.6f}",
            actor,
            now,
        )


def _mail(address: str, subject: str, said: Text, key: str, actor: str, now: datetime) -> None:
    queue_mail(recipient=address, subject=subject, body_text=f"{said.ko}\n\n{said.en}\n", key=key, actor=actor, now=now)
