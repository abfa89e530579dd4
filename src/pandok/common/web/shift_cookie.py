"""What a whole sign-in leaves in the browser for its shift, so that its person comes back after a pause in one step."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from pandok.common.models import PersonSession
from pandok.common.people.paused_sessions import paused_session
from pandok.common.people.sessions import LONGEST

COOKIE = "pandok_shift"
_SALT = "pandok.shift"


def remember_shift(response: HttpResponse, session: PersonSession) -> None:
    response.set_cookie(
        COOKIE,
        signing.dumps(str(session.id), salt=_SALT),
        max_age=LONGEST,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget_shift(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")


def paused_here(request: HttpRequest) -> PersonSession | None:
    """The session of this browser that ended for want of use, while its shift lasts."""
    try:
        number = UUID(signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=LONGEST))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None
    return paused_session(number, timezone.now())
