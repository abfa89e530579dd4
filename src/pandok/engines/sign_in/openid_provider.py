"""An OpenID Connect provider on the network: discovery, the exchange of a code, and the signature of ID tokens.

Only signatures that need the provider's private key count: `none` and shared-secret algorithms are refused before a
key is looked at. Answers are limited in size and time, and redirects are not followed. Claims that the ID token does
not carry are asked for at the userinfo endpoint (OpenID Connect Core 5.3), and count for the same subject only.
"""

from __future__ import annotations

import base64
import json
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from http.client import HTTPException
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from pandok.core.errors import RequestError, Unavailable
from pandok.core.openid import claim_at, filled_from_userinfo
from pandok.core.text import Text
from pandok.engines.sign_in.openid_keys import ALGORITHMS, NoKeySet, ProviderKeys

TIMEOUT_SECONDS = 10
MOST_BYTES = 1_000_000
_LOCAL = {"127.0.0.1", "localhost", "::1"}

Fetch = Callable[[urllib.request.Request], bytes]


class OpenIdProvider:
    """One provider; discovery and keys are fetched once, keys again when a token names an unknown one."""

    def __init__(
        self,
        issuer: str,
        client_id: str,
        client_secret: str,
        fetch: Fetch | None = None,
        *,
        scopes: str = "",
        role_claim: str = "groups",
    ):
        """`scopes`: words with blanks between; empty asks for the profile, and for what is called as `role_claim`
        where the provider offers such a scope. `role_claim` is asked for at the userinfo endpoint where it is missing.
        """
        self.issuer = issuer
        self._scopes = scopes.split()
        self._role_claim = role_claim
        self._client_id = client_id
        self._client_secret = client_secret
        self._fetch = fetch or _fetch
        self._facts: dict[str, Any] | None = None
        self._keys: ProviderKeys | None = None

    def sign_in_address(self, *, back: str, state: str, nonce: str, challenge: str) -> str:
        """Where the browser is sent. Raises Unavailable where the provider does not answer."""
        start = self._address("authorization_endpoint")
        asked = {
            "response_type": "code",
            "client_id": self._client_id,
            "redirect_uri": back,
            "scope": " ".join(self._asked_scopes()),
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return f"{start}{'&' if '?' in start else '?'}{urlencode(asked)}"

    def claims(self, *, code: str, verifier: str, back: str) -> dict[str, Any]:
        """The claims of the ID token that `code` is exchanged for, with those that only the userinfo endpoint has; the
        signature is right and the subject the same, nothing else is checked.

        Raises RequestError where the provider refuses the code, the token is not signed by it, or the userinfo is of
        somebody else; Unavailable where it does not answer.
        """
        fields = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
        headers = {}
        if self._client_secret:
            pair = f"{quote(self._client_id, safe='')}:{quote(self._client_secret, safe='')}"
            if "client_secret_post" in self._methods() and "client_secret_basic" not in self._methods():
                fields |= {"client_id": self._client_id, "client_secret": self._client_secret}
            else:
                headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        else:
            fields["client_id"] = self._client_id
        answer = self._json(self._address("token_endpoint"), urlencode(fields).encode(), headers)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise refused("no_id_token")
        claims = self._verified(token)
        access = answer.get("access_token")
        if claim_at(claims, self._role_claim) is not None or not isinstance(access, str):
            return claims
        if not self._discovered().get("userinfo_endpoint"):
            return claims
        said = self._userinfo(access)
        if not isinstance(said.get("sub"), str) or said["sub"] != claims.get("sub"):
            raise refused("userinfo of another subject")
        return filled_from_userinfo(claims, said)

    def _userinfo(self, access: str) -> dict[str, Any]:
        """What stands at the userinfo endpoint, as JSON or as a signed token."""
        if not access.isascii() or not access.isprintable():
            raise refused("access_token")
        content = self._content(
            self._address("userinfo_endpoint"), headers={"Authorization": f"Bearer {access}"}, refuses=False
        )
        if content.count(b".") == 2 and not content.lstrip().startswith(b"{"):
            said = self._verified(content.decode("ascii", "replace").strip())
            audience = said.get("aud")
            if said.get("iss") != self.issuer or self._client_id not in (
                [audience] if isinstance(audience, str) else audience or []
            ):
                raise refused("userinfo for somebody else")
            return said
        return _object(content)

    def _asked_scopes(self) -> list[str]:
        offered = self._discovered().get("scopes_supported")
        more = [self._role_claim] if isinstance(offered, list) and self._role_claim in offered else []
        return list(dict.fromkeys(["openid", *(self._scopes or ["profile", *more])]))

    def _verified(self, token: str) -> dict[str, Any]:
        try:
            header = _header(token)
        except (ValueError, RecursionError) as error:
            raise refused("signature") from error
        if header.get("alg") not in ALGORITHMS:
            raise refused("algorithm")
        kid = header.get("kid")
        if kid is not None and not isinstance(kid, str):
            raise refused("kid")
        claims = self._keys.claims(token, header) if self._keys is not None and self._keys.holds(kid) else None
        if claims is None:
            # Keys change, at times under the same name: they are fetched again before a signature is called wrong.
            try:
                self._keys = ProviderKeys(self._json(self._address("jwks_uri")))
            except NoKeySet as error:
                raise _unavailable("key set") from error
            claims = self._keys.claims(token, header)
        if claims is None:
            raise refused("signature")
        return claims

    def _methods(self) -> list[str]:
        methods = self._discovered().get("token_endpoint_auth_methods_supported")
        return methods if isinstance(methods, list) else ["client_secret_basic"]

    def _address(self, name: str) -> str:
        address = self._discovered().get(name)
        if not isinstance(address, str) or not _is_safe(address):
            raise _unavailable(f"{name} in the discovery document")
        return address

    def _discovered(self) -> dict[str, Any]:
        if self._facts is None:
            facts = self._json(self.issuer.rstrip("/") + "/.well-known/openid-configuration")
            if facts.get("issuer") != self.issuer:
                raise _unavailable("issuer in the discovery document")
            self._facts = facts
        return self._facts

    def _json(
        self, address: str, data: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        return _object(self._content(address, data, headers, refuses=data is not None))

    def _content(
        self,
        address: str,
        data: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        refuses: bool,
    ) -> bytes:
        """The bytes of an answer. `refuses`: 400, 401 and 403 mean that what was sent is not accepted."""
        if not _is_safe(address):
            raise _unavailable("https")
        request = urllib.request.Request(address, data, {"Accept": "application/json", **(headers or {})})
        try:
            return self._fetch(request)
        except urllib.error.HTTPError as error:
            if refuses and error.code in (400, 401, 403):
                raise refused("code") from error
            raise _unavailable(f"HTTP {error.code}") from error
        except (OSError, ValueError, HTTPException) as error:
            raise _unavailable(type(error).__name__) from error


def _object(content: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise _unavailable(type(error).__name__) from error
    if not isinstance(answer, dict):
        raise _unavailable("JSON")
    return answer


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def _fetch(request: urllib.request.Request) -> bytes:
    with urllib.request.build_opener(_NoRedirects).open(request, timeout=TIMEOUT_SECONDS) as answer:
        content: bytes = answer.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ValueError("answer too large")
    return content


def _is_safe(address: str) -> bool:
    """HTTPS, or this machine itself."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL)


def _header(token: str) -> dict[str, Any]:
    first = token.split(".", 1)[0]
    header = json.loads(base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)))
    if not isinstance(header, dict):
        raise ValueError("header")
    return header


def refused(why: str) -> RequestError:
    """The provider's answer cannot be trusted, or was meant for something else. `why` is for the log."""
    return RequestError(
        Text(ko="기관 로그인을 확인하지 못했습니다.", en="The sign-in of your organisation could not be confirmed."),
        Text(
            ko="로그인 화면에서 처음부터 다시 하십시오. 반복되면 관리자에게 알려 주십시오.",
            en="Start again from the sign-in page; if it persists, tell the administrator.",
        ),
        code="request.openid",
        why=why,
    )


def _unavailable(why: str) -> Unavailable:
    return Unavailable(
        Text(
            ko=f"기관 로그인 서버가 바르게 응답하지 않습니다({why}).",
            en=f"The identity provider does not answer as it should ({why}).",
        ),
        Text(
            ko="잠시 뒤 다시 하거나, 이 사이트의 계정으로 로그인하십시오. 관리자는 PANDOK_OIDC_ 설정을 확인하십시오.",
            en="Try again shortly, or use an account of this site. Administrator: check the PANDOK_OIDC_ settings.",
        ),
        code="unavailable.openid",
        why=why,
    )
