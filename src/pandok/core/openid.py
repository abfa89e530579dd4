"""What an ID token of OpenID Connect must say before a person is let in, and which roles its groups give.

The signature is checked elsewhere (pandok.engines.openid_provider); these are the rules of OpenID Connect Core 3.1.3.7
that look at the claims.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

CLOCK_SKEW_SECONDS = 60
OLDEST_TOKEN_SECONDS = 600
SECOND_FACTORS = frozenset({"mfa", "otp", "hwk", "swk", "sc", "fpt", "face"})
"""Authentication methods (RFC 8176) that show that the provider itself asked for more than a password."""


class ClaimRefused(ValueError):
    """A claim is missing or wrong; `claim` names it."""

    def __init__(self, claim: str):
        super().__init__(f"claim {claim} of the ID token is missing or wrong")
        self.claim = claim


@dataclass(frozen=True, slots=True)
class Identity:
    """A person at the provider. `subject` never changes and never passes to somebody else; names may."""

    issuer: str
    subject: str
    name: str
    groups: tuple[str, ...]
    had_second_factor: bool


def checked_identity(
    claims: Mapping[str, Any], *, issuer: str, client_id: str, nonce: str, now: datetime, role_claim: str
) -> Identity:
    """The person that the claims name. Raises ClaimRefused."""
    if claims.get("iss") != issuer:
        raise ClaimRefused("iss")
    _check_audience(claims, client_id)
    _check_times(claims, now)
    found = claims.get("nonce")
    if not isinstance(found, str) or not nonce or not hmac.compare_digest(found.encode(), nonce.encode()):
        raise ClaimRefused("nonce")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise ClaimRefused("sub")
    name = claims.get("preferred_username")
    methods = claims.get("amr")
    return Identity(
        issuer=issuer,
        subject=subject,
        name=name if isinstance(name, str) else "",
        groups=_words(claims.get(role_claim)),
        had_second_factor=bool(SECOND_FACTORS & set(_words(methods))),
    )


def _check_audience(claims: Mapping[str, Any], client_id: str) -> None:
    audience = claims.get("aud")
    audiences = [audience] if isinstance(audience, str) else audience
    if not isinstance(audiences, list) or client_id not in audiences:
        raise ClaimRefused("aud")
    presenter = claims.get("azp")
    if (len(audiences) > 1 or presenter is not None) and presenter != client_id:
        raise ClaimRefused("azp")


def _check_times(claims: Mapping[str, Any], now: datetime) -> None:
    at = now.astimezone(UTC).timestamp()
    for claim in ("exp", "iat"):
        if not isinstance(claims.get(claim), (int, float)) or isinstance(claims.get(claim), bool):
            raise ClaimRefused(claim)
    if claims["exp"] <= at - CLOCK_SKEW_SECONDS:
        raise ClaimRefused("exp")
    if not at - OLDEST_TOKEN_SECONDS <= claims["iat"] <= at + CLOCK_SKEW_SECONDS:
        raise ClaimRefused("iat")


def _words(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(word for word in value if isinstance(word, str)) if isinstance(value, list) else ()


def roles_of(groups: tuple[str, ...], role_map: Mapping[str, str]) -> frozenset[str]:
    """Names of the roles that the groups give; a group that is not in the map gives nothing.

    >>> sorted(roles_of(("customs-officers", "everybody"), {"customs-officers": "officer"}))
    ['officer']
    """
    return frozenset(role_map[group] for group in groups if group in role_map)


def challenge_of(verifier: str) -> str:
    """The S256 challenge of a PKCE verifier (RFC 7636).

    >>> challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
    """
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
