"""Whether an address may be called, by the same rule as when it is called."""

from __future__ import annotations

from pandok.engines.webhooks.sender import WebhookSender, allowed_origins
from pandok.engines.webhooks.target import WebhookNotDelivered, refused
from pandok.settings import settings


def check_url(url: str) -> None:
    """Raises WebhookRefused; a name that has no address now is refused too."""
    try:
        WebhookSender(allowed_origins(settings().webhook_allow)).check(url)
    except WebhookNotDelivered as error:
        raise refused(str(error.what.en)[:200]) from error
