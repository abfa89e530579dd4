"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from pandok.desk.roles import Action
from pandok.version import __version__


def desk(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    return {
        "pandok_version": __version__,
        "may_read": signed_in and user.may(Action.READ_PHOTOGRAPHS),
        "may_see_readings": signed_in and user.may(Action.SEE_OWN_READINGS),
    }
