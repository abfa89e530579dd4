"""A session that was ended, or was not used for too long, no longer lets anybody in."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from pandok.common.people.sessions import keep_session
from pandok.settings import settings


class SessionLimits:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and not keep_session(
            account=request.user,
            session_key=request.session.session_key or "",
            user_agent=request.headers.get("user-agent", ""),
            idle=settings().idle_limit,
            now=timezone.now(),
        ):
            logout(request)
        return self.get_response(request)
