"""Addresses of the API, of its description, and of the pages for tokens and webhooks."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from pandok.common.web.views import tokens, webhooks
from pandok.web.api.app import api
from pandok.web.views import api_pages


def _operations() -> list[URLPattern]:
    """The operations check the caller themselves; a sign-in page is no answer for a program."""
    patterns: list[URLPattern] = api.urls[0]
    for pattern in patterns:
        pattern.callback.login_required = False
    return patterns


urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/openapi.json", api_pages.description, name="api_description"),
    path("api/v1/", include((_operations(), "api"))),
    path("api/", api_pages.page, name="api_page"),
    path("api/<path:rest>", api_pages.nowhere, name="api_nowhere"),
    path("tokens/", tokens.list_tokens, name="tokens"),
    path("tokens/<uuid:token_id>/revoke/", tokens.revoke, name="revoke_token"),
    path("systems/", tokens.systems, name="systems"),
    path("webhooks/", webhooks.list_webhooks, name="webhooks"),
    path("webhooks/<uuid:webhook_id>/", webhooks.show, name="webhook"),
    path("webhooks/<uuid:webhook_id>/remove/", webhooks.remove, name="remove_webhook"),
    path("webhooks/<uuid:webhook_id>/ping/", webhooks.send_ping, name="ping_webhook"),
    path("webhooks/<uuid:webhook_id>/<int:delivery_id>/again/", webhooks.again, name="send_webhook_again"),
]
