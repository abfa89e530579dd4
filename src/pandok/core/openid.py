"""What an ID token of OpenID Connect must say before a person is let in, and which roles its groups give.

The signature is checked elsewhere (pandok.engines.sign_in.openid_provider); these are the rules of OpenID Connect
Core 3.1.3.7
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
_LATEST_SECONDS = 1e12
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
    groups: tuple[str, ...] | None
    """None: the provider said nothing about groups, which is not the same as being in none."""
    had_second_factor: bool
    full_name: str = ""
    email: str = ""
    phone: str = ""


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
    if not isinstance(subject, str) or not 0 < len(subject) <= 255 or not subject.isprintable():
        raise ClaimRefused("sub")
    name = claims.get("preferred_username")
    methods = claims.get("amr")
    return Identity(
        issuer=issuer,
        subject=subject,
        name=name if isinstance(name, str) else "",
        groups=_groups(claim_at(claims, role_claim)),
        had_second_factor=bool(SECOND_FACTORS & set(_words(methods))),
        full_name=_text(claims.get("name")),
        email="" if claims.get("email_verified") is False else _text(claims.get("email")),
        phone=_text(claims.get("phone_number")),
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
        value = claims.get(claim)
        if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 <= value < _LATEST_SECONDS:
            raise ClaimRefused(claim)
    if claims["exp"] <= at - CLOCK_SKEW_SECONDS:
        raise ClaimRefused("exp")
    if not at - OLDEST_TOKEN_SECONDS <= claims["iat"] <= at + CLOCK_SKEW_SECONDS:
        raise ClaimRefused("iat")


def claim_at(claims: Mapping[str, Any], path: str) -> Any:
    """The claim of this name, or at this dotted path into nested ones; None where there is none.

    A name may itself hold dots, on every storey.

    >>> claim_at({"realm_access": {"roles": ["a"]}}, "realm_access.roles")
    ['a']
    >>> claim_at({"https://desk.example/groups": ["b"]}, "https://desk.example/groups")
    ['b']
    """
    if claims.get(path) is not None:
        return claims[path]
    for place in (place for place, letter in enumerate(path) if letter == "."):
        inner = claims.get(path[:place])
        found = claim_at(inner, path[place + 1 :]) if isinstance(inner, Mapping) else None
        if found is not None:
            return found
    return None


_OF_THE_TOKEN = frozenset({"iss", "sub", "aud", "exp", "iat", "nbf", "jti", "nonce", "azp", "amr", "acr", "auth_time"})
"""What only the signed token may say: of the sign-in itself, not of the person."""


def filled_from_userinfo(claims: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """The claims of the token, and what only the userinfo endpoint says of the person, on every storey.

    >>> filled_from_userinfo({"sub": "1", "name": "a"}, {"sub": "1", "name": "b", "groups": ["g"], "amr": ["otp"]})
    {'sub': '1', 'name': 'a', 'groups': ['g']}
    """
    return _filled(claims, {name: value for name, value in said.items() if name not in _OF_THE_TOKEN})


def _filled(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    whole = dict(first)
    for name, value in second.items():
        mine = whole.get(name)
        if mine is None:
            whole[name] = value
        elif isinstance(mine, Mapping) and isinstance(value, Mapping):
            whole[name] = _filled(mine, value)
    return whole


def _groups(value: Any) -> tuple[str, ...] | None:
    """Names as a text, a list, or the keys of an object (as some providers give roles with their organisations).

    None where nothing is said, or where it cannot be read as names: an unreadable claim takes nothing away.
    """
    if isinstance(value, Mapping) and all(isinstance(inner, Mapping) for inner in value.values()):
        return tuple(name for name in value if isinstance(name, str))
    if not isinstance(value, (str, list)):
        return None
    words = _words(value)
    return None if value and not words else words


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


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
