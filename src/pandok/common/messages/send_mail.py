"""Sending one mail: never twice by itself, and never forgotten.

`sending` is committed before the mail leaves. Found again after a crash, the transport is asked whether it has the
Message-ID; where it cannot know, a person decides (state `unknown`).
"""

from __future__ import annotations

from pandok.common.jobs.registry import handles
from pandok.common.jobs.work import Work
from pandok.common.messages.deliveries import text_of
from pandok.common.messages.sending import FINISHED, DeliveryOf, State, begin, end, gave_up
from pandok.common.models import Delivery, DeliveryState
from pandok.core.retries import Retries
from pandok.engines.mail.transport import (
    MailAttachment,
    MailMessage,
    MailNotSent,
    MailRefused,
    MailUncertain,
    uncertain,
)

RETRIES = Retries(most_attempts=40, first_s=30, longest_s=3 * 3600, give_up_after_s=3 * 86400)


def _gave_up(payload: DeliveryOf, work: Work, error: str) -> None:
    gave_up(payload.delivery, error, work.now)


@handles("mail.send", DeliveryOf, retries=RETRIES, in_transaction=False, gave_up=_gave_up)
def send_mail(payload: DeliveryOf, work: Work) -> None:
    message = _message(Delivery.objects.get(pk=payload.delivery), work)
    delivery, found = begin(payload.delivery, work.now)
    if found in FINISHED or (found is State.SENDING and _settled_by_transport(delivery, work)):
        return
    try:
        provider_message_id = work.mail.send(message)
    except MailRefused as error:
        end(delivery, State.FAILED, now=work.now, error=error)
    except MailNotSent as error:
        end(delivery, State.QUEUED, now=work.now, error=error)
        raise
    except MailUncertain as error:
        if work.mail.was_sent(delivery.message_id) is None:
            end(delivery, State.UNKNOWN, now=work.now, error=error)
        else:
            raise
    else:
        # A worker that had taken this one for dead may have called it unknown meanwhile: we know better.
        end(
            delivery,
            _taken(work),
            now=work.now,
            from_states=(State.SENDING, State.UNKNOWN),
            provider_message_id=provider_message_id,
        )


def _settled_by_transport(delivery: Delivery, work: Work) -> bool:
    """Whether an interrupted mail needs no sending: it has gone out, or a person must say whether it has."""
    was_sent = work.mail.was_sent(delivery.message_id)
    if was_sent:
        end(delivery, _taken(work), now=work.now)
    elif was_sent is None:
        end(delivery, State.UNKNOWN, now=work.now, error=uncertain("interrupted"))
    return was_sent is not False


def _taken(work: Work) -> DeliveryState:
    """What a mail is that the transport took: a file in a folder has reached nobody."""
    return State.SENT if work.mail.delivers else State.FILED


def _message(delivery: Delivery, work: Work) -> MailMessage:
    """Raises StoreError for a file that is gone; nothing has been sent then."""
    html = work.blobs.get(delivery.body_html_sha256).decode() if delivery.body_html_sha256 else ""
    return MailMessage(
        message_id=delivery.message_id,
        sender=work.mail_from,
        recipient=delivery.recipient,
        subject=delivery.subject,
        date=delivery.created_at,
        text=text_of(delivery),
        html=html,
        attachments=tuple(
            MailAttachment(one["filename"], one["media_type"], work.blobs.get(one["sha256"]))
            for one in delivery.attachments
        ),
    )
