"""Where a webhook may go: public HTTPS addresses, and those that the administrator has allowed by name.

The host is resolved once and every address is checked; the connection goes to a checked address, so that a name that
answers differently the second time gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import SplitResult, urlsplit

from pandok.core.errors import RequestError, Unavailable
from pandok.core.text import Text

PORTS = {"https": 443, "http": 80}
LONGEST_URL = 2000
Resolve = Callable[[str, int], list[str]]

_PUBLIC_6 = ipaddress.IPv6Network("2000::/3")
"""All that IANA has given out as global unicast; the rest is reserved, local, or an IPv4 address in disguise."""
_SPECIAL = tuple(
    ipaddress.ip_network(network)
    for network in (
        # RFC 6890 and its successors, beyond those that Python's `is_global` knows in every version
        *("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24"),
        *("192.88.99.0/24", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4"),
        # Teredo, ORCHID and the other protocol assignments; documentation; 6to4; AS112
        *("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3ffe::/16", "3fff::/20"),
    )
)


class WebhookRefused(RequestError):
    """This address is never called."""

    code: ClassVar[str] = "request.webhook"


class WebhookNotDelivered(Unavailable):
    """It did not work this time."""

    code: ClassVar[str] = "unavailable.webhook"


@dataclass(frozen=True, slots=True)
class Target:
    scheme: str
    host: str
    port: int
    path: str
    addresses: tuple[str, ...]


def allowed_origins(setting: str) -> frozenset[str]:
    """`http://10.0.0.5:9000, https://desk.example` as origins. Raises WebhookRefused for what is no address."""
    return frozenset(_origin(_split(one.strip())) for one in setting.split(",") if one.strip())


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host. Raises OSError."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def check_target(url: str, allowed: frozenset[str], resolve: Resolve = resolve) -> Target:
    """The target of a URL. Raises WebhookRefused or, for a name that has no address now, WebhookNotDelivered."""
    parts = _split(url)
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    is_allowed = _origin(parts) in allowed
    if parts.scheme != "https" and not is_allowed:
        raise refused("http")
    try:
        addresses = resolve(host, port)
    except (OSError, UnicodeError) as error:
        raise not_delivered(f"{host}: {error}") from error
    if not is_allowed and not (addresses and all(is_public(address) for address in addresses)):
        raise refused(f"{host}: private address")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, path, tuple(dict.fromkeys(addresses)))


def is_public(address: str) -> bool:
    """Whether an address lies in the public internet: not private, loopback, link-local, multicast or a disguise."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return is_public(str(found.ipv4_mapped))
        if found not in _PUBLIC_6:
            return False
    if any(found.version == network.version and found in network for network in _SPECIAL):
        return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        if parts.port == 0:
            raise ValueError("port 0")
    except ValueError as error:
        raise refused(str(error)) from error
    is_printable = url.isascii() and url.isprintable() and " " not in url
    if len(url) > LONGEST_URL or not is_printable or parts.scheme not in PORTS or not parts.hostname:
        raise refused("https://host/path")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise refused("user:password@ or #")
    return parts


def _origin(parts: SplitResult) -> str:
    return f"{parts.scheme}://{parts.hostname}:{parts.port or PORTS[parts.scheme]}"


def refused(why: str) -> WebhookRefused:
    return WebhookRefused(
        Text(ko=f"이 웹훅 주소로는 보내지 않습니다({why}).", en=f"This webhook address is not called ({why})."),
        Text(
            ko="공개된 https:// 주소를 쓰거나, 관리자가 PANDOK_WEBHOOK_ALLOW에 주소를 추가하십시오.",
            en="Use a public https:// address, or have the administrator add it to PANDOK_WEBHOOK_ALLOW.",
        ),
    )


def not_delivered(why: str) -> WebhookNotDelivered:
    return WebhookNotDelivered(
        Text(ko=f"웹훅을 전달하지 못했습니다({why}).", en=f"The webhook was not delivered ({why})."),
        Text(ko="24시간 동안 자동으로 다시 보냅니다.", en="It is tried again by itself for 24 hours."),
    )
