"""Webhooks of the caller's account: endpoints, deliveries, a test, sending again."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import BaseModel, Field

from pandok.common.messages.webhooks import (
    LONGEST_TITLE,
    add_endpoint,
    deliveries_of,
    endpoints_of,
    ping,
    remove_endpoint,
    send_again,
)
from pandok.common.models import Account, WebhookDelivery, WebhookEndpoint
from pandok.common.roles import Action
from pandok.common.web.webhook_check import check_url
from pandok.engines.webhooks.target import LONGEST_URL
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.paging import page_by_time
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Asked, Cursor, Key, Limit, Page, one_of

router = Router(tags=["webhooks"])
_USES = may(Action.USE_WEBHOOKS)
Event = Literal["case.opened", "case.moved", "notice.answered", "case.closed", "clock.reminder"]


class EndpointOut(BaseModel):
    id: UUID
    title: str
    url: str
    events: list[Event]
    made_at: datetime


class NewEndpointOut(EndpointOut):
    """`secret` signs every message, and is shown once."""

    secret: str


class EndpointIn(Asked):
    title: str = Field(min_length=1, max_length=LONGEST_TITLE)
    url: str = Field(min_length=1, max_length=LONGEST_URL)
    events: list[Event] = Field(min_length=1, max_length=20)


class WebhookDeliveryOut(BaseModel):
    """`event_id` is the `id` in the message, the same when it is sent again."""

    id: int
    event: str
    event_id: UUID
    round: int
    case_id: UUID | None
    sequence: int
    at: datetime
    state: Annotated[str, one_of("queued", "sending", "sent", "failed", "unknown")]
    attempts: int
    last_error: str


class DeliveryQuery(BaseModel):
    cursor: Cursor = ""
    limit: Limit = 50


@router.get("", auth=_USES, response=answers(list[EndpointOut]), summary="My webhooks")
def list_webhooks(request: HttpRequest) -> list[EndpointOut]:
    return [_out(one) for one in endpoints_of(actor_of(request))]


@router.post("", auth=_USES, response=answers(NewEndpointOut, 201), summary="Register a webhook")
@once(status=201, forget=frozenset({"secret"}))
def add_webhook(request: HttpRequest, asked: EndpointIn) -> NewEndpointOut:
    """A public https address, or one that the administrator allows. A repeated answer has no secret."""
    actor = actor_of(request)
    endpoint, secret = add_endpoint(
        account=actor,
        title=asked.title,
        url=asked.url,
        events=asked.events,
        check=check_url,
        actor=actor,
        now=timezone.now(),
    )
    return NewEndpointOut(**_out(endpoint).model_dump(), secret=secret)


@router.get("/{uuid:webhook_id}", auth=_USES, response=answers(EndpointOut), summary="One webhook")
def get_webhook(request: HttpRequest, webhook_id: UUID) -> EndpointOut:
    return _out(_own(actor_of(request), webhook_id))


@router.delete("/{uuid:webhook_id}", auth=_USES, response=answers(EndpointOut), summary="Remove a webhook")
def delete_webhook(request: HttpRequest, webhook_id: UUID) -> EndpointOut:
    actor = actor_of(request)
    endpoint = _own(actor, webhook_id)
    remove_endpoint(endpoint=endpoint, actor=actor, now=timezone.now())
    return _out(endpoint)


@router.post(
    "/{uuid:webhook_id}/ping", auth=_USES, response=answers(WebhookDeliveryOut, 202), summary="Send a test message"
)
@once(status=202)
def ping_webhook(request: HttpRequest, webhook_id: UUID) -> WebhookDeliveryOut:
    actor = actor_of(request)
    return _delivery(ping(endpoint=_own(actor, webhook_id), actor=actor, now=timezone.now()))


@router.get(
    "/{uuid:webhook_id}/deliveries",
    auth=_USES,
    response=answers(Page[WebhookDeliveryOut]),
    summary="What a webhook was told, newest first",
)
def list_deliveries(request: HttpRequest, webhook_id: UUID, asked: Query[DeliveryQuery]) -> Page[WebhookDeliveryOut]:
    rows = deliveries_of(_own(actor_of(request), webhook_id))
    return page_by_time(rows, field="at", cursor=asked.cursor, limit=asked.limit, shape=_delivery)


@router.post(
    "/{uuid:webhook_id}/deliveries/{delivery_id}/again",
    auth=_USES,
    response=answers(WebhookDeliveryOut, 202),
    summary="Send one message again",
)
@once(status=202)
def send_delivery_again(request: HttpRequest, webhook_id: UUID, delivery_id: Key) -> WebhookDeliveryOut:
    actor = actor_of(request)
    delivery = deliveries_of(_own(actor, webhook_id)).filter(pk=delivery_id).first()
    if delivery is None:
        raise not_found()
    return _delivery(send_again(delivery=delivery, actor=actor, now=timezone.now()))


def _own(account: Account, webhook_id: UUID) -> WebhookEndpoint:
    endpoint = endpoints_of(account).filter(id=webhook_id).first()
    if endpoint is None:
        raise not_found()
    return endpoint


def _out(endpoint: WebhookEndpoint) -> EndpointOut:
    return EndpointOut(**{name: getattr(endpoint, name) for name in EndpointOut.model_fields})


def _delivery(row: WebhookDelivery) -> WebhookDeliveryOut:
    return WebhookDeliveryOut(
        id=row.pk,
        event=row.event,
        event_id=row.event_id,
        round=row.round,
        case_id=row.case_id,
        sequence=row.sequence,
        at=row.at,
        state=row.delivery.state,
        attempts=row.delivery.attempts,
        last_error=row.delivery.last_error,
    )
