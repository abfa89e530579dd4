"""Where the passkeys of a request hold: its own address, or the one in the settings where a proxy hides it."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.http import HttpRequest

from pandok.common.models import Passkey
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.engines.sign_in.passkeys import Place
from pandok.settings import settings


def place_of(request: HttpRequest) -> Place | None:
    """None where browsers make no passkeys: without HTTPS (but on this machine), and for a host without a name.

    The host was checked against the hosts that are served; what the browser says of its address counts only where it
    is one of the two that are known.
    """
    own, told = _place(f"{request.scheme}://{request.get_host()}"), _place(settings().address)
    said = request.headers.get("Origin", "")
    for place in (own, told):
        if place is not None and place.origin == said:
            return place
    return own or told


def must_have_place(request: HttpRequest) -> Place:
    place = place_of(request)
    if place is None:
        raise RequestError(
            Text(ko="이 주소에서는 패스키를 쓸 수 없습니다.", en="Passkeys do not work at this address."),
            Text(
                ko=f"{settings().address}으로 들어오거나 비밀번호를 쓰십시오. https 주소여야 합니다.",
                en=f"Come by {settings().address}, or use the password. It takes an address with https.",
            ),
            code="request.passkey_place",
        )
    return place


def offers_passkeys(request: HttpRequest) -> bool:
    """Whether the sign-in page offers them. Beside an identity provider only where somebody has one here."""
    return place_of(request) is not None and (not settings().oidc_issuer or Passkey.objects.exists())


def _place(address: str) -> Place | None:
    parts = urlsplit(address)
    host = parts.hostname or ""
    port = f":{parts.port}" if parts.port not in (None, {"https": 443, "http": 80}.get(parts.scheme)) else ""
    is_local = host == "localhost" or host.endswith(".localhost")
    if not host or _is_number(host) or not (parts.scheme == "https" or is_local):
        return None
    return Place(origin=f"{parts.scheme}://{host}{port}", host=host)


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
