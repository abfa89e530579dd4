"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from pandok.common.declared import public_pages
from pandok.common.models import Account
from pandok.common.web.requests import AccountRequest
from pandok.settings import settings
from pandok.version import __version__
from pandok.web.navigation import links_for, waiting_for


def desk(request: AccountRequest) -> dict[str, Any]:
    user: Account | None = getattr(request, "user", None)
    account = user if user and user.is_authenticated else None
    waiting = waiting_for(account, timezone.now()) if account else {}
    return {
        "pandok_version": __version__,
        "agency": settings().agency,
        "main_links": links_for(request, get_language() or "ko", waiting) if account else [],
        "waiting": waiting,
        "public_pages": public_pages(),
    }
