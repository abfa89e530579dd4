"""Messages that leave the house, as use cases: queue one, follow it, settle what nobody knows.

Queueing happens in the transaction of the change that has something to tell; a worker does the sending
(pandok.common.messages.send_mail, send_webhook). No address stands in the audit log, only the key.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings as django_settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.crypto import salted_hmac

from pandok.common.audit import writing as audit
from pandok.common.jobs.queue import enqueue
from pandok.common.models import Account, Delivery, DeliveryState
from pandok.common.reasons import FOUND_OUT, given_words
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.engines.vault.secrets import seal, unseal
from pandok.settings import settings

AFTER_END: list[Callable[[Delivery, datetime], None]] = []
"""Who is told that a message came to its end (sent, filed, failed), in the transaction that says so."""
LONGEST_KEY = 150
_PURPOSE = "mail with a link"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A stored file under the name that the recipient sees."""

    sha256: str
    filename: str
    media_type: str


def queue_mail(
    *,
    recipient: str,
    subject: str,
    body_text: str,
    key: str,
    actor: Account | str,
    now: datetime,
    body_html_sha256: str = "",
    attachments: Sequence[Attachment] = (),
    sealed: bool = False,
) -> Delivery:
    """Send one mail, once, as soon as the transaction is committed. The same key twice is one mail, the first.

    `sealed`: the text holds a link that opens something. Who reads the database does not read it, and it is erased
    once the mail has left.

    Raises RequestError for an address that no mail can go to.
    """
    return _queue(
        Delivery(
            channel=Delivery.Channel.MAIL,
            key=_checked_key(key),
            recipient=_address(recipient),
            subject=" ".join(subject.split())[:300],
            body_text=seal(body_text, secret_key=django_settings.SECRET_KEY, purpose=_PURPOSE) if sealed else body_text,
            sealed=sealed,
            body_html_sha256=body_html_sha256,
            body_sha256=hashlib.sha256(body_text.encode()).hexdigest(),
            attachments=[{"sha256": a.sha256, "filename": a.filename, "media_type": a.media_type} for a in attachments],
            message_id=_message_id(key),
            created_at=now,
        ),
        actor,
    )


def text_of(delivery: Delivery) -> str:
    """What the recipient reads; "" once it was erased. Raises StoreError under another secret key."""
    if not delivery.sealed or not delivery.body_text:
        return delivery.body_text
    return unseal(delivery.body_text, secret_key=django_settings.SECRET_KEY, purpose=_PURPOSE)


def deliver_webhook(*, url: str, body: str, endpoint: str, key: str, actor: Account | str, now: datetime) -> Delivery:
    """Post a body to a webhook as soon as the transaction is committed, again and again for 24 hours if need be.

    `endpoint` names whose secret signs it; see `secret_of_endpoint` in pandok.common.messages.send_webhook.
    """
    return _queue(
        Delivery(
            channel=Delivery.Channel.WEBHOOK,
            key=_checked_key(key),
            recipient=url,
            endpoint=endpoint,
            body_text=body,
            body_sha256=hashlib.sha256(body.encode()).hexdigest(),
            message_id=str(uuid.uuid4()),
            created_at=now,
        ),
        actor,
    )


def settle(*, delivery: Delivery, was_sent: bool, actor: Account, reason: str, now: datetime) -> None:
    """A person says what became of an unknown delivery: it had been sent, or it is to be sent again.

    Raises RequestError where the delivery is not unknown, or without a reason.
    """
    given_words(reason, FOUND_OUT)
    with transaction.atomic():
        moved = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.UNKNOWN).update(
            state=DeliveryState.SENT if was_sent else DeliveryState.QUEUED, finished_at=now if was_sent else None
        )
        if not moved:
            raise _already_settled()
        delivery.refresh_from_db()
        if not was_sent:
            _enqueue(delivery, now)
        record_event(delivery, "delivery.settled", actor.get_username(), now, reason)
        if was_sent:
            ended(delivery, now)


def send_to_another_address(*, delivery: Delivery, recipient: str, actor: Account, reason: str, now: datetime) -> None:
    """Send a mail that was refused for good once more, to the address that a person has found out.

    The message stays the same, and so does its number: whoever got it already can tell. Raises RequestError where the
    mail was not refused, for an address that is none, or without a reason.
    """
    given_words(reason, FOUND_OUT)
    address = _address(recipient.strip())
    if not delivery.body_text:
        raise RequestError(
            Text(
                ko="보존기간이 지나 본문이 삭제된 메일입니다.",
                en="The text of this mail was deleted when its term ended.",
            ),
            Text(ko="새 통지나 안내를 보내십시오.", en="Send a new message instead."),
            code="request.mail_deleted",
        )
    with transaction.atomic():
        moved = Delivery.objects.filter(
            pk=delivery.pk, channel=Delivery.Channel.MAIL, state=DeliveryState.FAILED
        ).update(state=DeliveryState.QUEUED, recipient=address, finished_at=None, last_error="")
        if not moved:
            raise _already_settled()
        delivery.refresh_from_db()
        _enqueue(delivery, now)
        record_event(delivery, "delivery.readdressed", actor.get_username(), now, reason)


def _already_settled() -> RequestError:
    return RequestError(
        Text(ko="이미 처리된 발송입니다.", en="This delivery is already settled."),
        Text(ko="화면을 새로 고치십시오.", en="Load the page again."),
        code="request.delivery_settled",
    )


def _queue(delivery: Delivery, actor: Account | str) -> Delivery:
    with transaction.atomic():
        found = Delivery.objects.filter(key=delivery.key).first()
        if found is not None:
            return found
        values = {field.attname: getattr(delivery, field.attname) for field in Delivery._meta.concrete_fields}
        kept, created = Delivery.objects.get_or_create(key=values.pop("key"), defaults=values)
        if created:
            _enqueue(kept, kept.created_at)
            name = actor if isinstance(actor, str) else actor.get_username()
            record_event(kept, "delivery.queued", name, kept.created_at)
        return kept


def _enqueue(delivery: Delivery, now: datetime) -> None:
    """One job for each time that sending is asked for; `attempts` counts what went before."""
    key = f"{delivery.channel}:{delivery.key}:{delivery.attempts}"
    enqueue(f"{delivery.channel}.send", {"delivery": str(delivery.pk)}, key=key, now=now)


def ended(delivery: Delivery, now: datetime) -> None:
    if delivery.sealed and delivery.state != DeliveryState.UNKNOWN:  # a person may have that one sent again
        Delivery.objects.filter(pk=delivery.pk).update(body_text="")
    for listener in AFTER_END:
        listener(delivery, now)


def record_event(delivery: Delivery, action: str, actor: str, now: datetime, reason: str = "") -> None:
    audit.tell(
        actor,
        action,
        f"delivery:{delivery.pk}",
        reason,
        now,
        {
            "channel": delivery.channel,
            "key": delivery.key,
            "state": delivery.state,
            "attempts": delivery.attempts,
            "body": delivery.body_sha256,
        },
    )


def _checked_key(key: str) -> str:
    """A key goes into headers and job keys. A wrong one is a slip in the code."""
    if not (key and key.isascii() and key.isprintable() and len(key) <= LONGEST_KEY):
        raise ValueError(f"not a key: {key!r}")
    return key


def _message_id(key: str) -> str:
    """The same for the same key at this site, another one at another site."""
    _, sender = parseaddr(settings().mail_from)
    token = salted_hmac("pandok.mail", key, algorithm="sha256").hexdigest()[:40]
    return f"<{token}@{sender.rpartition('@')[2] or 'localhost'}>"


def _address(recipient: str) -> str:
    """The address with its domain in ASCII."""
    try:
        validate_email(recipient)
        local, _, domain = recipient.rpartition("@")
        return f"{local.encode('ascii').decode()}@{domain.encode('idna').decode()}"
    except (ValidationError, UnicodeError) as error:
        raise RequestError(
            Text(ko="메일 주소가 올바르지 않습니다.", en="That is not a mail address."),
            Text(ko="name@example.com 꼴로 적으십시오.", en="Write it like name@example.com."),
            code="request.mail_address",
        ) from error
