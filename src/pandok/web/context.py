"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from pandok.desk.roles import Action
from pandok.version import __version__
from pandok.web.navigation import links_for


def desk(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    return {
        "pandok_version": __version__,
        "main_links": links_for(request, get_language() or "ko") if signed_in and request.resolver_match else [],
        "may_read": signed_in and user.may(Action.READ_PHOTOGRAPHS),
    }
