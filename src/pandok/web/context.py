"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from pandok.common.people.roles import Action
from pandok.common.web.requests import AccountRequest
from pandok.version import __version__
from pandok.web.navigation import links_for, waiting_for


def desk(request: AccountRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    waiting = waiting_for(user, timezone.now()) if signed_in and user is not None else {}
    return {
        "pandok_version": __version__,
        "agency": settings.AGENCY,
        "main_links": links_for(request, get_language() or "ko", waiting) if signed_in else [],
        "waiting": waiting,
        "may_read": signed_in and user.may(Action.READ_PHOTOGRAPHS),
    }
