"""Signing in through the agency's identity provider: away with a state, a nonce and a challenge, and back."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta
from functools import lru_cache

from django.conf import settings as django_settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from pandok.common.people.openid import account_of, role_map
from pandok.common.people.sign_in import refused_at_provider
from pandok.common.web.signing_in import enter
from pandok.core.errors import RequestError
from pandok.core.openid import ClaimRefused, challenge_of, checked_identity
from pandok.engines.sign_in.openid_provider import OpenIdProvider, refused
from pandok.settings import settings

_KEPT = "openid"
_LONGEST = timedelta(minutes=10)


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    provider = _provider_or_404()
    kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    answer = redirect(
        provider.sign_in_address(
            back=_back(request), state=kept["state"], nonce=kept["nonce"], challenge=challenge_of(kept["verifier"])
        )
    )
    request.session[_KEPT] = kept | {"at": timezone.now().isoformat(), "address": _wanted(request)}
    return answer


@login_not_required
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """The browser comes back with a code. Whatever is wrong, nobody is signed in and the way starts again."""
    provider = _provider_or_404()
    kept = request.session.pop(_KEPT, None)
    now = timezone.now()
    try:
        if not isinstance(kept, dict) or now - datetime.fromisoformat(kept["at"]) > _LONGEST:
            raise refused("not_started_here")
        if not hmac.compare_digest(request.GET.get("state", "").encode(), kept["state"].encode()):
            raise refused("state")
        if not request.GET.get("code"):
            raise refused("no_code")
        claims = provider.claims(code=request.GET["code"], verifier=kept["verifier"], back=_back(request))
        try:
            identity = checked_identity(
                claims,
                issuer=settings().oidc_issuer,
                client_id=settings().oidc_client_id,
                nonce=kept["nonce"],
                now=now,
                role_claim=settings().oidc_role_claim,
            )
        except ClaimRefused as error:
            raise refused(f"claim {error.claim}") from error
    except RequestError as error:
        refused_at_provider(why=str(error.fields.get("why", "")), now=now)
        raise
    account = account_of(identity=identity, groups=role_map(settings().oidc_role_map), now=now)
    return enter(
        request,
        account,
        method="openid",
        address=kept["address"],
        second_step_done=identity.had_second_factor,
    )


def _provider_or_404() -> OpenIdProvider:
    if not settings().oidc_issuer:
        raise Http404
    return _provider(
        settings().oidc_issuer,
        settings().oidc_client_id,
        settings().oidc_client_secret,
        settings().oidc_scopes,
        settings().oidc_role_claim,
    )


@lru_cache(maxsize=8)
def _provider(issuer: str, client_id: str, client_secret: str, scopes: str, role_claim: str) -> OpenIdProvider:
    return OpenIdProvider(issuer, client_id, client_secret, scopes=scopes, role_claim=role_claim)


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("openid_back"))


def _wanted(request: HttpRequest) -> str:
    asked = request.GET.get("next", "")
    own = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return asked if own else resolve_url(django_settings.LOGIN_REDIRECT_URL)
