"""A small real OpenID Connect provider on this machine: discovery, approval, token exchange with PKCE, keys."""

from __future__ import annotations

import base64
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from pandok.core.openid import challenge_of

CLIENT, SECRET = "pandok-test", "a secret: with % and :"


def encoded(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


class IdentityProvider:
    """`person` is who approves; `claims` and `sign` may be exchanged to answer wrongly."""

    def __init__(self, port: int):
        self.issuer = f"http://127.0.0.1:{port}/realm"
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
        self.person: dict[str, Any] = {"sub": "s-1", "preferred_username": "kim", "groups": ["customs-officers"]}
        self.claims: Callable[[dict[str, Any]], dict[str, Any]] = lambda claims: claims
        self.sign: Callable[[dict[str, Any]], str] = self.signed
        self.asked: dict[str, str] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.discovery_issuer = self.issuer
        self.facts: dict[str, Any] = {}
        self.more_keys: list[Any] = []
        self.userinfo: dict[str, Any] | None = None

    def signed(self, claims: dict[str, Any]) -> str:
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)

    def get(self, path: str, query: dict[str, str]) -> tuple[int, dict[str, Any] | str]:
        if path == "/realm/.well-known/openid-configuration":
            return 200, {
                "issuer": self.discovery_issuer,
                "authorization_endpoint": f"{self.issuer}/approve",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                **({"userinfo_endpoint": f"{self.issuer}/userinfo"} if self.userinfo is not None else {}),
                **self.facts,
            }
        if path == "/realm/userinfo":
            return 200, self.userinfo or {}
        if path == "/realm/keys":
            return 200, {"keys": [*self.more_keys, self.key.as_dict(private=False)]}
        if path == "/realm/approve":
            assert (query["response_type"], query["client_id"]) == ("code", CLIENT)
            assert query["code_challenge_method"] == "S256"
            assert "openid" in query["scope"].split()
            code = secrets.token_urlsafe(16)
            self.asked, self.codes[code] = query, query
            return 302, f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"
        return 404, {}

    def post(self, path: str, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        user, _, password = base64.b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
        asked = self.codes.pop(form.get("code", ""), None)
        right = (
            path == "/realm/token"
            and (unquote(user), unquote(password)) == (CLIENT, SECRET)
            and form.get("grant_type") == "authorization_code"
            and asked is not None
            and form.get("redirect_uri") == asked["redirect_uri"]
            and challenge_of(form.get("code_verifier", "")) == asked["code_challenge"]
        )
        if not right or asked is None:
            return 400, {"error": "invalid_grant"}
        at = int(time.time())
        facts = {"iss": self.issuer, "aud": CLIENT, "iat": at, "exp": at + 300, "nonce": asked["nonce"]}
        token = self.sign(self.claims(facts | self.person))
        return 200, {"access_token": "unused", "token_type": "Bearer", "id_token": token}


@contextmanager
def running_provider() -> Iterator[IdentityProvider]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            self.answer(*provider.get(parts.path, query))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self.answer(*provider.post(self.path, form, self.headers.get("Authorization", "")))

        def answer(self, status: int, content: dict[str, Any] | str) -> None:
            body = json.dumps(content).encode()
            self.send_response(status)
            if isinstance(content, str):
                self.send_header("Location", content)
                body = b""
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = IdentityProvider(server.server_port)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
