"""Tokens of the API: made once shown once, checked at every call, revoked at once.

A person makes tokens for themselves; an administrator makes them for system accounts, which have no password.
A token acts as its account, with the roles that the account has at the moment of the call, within its scopes.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from pandok.common.audit import writing as audit
from pandok.common.models import Account, ApiToken
from pandok.common.people.scopes import actions_of, checked_scopes
from pandok.common.roles import Action
from pandok.core.errors import RequestError
from pandok.core.text import Text

MARK = "pdk"
LONGEST = timedelta(days=365)
MOST_TOKENS = 20
"""That hold at once, of one account."""
LONGEST_TITLE = 100
_USED_EVERY = timedelta(minutes=1)


def make_token(
    *, account: Account, title: str, scopes: Iterable[str], expires_at: datetime, actor: Account, now: datetime
) -> tuple[ApiToken, str]:
    """A new token and its text, which is kept nowhere. Raises RequestError for a wrong title, scope or end."""
    if not may_have_tokens_from(account, actor):
        raise _not_for_you()
    title = " ".join(title.split())
    if not 0 < len(title) <= LONGEST_TITLE:
        raise RequestError(
            Text(ko="토큰 이름이 없거나 너무 깁니다.", en="The name of the token is missing or too long."),
            Text(ko="어느 시스템이 쓰는지 100자까지 적으십시오.", en="Say which system uses it, in up to 100 letters."),
            code="token.title",
        )
    if not now < expires_at <= now + LONGEST:
        raise RequestError(
            Text(ko="토큰의 만료일은 1년 안이어야 합니다.", en="A token ends within one year."),
            Text(ko="만료일을 다시 고르십시오.", en="Choose the last day again."),
            code="token.expires",
        )
    names = checked_scopes(scopes, account.roles)
    prefix, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
    text = f"{MARK}_{prefix}_{secret}"
    with transaction.atomic():
        if open_tokens(account, now).count() >= MOST_TOKENS:
            raise RequestError(
                Text(ko=f"유효한 토큰이 이미 {MOST_TOKENS}개입니다.", en=f"There are {MOST_TOKENS} tokens already."),
                Text(ko="쓰지 않는 토큰을 폐기하십시오.", en="Revoke those that are not used."),
                code="token.too_many",
            )
        token = ApiToken.objects.create(
            account=account,
            title=title,
            prefix=prefix,
            sha256=_digest(text),
            scopes=names,
            made_by=actor,
            made_at=now,
            expires_at=expires_at,
        )
        _record("made", token, actor, now, {"scopes": " ".join(names), "until": expires_at.date().isoformat()})
    return token, text


def revoke_token(*, token: ApiToken, actor: Account, now: datetime) -> None:
    """The token is worth nothing from now on. Raises RequestError where it is not the actor's to revoke."""
    if not may_have_tokens_from(token.account, actor):
        raise _not_for_you()
    with transaction.atomic():
        if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now):
            _record("revoked", token, actor, now, {})


def account_of_token(text: str, now: datetime) -> tuple[Account, ApiToken] | None:
    """The account that a token acts as, limited to the token's scopes; None where the token does not hold."""
    parts = text.split("_", 2)
    if len(parts) != 3 or parts[0] != MARK or len(text) > 200:
        return None
    token = ApiToken.objects.select_related("account").filter(prefix=parts[1]).first()
    if token is None or not hmac.compare_digest(token.sha256, _digest(text)):
        return None
    account = token.account
    if token.revoked_at is not None or token.expires_at <= now or not account.is_active:
        return None
    if token.last_used_at is None or now - token.last_used_at >= _USED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    account.limited_to = actions_of(token.scopes)
    return account, token


def open_tokens(account: Account, now: datetime) -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(account=account, revoked_at=None, expires_at__gt=now)


def tokens_managed_by(actor: Account) -> QuerySet[ApiToken]:
    """The tokens that a person may revoke: their own; those of system accounts for an administrator."""
    mine = Q(account=actor) if actor.may(Action.MAKE_TOKENS) else Q(pk__in=[])
    if actor.may(Action.MANAGE_ACCOUNTS):
        mine |= Q(account__system__isnull=False)
    return ApiToken.objects.filter(mine).select_related("account", "account__system")


def token_managed_by(actor: Account, token_id: UUID) -> ApiToken | None:
    return tokens_managed_by(actor).filter(id=token_id).first()


def may_have_tokens_from(account: Account, actor: Account) -> bool:
    """Whether `actor` may make and revoke tokens of `account`."""
    if account.pk == actor.pk:
        return actor.may(Action.MAKE_TOKENS)
    return actor.may(Action.MANAGE_ACCOUNTS) and hasattr(account, "system")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _record(what: str, token: ApiToken, actor: Account, now: datetime, details: dict[str, str]) -> None:
    audit.tell(
        actor,
        f"token.{what}",
        f"token:{token.id}",
        "",
        now,
        {"account": token.account.get_username(), "title": token.title, "prefix": token.prefix} | details,
    )


def _not_for_you() -> RequestError:
    return RequestError(
        Text(ko="이 계정의 토큰을 다룰 수 없습니다.", en="Tokens of this account are not yours to handle."),
        Text(ko="관리자에게 요청하십시오.", en="Ask the administrator."),
        code="token.not_yours",
    )
