"""Resetting how somebody signs in: by one administrator, or by two for accounts that vote (see `votes`)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.messages.deliveries import queue_mail
from pandok.common.models import Account, AccountReset
from pandok.common.models.locking import locked
from pandok.common.people.changes import must_act_freely
from pandok.common.people.invitations import invite
from pandok.common.people.two_persons import another_person_must, must_be_another
from pandok.common.people.two_step import reset_second_step
from pandok.common.people.votes import PAUSE, votes
from pandok.common.reasons import checked_reason, name_of
from pandok.common.roles import Role
from pandok.core.errors import RequestError
from pandok.core.text import Text

Done = TypeVar("Done")
ASKED_FOR = timedelta(hours=72)
"""How long the first administrator's word holds."""
_WORDS = {
    AccountReset.SECOND_STEP: Text(ko="2단계 인증 초기화", en="reset of the second step"),
    AccountReset.PASSWORD: Text(ko="비밀번호 재설정", en="reset of the password"),
}


def reset_step(*, account: Account, actor: Account | None, reason: str, now: datetime) -> bool:
    """Forget the second step; False where a second administrator must still agree."""

    def reset() -> bool:
        reset_second_step(account=account, actor=actor, reason=reason, now=now)
        return True

    return bool(_by_two(AccountReset.SECOND_STEP, account, actor, reason, now, reset))


def reset_password(*, account: Account, actor: Account | None, reason: str, now: datetime) -> str | None:
    """The token of a link for a new password; None where a second administrator must still agree.

    An account that never had a password holds nothing yet that two would have to protect: that is its invitation.
    """

    def reset() -> str:
        return invite(account=account, actor=actor, reason=reason, now=now)

    if not account.has_usable_password():
        return reset()
    return _by_two(AccountReset.PASSWORD, account, actor, reason, now, reset)


def open_reset(account: Account, kind: str, now: datetime) -> AccountReset | None:
    """What one administrator has asked for and another must still agree to."""
    asked = AccountReset.objects.filter(account=account, kind=kind, agreed_at=None, asked_at__gt=now - ASKED_FOR)
    return asked.filter(asked_at__lte=now).select_related("asked_by").first()


def _by_two(
    kind: str, account: Account, actor: Account | None, reason: str, now: datetime, reset: Callable[[], Done]
) -> Done | None:
    reason = checked_reason(reason)
    if not votes(Account.objects.get(pk=account.pk)):
        return reset()
    oneself = Text(ko="자신의 계정은 초기화할 수 없습니다.", en="You cannot reset your own account.")
    must_be_another(actor, account.pk, refused=_second_person(oneself))
    must_act_freely(actor, account, now)
    with transaction.atomic():
        locked(Account, account.pk)
        if actor is None and _is_only_administrator(account):
            done = reset()
            Account.objects.filter(pk=account.pk).update(votes_paused_until=now + PAUSE)
            _tell(account, kind, actor, reason, now, is_done=True)
            return done
        asked = open_reset(account, kind, now)
        if asked is None:
            AccountReset.objects.create(account=account, kind=kind, asked_by=actor, asked_at=now, reason=reason)
            _note("account.reset_asked", kind, account, actor, reason, now)
            _tell(account, kind, actor, reason, now, is_done=False)
            return None
        first = Text(ko="요청한 사람은 동의할 수 없습니다.", en="Whoever asked for a reset cannot agree to it.")
        must_be_another(actor, asked.asked_by_id, refused=_second_person(first))
        done = reset()
        asked.agreed_by, asked.agreed_at = actor, now
        asked.save(update_fields=["agreed_by", "agreed_at"])
        Account.objects.filter(pk=account.pk).update(votes_paused_until=now + PAUSE)
        _note("account.reset_agreed", kind, account, actor, reason, now)
        _tell(account, kind, actor, reason, now, is_done=True)
        return done


def _is_only_administrator(account: Account) -> bool:
    """Then there is nobody who could agree with the operator of the server, and nobody else to let them in."""
    administrators = Account.objects.filter(groups__name=Role.ADMINISTRATOR.value, is_active=True)
    return set(administrators.values_list("pk", flat=True)) == {account.pk}


def _tell(account: Account, kind: str, actor: Account | None, reason: str, now: datetime, *, is_done: bool) -> None:
    """By mail where an address is known; the page of the account says it too."""
    if not account.email:
        return
    word = _WORDS[kind]
    who = actor.shown_name if actor else name_of(actor)
    if is_done:
        ko = f"{who} 관리자가 동의하여 {word.ko}가 이루어졌습니다. 앞으로 72시간 동안 이 계정의 의결·확인은 정지됩니다."
        en = f"{who} agreed, and the {word.en} was carried out. For 72 hours this account casts no vote."
    else:
        ko = f"{who} 관리자가 이 계정의 {word.ko}를 요청하였습니다. 다른 관리자 한 사람이 더 동의하면 이루어집니다."
        en = f"{who} asked for a {word.en} of this account. It is carried out when another administrator agrees."
    queue_mail(
        recipient=account.email,
        subject=f"[판독] 계정 {account.username}: {word.ko}",
        body_text=(
            f"{ko}\n사유: {reason}\n직접 요청하지 않았다면 바로 감사자에게 알려 주십시오.\n\n"
            f"{en}\nReason: {reason}\nIf you did not ask for it, tell the auditor at once.\n"
        ),
        key=f"reset:{account.pk}:{kind}:{'done' if is_done else 'asked'}:{now.timestamp():.0f}",
        actor=actor or name_of(actor),
        now=now,
    )


def _note(action: str, kind: str, account: Account, actor: Account | None, reason: str, now: datetime) -> None:
    what = f"account:{account.username}"
    audit.tell(actor, action, what, reason, now, {"kind": kind})


def _second_person(what: Text) -> RequestError:
    return another_person_must(
        what,
        Text(ko="다른 관리자가 이 화면에서 동의해야 합니다.", en="Another administrator must agree on this page."),
    )
