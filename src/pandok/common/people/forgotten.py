"""A forgotten password: a link by mail that holds half an hour and works once.

Whoever asks is answered alike, at once, whether there is such an account or not; a worker finds out and writes. The
link replaces the password alone: the second step is asked for as before. An account that votes gets no link: two
administrators reset it (pandok.common.people.resets), and the mail says so.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from pydantic import BaseModel

from pandok.common.audit import writing as audit
from pandok.common.jobs.queue import enqueue
from pandok.common.jobs.registry import handles
from pandok.common.jobs.work import Work
from pandok.common.messages.deliveries import queue_mail
from pandok.common.models import Account, Invitation, OpenIdLink, SystemAccount
from pandok.common.people.sign_in import NOBODY
from pandok.common.people.votes import votes
from pandok.settings import settings

VALID = timedelta(minutes=30)
MOST_AN_HOUR = 3
"""Mails to one account."""


class Asked(BaseModel):
    account: int
    """0: nobody has that name."""


def ask_for_password(*, typed: str, now: datetime) -> None:
    """`typed`: name or mail address of an account. What was typed is kept nowhere: it may be a password."""
    typed = typed.strip()
    found = Account.objects.filter(Q(username__iexact=typed) | (Q(email__iexact=typed) & ~Q(email="")))
    accounts = list(found.values_list("pk", flat=True)[:2])
    account = accounts[0] if len(accounts) == 1 and typed else 0
    key = f"password:{account or secrets.token_hex(8)}:{int(now.timestamp()) // 60}"
    enqueue("password.asked", {"account": account}, key=key, now=now)


@handles("password.asked", Asked)
def send_link(payload: Asked, work: Work) -> None:
    write_link(account_id=payload.account, now=work.now)


def write_link(*, account_id: int, now: datetime) -> None:
    account = Account.objects.filter(pk=account_id, is_active=True).exclude(email="").first()
    if account is None or not account.has_usable_password() or _is_kept_elsewhere(account):
        return
    what = f"account:{account.username}"
    with transaction.atomic():
        recent = Invitation.objects.filter(account=account, made_at__gt=now - timedelta(hours=1), made_at__lte=now)
        if recent.count() >= MOST_AN_HOUR:
            return
        token = secrets.token_urlsafe(32)
        digest = hashlib.sha256(token.encode()).hexdigest()
        closed = now if votes(account) else None
        Invitation.objects.create(
            account=account, token_sha256=digest, made_at=now, expires_at=now + VALID, closed_at=closed
        )
        audit.tell(NOBODY, "account.password_link", what, "asked at the sign-in page", now)
        queue_mail(
            recipient=account.email,
            subject="[판독] 비밀번호 재설정",
            body_text=_by_two_text(account) if closed else _link_text(account, token),
            key=f"password:{account.pk}:{now.timestamp():.0f}",
            actor=NOBODY,
            now=now,
            sealed=not closed,
        )


def _is_kept_elsewhere(account: Account) -> bool:
    return OpenIdLink.objects.filter(account=account).exists() or SystemAccount.objects.filter(account=account).exists()


def _link_text(account: Account, token: str) -> str:
    link = f"{settings().address.rstrip('/')}/invitation/{token}/"
    minutes = int(VALID.total_seconds() // 60)
    return (
        f"계정 {account.username}의 새 비밀번호를 아래에서 정하십시오. {minutes}분 동안 한 번만 쓸 수 있습니다.\n\n"
        f"{link}\n\n요청하지 않았다면 이 메일을 무시하십시오. 비밀번호는 그대로입니다.\n\n"
        f"Set a new password for the account {account.username} at the address above. It works once, for {minutes} "
        "minutes. If you did not ask for it, leave it: the password stays as it is.\n"
    )


def _by_two_text(account: Account) -> str:
    return (
        f"계정 {account.username}의 비밀번호 재설정이 요청되었습니다. 의결하는 계정이라 관리자 두 사람이 재설정합니다. "
        "관리자에게 요청하십시오. 직접 요청하지 않았다면 감사자에게 알려 주십시오.\n\n"
        f"A new password was asked for the account {account.username}. It votes, so two administrators reset it: ask "
        "them. If you did not ask for it, tell the auditor.\n"
    )
