"""Webhooks of one's account: registered, tested, looked at, removed."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pandok.common.messages.webhooks import (
    EVENTS,
    LONGEST_TITLE,
    add_endpoint,
    deliveries_of,
    endpoints_of,
    ping,
    remove_endpoint,
    send_again,
)
from pandok.common.models import WebhookEndpoint
from pandok.common.roles import Action
from pandok.common.web.requests import AccountRequest
from pandok.common.web.webhook_check import check_url
from pandok.core.errors import PandokError
from pandok.engines.webhooks.target import LONGEST_URL
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import render

DELIVERIES_A_PAGE = 50


def _events() -> list[tuple[str, str]]:
    language = get_language() or "ko"
    return [(name, words.in_language(language)) for name, words in EVENTS.items()]


class WebhookForm(forms.Form):
    title = forms.CharField(label=_("Name of the system"), max_length=LONGEST_TITLE)
    url = forms.CharField(label=_("Address (https)"), max_length=LONGEST_URL)
    events = forms.MultipleChoiceField(label=_("Events"), choices=_events, widget=forms.CheckboxSelectMultiple)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.USE_WEBHOOKS)
def list_webhooks(request: AccountRequest) -> HttpResponse:
    form, error, secret = WebhookForm(request.POST or None), None, ""
    if request.method == "POST" and form.is_valid():
        try:
            _endpoint, secret = add_endpoint(
                account=request.user, check=check_url, actor=request.user, now=timezone.now(), **form.cleaned_data
            )
            form = WebhookForm()
        except PandokError as refused:
            error = refused
    context = {"form": form, "error": error, "secret": secret, "endpoints": endpoints_of(request.user)}
    refused_status = 422 if request.method == "POST" and not secret else 200
    return render(request, "pandok/api/webhooks.html", context, status=refused_status)


@require_safe
@allows(Action.USE_WEBHOOKS)
def show(request: AccountRequest, webhook_id: UUID) -> HttpResponse:
    endpoint = _own(request, webhook_id)
    page = Paginator(deliveries_of(endpoint), DELIVERIES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "pandok/api/webhook.html", {"endpoint": endpoint, "page": page})


@require_POST
@allows(Action.USE_WEBHOOKS)
def send_ping(request: AccountRequest, webhook_id: UUID) -> HttpResponse:
    ping(endpoint=_own(request, webhook_id), actor=request.user, now=timezone.now())
    return redirect("webhook", webhook_id=webhook_id)


@require_POST
@allows(Action.USE_WEBHOOKS)
def again(request: AccountRequest, webhook_id: UUID, delivery_id: int) -> HttpResponse:
    delivery = deliveries_of(_own(request, webhook_id)).filter(pk=min(delivery_id, 2**53)).first()
    if delivery is None:
        raise Http404
    send_again(delivery=delivery, actor=request.user, now=timezone.now())
    return redirect("webhook", webhook_id=webhook_id)


@require_POST
@allows(Action.USE_WEBHOOKS)
def remove(request: AccountRequest, webhook_id: UUID) -> HttpResponse:
    remove_endpoint(endpoint=_own(request, webhook_id), actor=request.user, now=timezone.now())
    return redirect("webhooks")


def _own(request: AccountRequest, webhook_id: UUID) -> WebhookEndpoint:
    endpoint = endpoints_of(request.user).filter(id=webhook_id).first()
    if endpoint is None:
        raise Http404
    return endpoint
