"""Addresses of the API and of its description."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path

from pandok.web.api import pages
from pandok.web.api.app import api


def _operations() -> list[URLPattern | URLResolver]:
    """The operations check the caller themselves; a sign-in page is no answer for a program."""
    patterns = api.urls[0]
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            login_not_required(pattern.callback)
    return patterns


urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/openapi.json", pages.description, name="api_description"),
    path("api/v1/", include((_operations(), "api"))),
    path("api/", pages.page, name="api_page"),
    path("api/<path:rest>", pages.nowhere, name="api_nowhere"),
]
