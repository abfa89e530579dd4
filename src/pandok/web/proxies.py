"""Behind a proxy: who the client is and whether it came over HTTPS, believed only where a trusted proxy says so.

Every header with which a client could say such a thing of itself is taken away first. The list of `X-Forwarded-For` is
read from its end, where the nearest proxy has written, and only as far as trusted proxies have written it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

from pandok.core.text import Text
from pandok.core.wrong_setting import wrong_setting

Network = IPv4Network | IPv6Network
Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]

LOOPBACK = "127.0.0.0/8,::1"
_SAID_BY_PROXIES = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_BY",
    "HTTP_X_FORWARDED_SSL",
    "HTTP_X_REAL_IP",
    "HTTP_FORWARDED",
)
_log = logging.getLogger("pandok.web")


def trusted_networks(setting: str, *, https: bool) -> tuple[Network, ...]:
    """The networks of PANDOK_TRUSTED_PROXIES. Empty: this machine where the site is served over HTTPS (Pandok itself
    ends no TLS, so there is a proxy), else nobody. Raises RequestError for what is no address or network.
    """
    text = setting.strip() or (LOOPBACK if https else "")
    try:
        return tuple(ip_network(one.strip(), strict=False) for one in text.split(",") if one.strip())
    except ValueError as error:
        raise wrong_setting(
            Text(
                ko=f"설정 PANDOK_TRUSTED_PROXIES의 값이 맞지 않습니다: {error}.",
                en=f"The setting PANDOK_TRUSTED_PROXIES does not fit: {error}.",
            ),
            Text(
                ko="주소나 대역을 쉼표로 나누어 쓰십시오. 예: 127.0.0.1,10.0.3.0/24",
                en="Write addresses or networks with commas between, as 127.0.0.1,10.0.3.0/24.",
            ),
            setting="PANDOK_TRUSTED_PROXIES",
        ) from error


class TrustedProxies:
    """WSGI: sets `REMOTE_ADDR` and `wsgi.url_scheme` from what trusted proxies say, at most `hops` of them in a row."""

    def __init__(self, application: Application, trusted: Iterable[Network], *, hops: int, https: bool):
        self._application = application
        self._trusted = tuple(trusted)
        self._hops = hops
        self._https = https
        self._told: set[str] = set()

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        said = {name: str(environ.pop(name)) for name in _SAID_BY_PROXIES if name in environ}
        peer = str(environ.get("REMOTE_ADDR", ""))
        if self._is_trusted(peer):
            client, passed = self._client(peer, _listed(said.get("HTTP_X_FORWARDED_FOR", "")))
            environ["REMOTE_ADDR"] = client
            environ["REMOTE_HOST"] = client
            schemes = _listed(said.get("HTTP_X_FORWARDED_PROTO", ""))
            if schemes:
                # A proxy that writes one word speaks for all; a list has one word a proxy.
                scheme = schemes[-min(max(passed, 1), len(schemes))].lower()
                environ["wsgi.url_scheme"] = "https" if scheme == "https" else "http"
        elif self._https and _listed(said.get("HTTP_X_FORWARDED_PROTO", ""))[-1:] == ["https"]:
            return self._not_trusted(peer, start_response)
        return self._application(environ, start_response)

    def _client(self, peer: str, listed: list[str]) -> tuple[str, int]:
        """The address of the client, and how many proxies it came through."""
        client, passed = peer, 0
        while listed and passed < self._hops and self._is_trusted(client):
            address = _address(listed.pop())
            if address is None:
                break
            client, passed = address, passed + 1
        return client, passed

    def _is_trusted(self, address: str) -> bool:
        try:
            found = ip_address(address)
        except ValueError:
            return False
        if isinstance(found, IPv6Address) and found.ipv4_mapped:
            found = found.ipv4_mapped
        return any(found.version == network.version and found in network for network in self._trusted)

    def _not_trusted(self, peer: str, start_response: Any) -> list[bytes]:
        """Redirecting to HTTPS would go round for ever: the browser is there already."""
        if peer not in self._told and len(self._told) < 100:
            self._told.add(peer)
            _log.error("%s says that it serves over HTTPS, but is not in PANDOK_TRUSTED_PROXIES", peer)
        body = (
            f"프록시 주소 {peer}: PANDOK_TRUSTED_PROXIES에 없습니다. 관리자에게 알려 주십시오.\n"
            f"The proxy {peer} is not in PANDOK_TRUSTED_PROXIES. Tell the administrator.\n"
        ).encode()
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
        start_response("503 Service Unavailable", [*headers, ("Cache-Control", "no-store")])
        return [body]


def _listed(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def _address(text: str) -> str | None:
    """An address as proxies write it, with or without port; None where it is none.

    >>> _address("10.0.0.1:5000"), _address("[2001:db8::1]:443"), _address("unknown")
    ('10.0.0.1', '2001:db8::1', None)
    """
    text = text.strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return str(found.ipv4_mapped or found) if isinstance(found, IPv6Address) else str(found)
