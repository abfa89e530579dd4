"""Webhooks of an agency's systems: endpoints, and the events that they are told of.

An event is asked for in the transaction of the change it tells of; a worker then tells every endpoint whose account
may see the case. It names the case and what happened, never a person or a photograph: who is told fetches the rest
through the API, where access is checked again. At least once; `id` stays the same when an event comes again, and
`sequence` is the place of the event in the history of its case.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from pandok.common.audit import writing as audit
from pandok.common.declared import declared
from pandok.common.messages.deliveries import deliver_webhook
from pandok.common.messages.send_webhook import secret_of_endpoint
from pandok.common.models import Account, WebhookDelivery, WebhookEndpoint
from pandok.common.roles import Action
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.engines.vault.secrets import seal, unseal

EVENTS: dict[str, Text] = {name: words for field in declared() for name, words in field.webhook_events.items()}
"""What endpoints can ask to be told of, as the fields declare it."""
PING = "ping"
MOST_ENDPOINTS = 10
"""Of one account."""
LONGEST_TITLE = 100
_PURPOSE = "webhook"
CheckUrl = Callable[[str], None]


def add_endpoint(
    *, account: Account, title: str, url: str, events: Iterable[str], check: CheckUrl, actor: Account, now: datetime
) -> tuple[WebhookEndpoint, str]:
    """A new endpoint and its secret, which is shown once. `check` refuses addresses that are never called.

    Raises RequestError for a wrong title, address or event.
    """
    title = " ".join(title.split())
    wanted = [name for name in EVENTS if name in set(events)]
    if not 0 < len(title) <= LONGEST_TITLE or not wanted or not set(events) <= set(EVENTS):
        raise RequestError(
            Text(ko="웹훅의 이름이나 알릴 일이 올바르지 않습니다.", en="The name or the events are not right."),
            Text(ko="이름을 적고 알릴 일을 하나 이상 고르십시오.", en="Give a name and choose one event or more."),
            code="webhook.form",
        )
    check(url)
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        if endpoints_of(account).count() >= MOST_ENDPOINTS:
            raise RequestError(
                Text(ko=f"웹훅이 이미 {MOST_ENDPOINTS}개입니다.", en=f"There are {MOST_ENDPOINTS} webhooks already."),
                Text(ko="쓰지 않는 웹훅을 없애십시오.", en="Remove those that are not used."),
                code="webhook.too_many",
            )
        endpoint = WebhookEndpoint.objects.create(
            account=account,
            title=title,
            url=url,
            events=wanted,
            sealed_secret=seal(secret, secret_key=settings.SECRET_KEY, purpose=_PURPOSE),
            made_at=now,
        )
        details = {"title": title, "events": " ".join(wanted)}
        audit.tell(actor, "webhook.added", f"webhook:{endpoint.id}", "", now, details)
    return endpoint, secret


def remove_endpoint(*, endpoint: WebhookEndpoint, actor: Account, now: datetime) -> None:
    """Nothing more goes there; what it was told stays on record."""
    with transaction.atomic():
        if WebhookEndpoint.objects.filter(pk=endpoint.pk, removed_at=None).update(removed_at=now):
            audit.tell(actor, "webhook.removed", f"webhook:{endpoint.id}", "", now, {"title": endpoint.title})


def ping(*, endpoint: WebhookEndpoint, actor: Account, now: datetime) -> WebhookDelivery:
    """A test that tells of nothing."""
    with transaction.atomic():
        event_id = uuid5(endpoint.id, f"{PING}:{now.isoformat()}")
        row = WebhookDelivery(endpoint=endpoint, event=PING, event_id=event_id, sequence=0, at=now)
        return send(row, body_of(event_id, PING, now, 0, None, {}), actor)


def send_again(*, delivery: WebhookDelivery, actor: Account, now: datetime) -> WebhookDelivery:
    """The same event with the same `id` and body once more, as another delivery."""
    endpoint = delivery.endpoint
    with transaction.atomic():
        if endpoint.removed_at is not None:
            raise RequestError(
                Text(ko="없앤 웹훅에는 보내지 않습니다.", en="This webhook was removed; nothing goes there."),
                Text(ko="웹훅을 다시 등록하십시오.", en="Register it again."),
                code="webhook.removed",
            )
        rounds = WebhookDelivery.objects.filter(endpoint=endpoint, event_id=delivery.event_id)
        newest = rounds.order_by("-round").values_list("round", flat=True)[0]
        return send(
            WebhookDelivery(
                endpoint=endpoint,
                event=delivery.event,
                event_id=delivery.event_id,
                round=newest + 1,
                case_id=delivery.case_id,
                sequence=delivery.sequence,
                at=now,
            ),
            delivery.delivery.body_text,
            actor,
        )


def endpoints_of(account: Account) -> QuerySet[WebhookEndpoint]:
    """The endpoints of this account that are told; none where it may not use webhooks."""
    mine = WebhookEndpoint.objects.filter(account=account, removed_at=None)
    return mine if account.may(Action.USE_WEBHOOKS) else mine.none()


def deliveries_of(endpoint: WebhookEndpoint) -> QuerySet[WebhookDelivery]:
    """The newest first."""
    return WebhookDelivery.objects.filter(endpoint=endpoint).select_related("delivery")


@secret_of_endpoint
def secret_of(name: str) -> str | None:
    """The secret of the endpoint `webhook:<id>`, None where it was removed."""
    if not name.startswith("webhook:"):
        return None
    endpoint = WebhookEndpoint.objects.filter(id=UUID(name.removeprefix("webhook:")), removed_at=None).first()
    if endpoint is None:
        return None
    return unseal(endpoint.sealed_secret, secret_key=settings.SECRET_KEY, purpose=_PURPOSE)


def body_of(
    event_id: UUID,
    event: str,
    at: datetime,
    sequence: int,
    about: dict[str, str] | None,
    data: dict[str, str | int],
) -> str:
    body = {
        "id": str(event_id),
        "event": event,
        "at": at.astimezone(UTC).isoformat(),
        "sequence": sequence,
        "case": about,
        "data": data,
    }
    return json.dumps(body, ensure_ascii=False)


def send(row: WebhookDelivery, body: str, actor: Account | str) -> WebhookDelivery:
    earlier = WebhookDelivery.objects.filter(endpoint=row.endpoint, event_id=row.event_id, round=row.round).first()
    if earlier is not None:
        return earlier
    row.delivery = deliver_webhook(
        url=row.endpoint.url,
        body=body,
        endpoint=f"webhook:{row.endpoint_id}",
        key=f"webhook:{row.endpoint_id}:{row.event_id}:{row.round}",
        actor=actor,
        now=row.at,
    )
    row.save()
    return row
