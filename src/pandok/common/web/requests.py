"""The request of somebody who is signed in: what the middleware has made sure of, for views and type checkers."""

from __future__ import annotations

from django.http import HttpRequest

from pandok.common.models import Account


class AccountRequest(HttpRequest):
    """Of every page but the public ones: `web/middleware/deny_by_default` turns everybody else away before the view."""

    user: Account
