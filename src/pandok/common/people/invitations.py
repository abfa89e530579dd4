"""Invitations: a link that holds 72 hours and works once, with which a person sets their password."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account, Invitation, OpenIdLink, SystemAccount
from pandok.common.people.accounts import kept_by_its_organisation, suspended
from pandok.common.people.changes import Change, must_act_freely, note_change
from pandok.common.people.sessions import CLOCK_SKEW, end_all_sessions
from pandok.common.people.sign_in import forget_failures
from pandok.common.reasons import checked_reason
from pandok.core.errors import RequestError
from pandok.core.text import Text

VALID = timedelta(hours=72)


def invite(*, account: Account, actor: Account | None, reason: str, now: datetime) -> str:
    """Make a link's token for `account`; earlier links no longer hold. `actor` None: the operator's command line.

    The token is returned once and kept only as a hash.
    """
    reason = checked_reason(reason)
    if OpenIdLink.objects.filter(account=account).exists():
        raise kept_by_its_organisation(
            Text(ko="기관 로그인을 쓰는 계정입니다.", en="This account signs in through its organisation."),
            Text(
                ko="비밀번호는 기관의 계정 관리에서 바꿉니다.",
                en="Its password is changed where the organisation keeps it.",
            ),
        )
    if SystemAccount.objects.filter(account=account).exists():
        raise RequestError(
            Text(
                ko="기관 시스템의 계정에는 비밀번호가 없습니다.",
                en="The account of an agency's system has no password.",
            ),
            Text(ko="API 연계 화면에서 토큰을 만드십시오.", en="Make a token on the page of the API."),
            code="request.system_account",
        )
    if not account.is_active:
        raise suspended(
            Text(ko="정지된 계정입니다.", en="This account is suspended."),
            Text(ko="먼저 정지를 푸십시오.", en="Reactivate it first."),
        )
    must_act_freely(actor, account, now)
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        close_invitations(account, now)
        Invitation.objects.create(
            account=account, token_sha256=_hash(token), made_by=actor, made_at=now, expires_at=now + VALID
        )
        audit.tell(actor, "account.invited", f"account:{account.username}", reason, now)
    return token


def open_invitation(token: str, now: datetime) -> Invitation | None:
    """The invitation of a link that still holds."""
    found = Invitation.objects.select_related("account", "made_by").filter(token_sha256=_hash(token), closed_at=None)
    # Made under a clock that was ahead it would hold until that day, and under one that was set back for ever.
    return found.filter(expires_at__gt=now, made_at__lte=now + CLOCK_SKEW, account__is_active=True).first()


def accept_invitation(*, token: str, password: str, now: datetime) -> Account:
    """Set the password of the invited person. Raises RequestError where the link no longer holds, and Django's
    ValidationError where the password is too weak; the link holds on then.
    """
    invitation = open_invitation(token, now)
    if invitation is None:
        raise no_invitation()
    account = invitation.account
    validate_password(password, account)
    with transaction.atomic():
        if not Invitation.objects.filter(pk=invitation.pk, closed_at=None).update(closed_at=now):
            raise no_invitation()
        close_invitations(account, now)
        account.set_password(password)
        account.save(update_fields=["password"])
        forget_failures(account.username)
        audit.tell(account, "account.password_set", f"account:{account.username}", "invitation", now)
        end_all_sessions(account=account, actor=account, reason="password set", now=now)
        note_change(account=account, kind=Change.PASSWORD, by=invitation.made_by, reason="invitation", now=now)
    return account


def close_invitations(account: Account, now: datetime) -> None:
    Invitation.objects.filter(account=account, closed_at=None).update(closed_at=now)


def no_invitation() -> RequestError:
    return RequestError(
        Text(ko="초대 링크가 더 이상 유효하지 않습니다.", en="This invitation is no longer valid."),
        Text(
            ko="링크는 72시간 동안 한 번만 쓸 수 있습니다. 관리자에게 새 링크를 요청하십시오.",
            en="A link holds for 72 hours and works once. Ask the administrator for a new one.",
        ),
        code="request.invitation",
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
