"""A form that comes after its session has ended loses nothing: it is kept for its writer and shown after sign-in."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from pandok.common.people.kept_forms import account_of_ended_session, drop_kept_form, keep_form
from pandok.common.web.requests import AccountRequest
from pandok.web.came_from import came_from

FIELD = "kept_form"
_HAVE_THEIR_OWN = ("/api/", "/sign-in/", "/sign-out/", "/language/")
"""Addresses that answer otherwise, or hold nothing that was written."""


class KeptForms:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: AccountRequest) -> HttpResponse:
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        response = self.get_response(request)
        if request.method != "POST" or response.status_code != 302:
            return response
        if request.user.is_authenticated:
            _sent(request)
            return response
        leads_to = urlsplit(response.get("Location", "")).path
        if leads_to != reverse("sign_in") or request.path == "/" or request.path.startswith(_HAVE_THEIR_OWN):
            return response
        account = account_of_ended_session(key)
        if account is None:
            return response
        kept = keep_form(
            account=account,
            path=request.get_full_path(),
            page=came_from(request),
            fields=[(name, str(value)) for name, values in request.POST.lists() for value in values if name != FIELD],
            had_files=bool(request.FILES),
            now=timezone.now(),
        )
        if kept is not None:
            query = urlencode({"next": reverse("kept_form", args=[kept.id])})
            response.headers["Location"] = f"{reverse('sign_in')}?{query}"
        return response


def _sent(request: AccountRequest) -> None:
    """What was kept has now been sent."""
    try:
        number = UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return
    drop_kept_form(account=request.user, form_id=number)
