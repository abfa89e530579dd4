"""Messages that need a person: those that may or may not have left, and those that could not be delivered."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from pandok.common.messages.deliveries import send_to_another_address, settle
from pandok.common.models import Delivery, DeliveryState
from pandok.common.roles import Action
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import ReasonForm, Unseen, Written, meant
from pandok.web.shown.rendering import render

OPEN_STATES = (DeliveryState.UNKNOWN, DeliveryState.FAILED)
A_PAGE = 30


class SettledForm(ReasonForm):
    """What became of a mail, or where it goes instead."""

    recipient = Written(room=320, cut=True)
    was_sent = Unseen()
    reason = Written(_("How you found out"), rows=2, cut=True)


@require_safe
@allows(Action.SETTLE_DELIVERIES)
def deliveries(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
@allows(Action.SETTLE_DELIVERIES)
def settle_delivery(request: AccountRequest, delivery_id: UUID) -> HttpResponse:
    delivery = get_object_or_404(Delivery, id=delivery_id)
    form, now = meant(SettledForm(request.POST)), timezone.now()
    given, reason = form.cleaned_data, form.why()
    try:
        if not given["was_sent"]:
            recipient = given["recipient"]
            send_to_another_address(delivery=delivery, recipient=recipient, actor=request.user, reason=reason, now=now)
        else:
            was_sent = given["was_sent"] == "yes"
            settle(delivery=delivery, was_sent=was_sent, actor=request.user, reason=reason, now=now)
    except PandokError as error:
        return _page(request, error, form, delivery_id, 422)
    return redirect("deliveries")


def _page(
    request: HttpRequest,
    error: PandokError | None = None,
    sent: SettledForm | None = None,
    wrong: UUID | None = None,
    status: int = 200,
) -> HttpResponse:
    found = Delivery.objects.filter(state__in=OPEN_STATES).order_by("-created_at")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "error": error,
        "wrong": wrong,
        **(sent.cleaned_data if sent else {}),
        "waiting": Delivery.objects.filter(state__in=(DeliveryState.QUEUED, DeliveryState.SENDING)).count(),
    }
    return render(request, "pandok/deliveries/deliveries.html", context, status=status)
