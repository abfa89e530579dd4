"""Deny by default: a view that names no action is refused to everybody who is signed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

from pandok.common.roles import AnyAction
from pandok.common.web.requests import AccountRequest
from pandok.web.views.errors import not_allowed

View = TypeVar("View", bound=Callable[..., Any])


def allows(action: AnyAction) -> Callable[[View], View]:
    """Mark a view with the action a person needs for it."""

    def mark(view: View) -> View:
        view.pandok_action = action  # type: ignore[attr-defined]  # read by the middleware
        return view

    return mark


class DenyByDefault:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: AccountRequest, view: Callable[..., Any], *_: Any) -> HttpResponse | None:
        if not getattr(view, "login_required", True):
            return None
        action = getattr(view, "pandok_action", None)
        if action is None or not request.user.may(action):
            return not_allowed(request)
        return None
