"""Calling one webhook, again and again for 24 hours if need be. The receiver knows repeats by `Pandok-Delivery`."""

from __future__ import annotations

from collections.abc import Callable

from pandok.common.jobs.registry import handles
from pandok.common.jobs.work import Work
from pandok.common.messages.sending import FINISHED, DeliveryOf, State, begin, end, gave_up
from pandok.core.retries import Retries
from pandok.engines.webhooks.target import WebhookNotDelivered, WebhookRefused

RETRIES = Retries(most_attempts=60, first_s=30, longest_s=3 * 3600, give_up_after_s=86400)
SecretOf = Callable[[str], str | None]
_sources: list[SecretOf] = []


def secret_of_endpoint(source: SecretOf) -> SecretOf:
    """Make a function the source of secrets: the name of an endpoint in, its secret out, None where it is gone.

    The module that holds it stands in the `declares` of its field.
    """
    _sources.append(source)
    return source


def _gave_up(payload: DeliveryOf, work: Work, error: str) -> None:
    gave_up(payload.delivery, error, work.now)


@handles("webhook.send", DeliveryOf, retries=RETRIES, in_transaction=False, gave_up=_gave_up)
def send_webhook(payload: DeliveryOf, work: Work) -> None:
    delivery, found = begin(payload.delivery, work.now)
    if found in FINISHED:
        return
    secret = next((secret for source in _sources if (secret := source(delivery.endpoint))), None)
    if secret is None:
        end(delivery, State.FAILED, now=work.now, error=f"no endpoint {delivery.endpoint}")
        return
    try:
        status = work.webhooks.send(delivery.recipient, delivery.body_text.encode(), secret, delivery.key, now=work.now)
    except WebhookRefused as error:
        end(delivery, State.FAILED, now=work.now, error=error)
    except WebhookNotDelivered as error:
        end(delivery, State.QUEUED, now=work.now, error=error)
        raise
    else:
        end(delivery, State.SENT, now=work.now, provider_message_id=str(status))
