"""Who calls: a token in the Authorization header, or the session of a person who is signed in on this site.

Every operation names the action that it needs (`auth=may(Action.…)`); one that names none is refused to everybody.
A token never stands in an address. A session counts only for calls from this site's own pages, and with the CSRF
token where something is changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import Any

from django.conf import settings as django_settings
from django.http import HttpRequest
from django.utils import timezone
from ninja.utils import check_csrf

from pandok.common.models import Account
from pandok.common.people.scopes import SCOPES, scope_of
from pandok.common.people.tokens import account_of_token
from pandok.common.roles import AnyAction
from pandok.core.text import Text
from pandok.settings import settings
from pandok.web.api.rate import BUCKETS
from pandok.web.api.refusals import ApiRefusal, refusal

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_ELSEWHERE = frozenset({"cross-site", "same-site"})


@dataclass(frozen=True)
class Caller:
    """`name` is the same at every call of one token, or of one person's sessions."""

    account: Account
    name: str


class _Door:
    def __init__(self, actions: tuple[AnyAction, ...]):
        self.actions = actions

    def admit(self, caller: Caller) -> Caller:
        wait_s = BUCKETS.take(caller.name, per_minute=settings().api_rate_per_minute, now=monotonic())
        if wait_s:
            raise refusal(429, retry_after_s=wait_s)
        if not any(caller.account.may(action) for action in self.actions):
            raise refusal(403, one_of_scopes=[scope_of(one) for one in self.actions if one in SCOPES.values()])
        return caller


class BearerToken(_Door):
    openapi_security_schema: dict[str, Any] = {"type": "http", "scheme": "bearer"}

    def __call__(self, request: HttpRequest) -> Caller | None:
        header = request.headers.get("Authorization")
        if header is None:
            return None
        scheme, _, text = header.partition(" ")
        found = account_of_token(text.strip(), timezone.now()) if scheme.lower() == "bearer" else None
        if found is None:
            raise refusal(401)
        account, token = found
        return self.admit(Caller(account, f"token:{token.id}"))


class SignedIn(_Door):
    openapi_security_schema: dict[str, Any] = {
        "type": "apiKey",
        "in": "cookie",
        "name": django_settings.SESSION_COOKIE_NAME,
        "description": "The session of a person, for this site's own pages; changes need the CSRF token.",
    }

    def __call__(self, request: HttpRequest) -> Caller | None:
        account = request.user
        if not account.is_authenticated or request.headers.get("Sec-Fetch-Site") in _ELSEWHERE:
            return None
        if request.method not in _SAFE and check_csrf(request) is not None:
            raise _csrf()
        return self.admit(Caller(account, f"account:{account.pk}"))


def may(*actions: AnyAction) -> list[BearerToken | SignedIn]:
    """For whom an operation is: who may do one of these actions. None given: nobody."""
    return [BearerToken(actions), SignedIn(actions)]


def caller_of(request: HttpRequest) -> Caller:
    caller = request.auth  # type: ignore[attr-defined]  # Ninja's own attribute
    assert isinstance(caller, Caller)
    return caller


def actor_of(request: HttpRequest) -> Account:
    """Who acts, limited to the scopes of the token that came."""
    return caller_of(request).account


def _csrf() -> ApiRefusal:
    return ApiRefusal(
        403,
        "csrf",
        Text(ko="보안 확인(CSRF)이 없거나 만료되었습니다.", en="The CSRF token is missing or has expired."),
        Text(ko="화면을 새로 고치거나 토큰으로 요청하십시오.", en="Reload the page, or call with a token."),
    )
