"""Addresses of tokens, systems and webhooks."""

from __future__ import annotations

from django.urls import path

from pandok.common.web.views import tokens, webhooks

urlpatterns = [
    path("tokens/", tokens.list_tokens, name="tokens"),
    path("tokens/<uuid:token_id>/revoke/", tokens.revoke, name="revoke_token"),
    path("systems/", tokens.systems, name="systems"),
    path("webhooks/", webhooks.list_webhooks, name="webhooks"),
    path("webhooks/<uuid:webhook_id>/", webhooks.show, name="webhook"),
    path("webhooks/<uuid:webhook_id>/remove/", webhooks.remove, name="remove_webhook"),
    path("webhooks/<uuid:webhook_id>/ping/", webhooks.send_ping, name="ping_webhook"),
    path("webhooks/<uuid:webhook_id>/<int:delivery_id>/again/", webhooks.again, name="send_webhook_again"),
]
