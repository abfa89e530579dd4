"""The steps that mail and webhooks share. Each is one transaction, committed before the next begins.

queued ─► sending ─► sent | filed | failed | unknown | queued again
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from pydantic import BaseModel

from pandok.common.jobs.work import WORKER
from pandok.common.messages.deliveries import ended, record_event
from pandok.common.models import Delivery, DeliveryState
from pandok.common.models.locking import locked
from pandok.core.errors import PandokError

State = DeliveryState
FINISHED = frozenset({State.SENT, State.FILED, State.FAILED, State.UNKNOWN})


class DeliveryOf(BaseModel):
    delivery: UUID


def begin(delivery_id: UUID, now: datetime) -> tuple[Delivery, DeliveryState]:
    """Store that the message is about to leave, and say in which state it was found.

    `sending` found means that an earlier try did not come to its end. A finished delivery is left as it is.
    """
    with transaction.atomic(durable=True):
        delivery = locked(Delivery, delivery_id)
        found = State(delivery.state)
        if found not in FINISHED:
            delivery.state = State.SENDING
            delivery.attempts += 1
            delivery.sending_since = now
            delivery.save(update_fields=["state", "attempts", "sending_since"])
    return delivery, found


def end(
    delivery: Delivery,
    state: DeliveryState,
    *,
    now: datetime,
    from_states: Collection[DeliveryState] = (State.SENDING,),
    provider_message_id: str = "",
    error: PandokError | str = "",
) -> bool:
    """Store what became of it, with its audit event; False where another worker already has."""
    text = error.message("en") if isinstance(error, PandokError) else error
    with transaction.atomic():
        moved = Delivery.objects.filter(pk=delivery.pk, state__in=from_states).update(
            state=state,
            finished_at=now if state in FINISHED else None,
            provider_message_id=provider_message_id,
            last_error=text,
        )
        if moved:
            delivery.refresh_from_db()
            if state in FINISHED:
                record_event(delivery, f"delivery.{state.value}", WORKER, now, text)
                ended(delivery, now)
    return bool(moved)


def gave_up(delivery_id: UUID, error: str, now: datetime) -> None:
    """The job is not tried again: what certainly has not left has failed, what may have left is unknown."""
    delivery = Delivery.objects.get(pk=delivery_id)
    end(delivery, State.FAILED, now=now, from_states=(State.QUEUED,), error=error)
    end(delivery, State.UNKNOWN, now=now, from_states=(State.SENDING,), error=error)
