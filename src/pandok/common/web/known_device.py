"""The mark of a browser in which somebody has signed in: wrong tries made elsewhere do not lock that person out here.

A signed cookie holds a random name of the device and whose sign-ins it has seen. It lets nobody in: it only gives this
device a count of wrong tries of its own.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from pandok.common.models import Account

COOKIE = "pandok_device"
LASTS = timedelta(days=180)
MOST_PEOPLE = 20
_SALT = "pandok.known-device"


def device_for(request: HttpRequest, username: str) -> str:
    """The name of this device for a person who has signed in on it; empty where there is none."""
    known = _read(request)
    if known is None:
        return ""
    account = Account.objects.filter(username__iexact=username.strip()).values_list("pk", flat=True).first()
    return known[0] if account in known[1] else ""


def remember_device(request: HttpRequest, response: HttpResponse, account: Account) -> None:
    """After a whole sign-in: this person is at home on this device."""
    device, people = _read(request) or (secrets.token_hex(16), [])
    people = [account.pk, *(one for one in people if one != account.pk)][:MOST_PEOPLE]
    response.set_cookie(
        COOKIE,
        signing.dumps([device, people], salt=_SALT),
        max_age=LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> tuple[str, list[int]] | None:
    try:
        device, people = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return str(device), list(people)
